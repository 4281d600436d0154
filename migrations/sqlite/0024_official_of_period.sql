-- What a property's month holds officially: counted for the office's page of periods, and summed by utility for its first page,
-- from this index alone. It takes the place of the one for the sums.
DROP INDEX item_consumption;
CREATE INDEX item_official_of_period
    ON item (property_normal, period, utility, kind, state, skip_reason, consumption_micro)
    WHERE state IN ('received', 'approved', 'estimated');
