-- What billing is told by its webhook: a row for each closing, with which the hand-over goes, and one for each reopening. Written in
-- the transaction that closes or reopens, and taken from here until billing has answered.
CREATE TABLE handover_outbox (
    seq          INTEGER PRIMARY KEY,
    -- The same at each try, so that billing drops what comes twice.
    id           TEXT NOT NULL,
    property_id  INTEGER NOT NULL REFERENCES property (id),
    period       TEXT NOT NULL,
    kind         TEXT NOT NULL,
    -- When the period was closed; of a reopening: the closing that does not count any more.
    closed_at    INTEGER NOT NULL,
    -- When the period became what is told; as period_state has it.
    happened_at  INTEGER NOT NULL,
    state        TEXT NOT NULL DEFAULT 'waiting',
    tries        INTEGER NOT NULL DEFAULT 0,
    next_try_at  INTEGER,
    delivered_at INTEGER,
    -- Of the last try that came to nothing.
    failure      TEXT,
    status       INTEGER,
    CONSTRAINT handover_outbox_id_once UNIQUE (id),
    CONSTRAINT handover_outbox_kind_known CHECK (kind IN ('closed', 'reopened')),
    CONSTRAINT handover_outbox_state_known CHECK (state IN ('waiting', 'delivered', 'given_up', 'superseded')),
    -- What waits without a time would wait for ever, and what is settled must not come up again.
    CONSTRAINT handover_outbox_waits_for_a_time CHECK ((state = 'waiting') = (next_try_at IS NOT NULL)),
    -- "Handed over" is said with a time, or not at all.
    CONSTRAINT handover_outbox_delivered_at_a_time CHECK ((state = 'delivered') = (delivered_at IS NOT NULL)),
    CONSTRAINT handover_outbox_failure_known
        CHECK (failure IN ('answer', 'timeout', 'no_connection', 'broke_off', 'not_made')),
    -- Only an answer has a status.
    CONSTRAINT handover_outbox_status_of_an_answer CHECK (status IS NULL OR failure = 'answer')
) STRICT;
-- What was closed or reopened since is not told any more: two that wait for one period could overtake each other.
CREATE UNIQUE INDEX handover_outbox_one_waits ON handover_outbox (property_id, period) WHERE state = 'waiting';
-- What is due, the oldest first: few rows, as each leaves by being settled.
CREATE INDEX handover_outbox_due ON handover_outbox (next_try_at, seq) WHERE state = 'waiting';
-- How far a period is.
CREATE INDEX handover_outbox_of_period ON handover_outbox (property_id, period, seq);
