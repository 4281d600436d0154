-- What endangers whoever comes to the meter (a dog, bare wires): shown before the camera opens.
ALTER TABLE unit ADD COLUMN hazard TEXT NOT NULL DEFAULT '';
-- The place in the walking order that technicians gave the unit; absent while the portfolio's own place (route_seq) counts.
ALTER TABLE unit ADD COLUMN walk_seq BIGINT;
