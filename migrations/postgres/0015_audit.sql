-- The audit as the office reads it: newest first, by who, what, to what, and from when to when. Each filter has the order of
-- the list in its index, so that a page is read from it and nothing is sorted.
CREATE INDEX audit_at ON audit (at, seq);
CREATE INDEX audit_of_actor ON audit (LOWER(actor), at, seq);
CREATE INDEX audit_of_action ON audit (action, at, seq);
CREATE INDEX audit_of_subject ON audit (LOWER(subject), at, seq);
