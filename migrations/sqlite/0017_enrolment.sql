-- Codes by which a phone is enrolled for a person without a password: good once, for a short time. Of the code only its
-- SHA-256 is kept: who reads the books can't sign in by them.
CREATE TABLE enrolment (
    token_hash TEXT NOT NULL PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES account (id),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at    INTEGER,
    -- The phone that it enrolled.
    device_id  TEXT REFERENCES device (id),
    CONSTRAINT enrolment_ends_after_start CHECK (expires_at > created_at)
) STRICT;
CREATE INDEX enrolment_of_account ON enrolment (account_id);
