-- Who closed and reopened which period, when and why, step by step. The row in period_state holds what the last step made of
-- it; a period without one was never closed, and is open.
CREATE TABLE period_step (
    seq         INTEGER PRIMARY KEY,
    property_id INTEGER NOT NULL REFERENCES property (id),
    period      TEXT NOT NULL,
    step        TEXT NOT NULL,
    at          INTEGER NOT NULL,
    actor       TEXT NOT NULL,
    reason      TEXT NOT NULL DEFAULT '',
    -- How many readings closing approved.
    approved    INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT period_step_known CHECK (step IN ('close', 'reopen')),
    -- What was handed over is changed only by somebody who says why.
    CONSTRAINT period_step_reopened_for_a_reason CHECK (step <> 'reopen' OR reason <> '')
) STRICT;
CREATE INDEX period_step_of_period ON period_step (property_id, period, seq);

INSERT INTO period_step (property_id, period, step, at, actor)
    SELECT property_id, period, 'close', changed_at, changed_by FROM period_state WHERE state = 'closed'
    ORDER BY changed_at;

-- Nothing in the history can be changed.
CREATE TRIGGER period_step_never_updated BEFORE UPDATE ON period_step BEGIN SELECT RAISE(ABORT, 'period_step is append-only'); END;
CREATE TRIGGER period_step_never_deleted BEFORE DELETE ON period_step BEGIN SELECT RAISE(ABORT, 'period_step is append-only'); END;

-- What waits for somebody in a period: few rows, as each leaves by being decided. The index holds all that is counted.
CREATE INDEX item_undecided ON item (property_normal, period, state, part, skip_reason, flags, receipt_seq)
    WHERE state IN ('received', 'held', 'conflict');
-- What came for a closed period.
CREATE INDEX item_late ON item (property_normal, period, receipt_seq) WHERE code = 'period_closed';
-- Whether a meter point is in service in a period is asked for each of them: without a look at the meter's row.
DROP INDEX meter_of_point;
CREATE INDEX meter_of_point ON meter (meter_point_id, installed_on, removed_on);
