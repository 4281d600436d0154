-- Codes by which a phone is enrolled for a person without a password: good once, for a short time. Of the code only its
-- SHA-256 is kept: who reads the books can't sign in by them.
CREATE TABLE enrolment (
    token_hash TEXT NOT NULL PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES account (id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at    BIGINT,
    -- The phone that it enrolled.
    device_id  TEXT REFERENCES device (id),
    CONSTRAINT enrolment_ends_after_start CHECK (expires_at > created_at)
);
CREATE INDEX enrolment_of_account ON enrolment (account_id);
