-- Keys with which people of the office sign in beside their password. The secret half never leaves the person's device.
CREATE TABLE passkey (
    id            TEXT NOT NULL PRIMARY KEY,
    account_id    INTEGER NOT NULL REFERENCES account (id),
    -- As the browser names it; two accounts with one key would be one person with two names.
    credential_id TEXT NOT NULL,
    -- What the key was bound to when it was made: a random text in the account's place, which says nothing about the person.
    user_handle   TEXT NOT NULL,
    -- The public half, the counter and what else its check needs, as JSON.
    state         TEXT NOT NULL,
    name          TEXT NOT NULL,
    created_at    INTEGER NOT NULL,
    last_used_at  INTEGER,
    CONSTRAINT passkey_credential_once UNIQUE (credential_id),
    CONSTRAINT passkey_has_name CHECK (name <> '')
) STRICT;
CREATE INDEX passkey_of_account ON passkey (account_id);

-- What has begun between a browser and the server and is to be finished within minutes, once. It stands in the books, so that
-- another process can finish it, or this one after a restart.
CREATE TABLE passkey_ceremony (
    id          TEXT NOT NULL PRIMARY KEY,
    -- Who adds a passkey; absent while somebody signs in, as nobody knows yet who that is.
    account_id  INTEGER REFERENCES account (id),
    user_handle TEXT,
    state       TEXT NOT NULL,
    expires_at  INTEGER NOT NULL,
    -- Whoever begins again means the later one; nobody can pile them up.
    CONSTRAINT passkey_ceremony_one_a_person UNIQUE (account_id),
    CONSTRAINT passkey_ceremony_of_somebody CHECK ((account_id IS NULL) = (user_handle IS NULL))
) STRICT;
CREATE INDEX passkey_ceremony_expires ON passkey_ceremony (expires_at);
