-- Which meter points have no label that can be scanned is asked of every one of them where there are few or none: from this index
-- alone. In that of all labels whether one is revoked does not stand; here it stands, so that SQLite does not look into the row.
CREATE INDEX label_valid ON label (meter_point_id, revoked_at) WHERE revoked_at IS NULL;
