-- Each reading that comes in is put among years of its meter point in this index, on a page of its own: the smaller the entry, the
-- less is written for a round. An id is half an entry, and the row's number says the same.
DROP INDEX item_of_meter_point;
CREATE INDEX item_of_meter_point ON item (meter_point_id, period, corrected_at)
    INCLUDE (meter_id, state, kind, value_micro, receipt_seq);
