-- How a person is called. The name to sign in with never changes: what waits on phones is theirs by that name.
ALTER TABLE account ADD COLUMN full_name TEXT NOT NULL DEFAULT '';
-- 1: the password is the one that the server gave out; until the person has chosen another, a session that it opened may do
-- nothing but that.
ALTER TABLE account ADD COLUMN first_password BIGINT NOT NULL DEFAULT 0
    CONSTRAINT account_first_password_flag CHECK (first_password IN (0, 1));
