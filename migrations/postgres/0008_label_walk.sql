-- Labels are listed and printed in walking order. What makes a unit's number unique makes this unique as well; said so,
-- the order is read from the index and not sorted.
CREATE UNIQUE INDEX unit_in_walk
    ON unit (property_id, COALESCE(walk_seq, route_seq), building_normal, unit_normal);
