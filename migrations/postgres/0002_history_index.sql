-- A meter point's last values are looked up for each reading that comes in, in this order and without reading the rows.
DROP INDEX item_of_meter_point;
CREATE INDEX item_of_meter_point ON item (meter_point_id, period, corrected_at)
    INCLUDE (meter_id, state, kind, value_micro, id);
