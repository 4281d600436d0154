-- Which meter points hold something in a month, for the page of those that don't: read where the month lies side by side, and not
-- by a look into each meter point's history.
DROP INDEX item_official_of_period;
CREATE INDEX item_official_of_period
    ON item (property_normal, period, utility, kind, state, skip_reason, consumption_micro, meter_point_id)
    WHERE state IN ('received', 'approved', 'estimated');
-- What has a state like an official value, and no key: the regular reading of an exchange that gave it up to another one. There are
-- few, and they hold nothing.
CREATE INDEX item_without_key ON item (property_normal, period, meter_point_id)
    WHERE official_key IS NULL AND kind = 'regular' AND state IN ('received', 'approved', 'estimated');
