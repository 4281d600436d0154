-- A meter that took over from another one by an exchange: when, in milliseconds, and what the other one had counted after
-- its last reading, times its multiplier, in millionths. The first reading of this meter counts that too.
ALTER TABLE meter ADD COLUMN taken_over_at INTEGER;
ALTER TABLE meter ADD COLUMN carried_micro INTEGER NOT NULL DEFAULT 0;
-- Which version of the checks judged an item here.
ALTER TABLE item ADD COLUMN rule_version INTEGER;
