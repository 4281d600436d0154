-- What the office decided, step by step: a reading may be approved, taken back and approved again. The row of the item holds
-- the last step.
ALTER TABLE item ADD COLUMN decision TEXT;
CREATE TABLE item_decision (
    seq      INTEGER PRIMARY KEY,
    id       TEXT NOT NULL,
    revision INTEGER NOT NULL,
    variant  INTEGER NOT NULL,
    step     TEXT NOT NULL,
    -- What the revision became by it.
    state    TEXT NOT NULL,
    actor    TEXT NOT NULL,
    at       INTEGER NOT NULL,
    reason   TEXT NOT NULL DEFAULT '',
    CONSTRAINT item_decision_step_known CHECK (step IN ('approve', 'take_back', 'send_back', 'correct', 'book', 'dismiss',
        'keep_first', 'take_second', 'keep_both'))
) STRICT;
CREATE INDEX item_decision_of_item ON item_decision (id, seq);

-- Until now there was one kind of decision.
UPDATE item SET decision = 'send_back' WHERE decided_at IS NOT NULL;
INSERT INTO item_decision (id, revision, variant, step, state, actor, at, reason)
    SELECT id, revision, variant, 'send_back', 'sent_back', COALESCE(decided_by, ''), decided_at, COALESCE(decision_reason, '')
    FROM item WHERE decided_at IS NOT NULL AND part = 0 ORDER BY decided_at;

-- Nothing in the history can be changed.
CREATE TRIGGER item_decision_never_updated BEFORE UPDATE ON item_decision BEGIN SELECT RAISE(ABORT, 'item_decision is append-only'); END;
CREATE TRIGGER item_decision_never_deleted BEFORE DELETE ON item_decision BEGIN SELECT RAISE(ABORT, 'item_decision is append-only'); END;
