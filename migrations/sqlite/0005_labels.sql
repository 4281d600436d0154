-- Why somebody in the office revoked a label; what happened besides stands in the audit.
ALTER TABLE label ADD COLUMN revoke_reason TEXT;
-- A point's labels are listed page by page, in the order of their codes.
DROP INDEX label_of_point;
CREATE INDEX label_of_point ON label (meter_point_id, code);
-- Labels are listed and printed in walking order. What makes a unit's number unique makes this unique as well; said so,
-- the order is read from the index and not sorted.
CREATE UNIQUE INDEX unit_in_walk ON unit (property_id, route_seq, building_normal, unit_normal);
