-- +goose Up
-- The keys that phones seal records to. The private half stands here beside the
-- records that it opens: whoever can read this table can read those too. Of a key
-- that was destroyed the row stays, so that its number is never used again.
CREATE TABLE sealing_keys (
    programme_id TEXT NOT NULL REFERENCES programmes (id),
    number       BIGINT NOT NULL CHECK (number > 0),
    private_key  TEXT NOT NULL,       -- empty: destroyed
    made_on      DATE NOT NULL,
    retired_on   DATE,                -- when the next one took its place
    destroyed_on DATE,
    PRIMARY KEY (programme_id, number),
    CHECK ((private_key = '') = (destroyed_on IS NOT NULL))
);

-- The right of a phone to hand in records as somebody's, and to do nothing else.
-- It is sealed into each of them, so that whoever delivers them makes no
-- difference. Nothing else is known of a phone.
CREATE TABLE submission_grants (
    programme_id TEXT NOT NULL REFERENCES programmes (id),
    id           TEXT NOT NULL,
    account_id   TEXT NOT NULL REFERENCES accounts (id),
    token_hash   TEXT NOT NULL,       -- SHA-256; the token itself is on the phone only
    issued_on    DATE NOT NULL,
    until_on     DATE NOT NULL,       -- the last day of which records are credited
    revoked_on   DATE,
    waiting      BIGINT NOT NULL CHECK (waiting >= 0), -- records that the phone last said it holds, less what came since
    heard_on     DATE NOT NULL,
    PRIMARY KEY (programme_id, id),
    UNIQUE (programme_id, token_hash)
);
CREATE INDEX submission_grants_account ON submission_grants (programme_id, account_id);

-- Names the state of this database. It changes when a backup is put back: phones
-- then offer again what they have handed in lately.
CREATE TABLE server_epochs (
    id    BIGINT NOT NULL PRIMARY KEY CHECK (id = 1), -- there is one
    epoch TEXT NOT NULL
);
