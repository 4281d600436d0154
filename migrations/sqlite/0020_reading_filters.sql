-- The office's list of readings on years of history: each way to look at it ends after a page, whatever the filter.
-- Partial ones cost nothing where a reading is plain: most are.

-- Flagged ones, newest first.
CREATE INDEX item_flagged ON item (receipt_seq) WHERE flags <> '[]';
-- Skips, newest first.
CREATE INDEX item_skipped ON item (receipt_seq) WHERE skip_reason IS NOT NULL;
-- Moves, exchanges and checks.
CREATE INDEX item_of_other_kind ON item (kind, receipt_seq) WHERE kind <> 'regular';
-- What did not come with the books.
CREATE INDEX item_not_imported ON item (source, receipt_seq) WHERE source <> 'import';
-- What one person read.
CREATE INDEX item_of_person ON item (captured_by, receipt_seq);
-- Units that are not in the books are found by what was sent; the others by their meter points.
CREATE INDEX item_of_unknown_unit ON item (unit_normal, receipt_seq) WHERE meter_point_id IS NULL;
-- What people wrote, and what unknown labels said.
CREATE INDEX item_with_remarks ON item (receipt_seq) WHERE remarks <> '';
CREATE INDEX item_with_label_text ON item (receipt_seq) WHERE label_text IS NOT NULL;
