-- +goose Up
-- Releases of figures. A row is written once; only how far it has come, from when
-- it may be read and who may read it before are set later. The body holds protected
-- figures and nothing else: whoever reads this table alone learns no record.
CREATE TABLE editions (
    programme_id TEXT NOT NULL REFERENCES programmes (id),
    id           TEXT NOT NULL,
    number       BIGINT NOT NULL CHECK (number > 0),
    country      TEXT NOT NULL,          -- of the programme, so that readers outside need no other table
    audience     TEXT NOT NULL,
    from_day     DATE NOT NULL,
    to_day       DATE NOT NULL,            -- the day after the last one
    revises      BIGINT NOT NULL CHECK (revises >= 0 AND revises < number), -- 0: nothing
    state        TEXT NOT NULL,
    provisional  BIGINT NOT NULL CHECK (provisional IN (0, 1)),
    alone        BIGINT NOT NULL CHECK (alone IN (0, 1)),
    reason       TEXT NOT NULL,
    notice_day   DATE,
    open_hour    TEXT NOT NULL,          -- UTC; empty: not yet set
    as_at_hour   TEXT NOT NULL,          -- UTC: records received later are not in it
    hash         TEXT NOT NULL,          -- SHA-256 of the body
    body         TEXT NOT NULL,
    closed_by    TEXT,                   -- the account; empty on the command line
    closed_hour  TEXT NOT NULL,
    PRIMARY KEY (programme_id, id),
    UNIQUE (programme_id, number)
);
-- One revision at most takes the place of an edition, so that the newest is one.
CREATE UNIQUE INDEX editions_revises ON editions (programme_id, revises) WHERE revises > 0;
CREATE INDEX editions_country ON editions (country, state, audience);

-- The counts of an edition as they were before anything was hidden, against which
-- the next one is checked, and what was hidden why: whoever knows which counts were
-- small and which only protect others knows too much. Readers outside have no right
-- to this table.
CREATE TABLE edition_counts (
    programme_id TEXT NOT NULL,
    edition_id   TEXT NOT NULL,
    counts       TEXT NOT NULL,
    PRIMARY KEY (programme_id, edition_id),
    FOREIGN KEY (programme_id, edition_id) REFERENCES editions (programme_id, id)
);

-- Who may read an edition before its hour.
CREATE TABLE edition_readers (
    programme_id TEXT NOT NULL,
    edition_id   TEXT NOT NULL,
    account_id   TEXT NOT NULL REFERENCES accounts (id),
    PRIMARY KEY (programme_id, edition_id, account_id),
    FOREIGN KEY (programme_id, edition_id) REFERENCES editions (programme_id, id)
);

-- Readers outside a programme are served by a role that can read releases and
-- nothing else. Where the account may not make roles, somebody who may does it
-- once; until then the public pages say that they are not set up.
-- +goose StatementBegin
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'thn_reader') THEN
        CREATE ROLE thn_reader NOLOGIN;
    END IF;
EXCEPTION
    WHEN insufficient_privilege OR duplicate_object OR unique_violation THEN
        NULL; -- another database of this server was faster, or we may not
END
$$;
-- +goose StatementEnd
-- +goose StatementBegin
DO $$
BEGIN
    GRANT SELECT ON editions, edition_readers TO thn_reader;
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO thn_reader', current_schema());
    EXECUTE format('GRANT thn_reader TO %I', current_user);
EXCEPTION
    WHEN insufficient_privilege OR undefined_object OR invalid_grant_operation THEN
        NULL;
END
$$;
-- +goose StatementEnd
