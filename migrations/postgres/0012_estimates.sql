-- The office makes values where nobody has read: how is told by the step, why by its reason.
ALTER TABLE item_decision DROP CONSTRAINT item_decision_step_known;
ALTER TABLE item_decision ADD CONSTRAINT item_decision_step_known
    CHECK (step IN ('approve', 'take_back', 'send_back', 'correct', 'book', 'dismiss',
        'keep_first', 'take_second', 'keep_both', 'estimate_mean', 'estimate_last_year'));
