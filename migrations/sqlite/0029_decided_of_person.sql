-- What was decided lately of what a person read, for the list that their phone asks for: without it all that the person ever read
-- was looked through. Few rows are not decided for long, so that the index is by time.
CREATE INDEX item_decided ON item (captured_by, decided_at) WHERE decided_at IS NOT NULL;
