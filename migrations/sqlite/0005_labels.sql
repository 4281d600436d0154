-- Why somebody in the office revoked a label; what happened besides stands in the audit.
ALTER TABLE label ADD COLUMN revoke_reason TEXT;
-- A point's labels are listed page by page, in the order of their codes.
DROP INDEX label_of_point;
CREATE INDEX label_of_point ON label (meter_point_id, code);
