-- The office makes values where nobody has read: how is told by the step, why by its reason. A CHECK is changed by a new table.
CREATE TABLE item_decision_next (
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
        'keep_first', 'take_second', 'keep_both', 'estimate_mean', 'estimate_last_year'))
) STRICT;
INSERT INTO item_decision_next (seq, id, revision, variant, step, state, actor, at, reason)
    SELECT seq, id, revision, variant, step, state, actor, at, reason FROM item_decision ORDER BY seq;
DROP TABLE item_decision;
ALTER TABLE item_decision_next RENAME TO item_decision;
CREATE INDEX item_decision_of_item ON item_decision (id, seq);

-- Nothing in the history can be changed.
CREATE TRIGGER item_decision_never_updated BEFORE UPDATE ON item_decision BEGIN SELECT RAISE(ABORT, 'item_decision is append-only'); END;
CREATE TRIGGER item_decision_never_deleted BEFORE DELETE ON item_decision BEGIN SELECT RAISE(ABORT, 'item_decision is append-only'); END;
