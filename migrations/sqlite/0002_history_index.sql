-- A meter point's last values are looked up for each reading that comes in. The index holds all that is asked for: one row
-- of `item` lies on a page of its own for each month, and to fetch those would cost more than all the rest of the judgement.
DROP INDEX item_of_meter_point;
CREATE INDEX item_of_meter_point ON item (meter_point_id, period, corrected_at, meter_id, state, kind, value_micro, id);
