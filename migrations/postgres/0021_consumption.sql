-- What a property used, month by month and utility by utility, for the office's dashboard: summed from this index alone, without
-- looking at a reading. Partial: only what is official counts, and a skip or a first reading has no consumption.
CREATE INDEX item_consumption ON item (property_normal, period, utility, state, consumption_micro)
    WHERE consumption_micro IS NOT NULL AND state IN ('received', 'approved', 'estimated');
