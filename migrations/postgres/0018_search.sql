-- The office finds a unit by the beginning of its number, of a meter's serial, of a label's code or of a word of a tenant's
-- name: each is the range of an index. Serials and codes have theirs already.
CREATE INDEX unit_by_number ON unit (unit_normal, building_normal, property_id);

-- The words of a tenant's name as the normaliser of `shared` makes them; SQL can't, so the server fills in those that are missing.
CREATE TABLE tenant_word (
    word       TEXT NOT NULL,
    tenancy_id BIGINT NOT NULL REFERENCES tenancy (id),
    PRIMARY KEY (word, tenancy_id)
);
CREATE INDEX tenant_word_of_tenancy ON tenant_word (tenancy_id, word);
