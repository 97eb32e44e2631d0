-- +goose Up
-- Releases of figures. A row is written once; only how far it has come, from when
-- it may be read and who may read it before are set later. The body holds protected
-- figures and nothing else: whoever reads this table alone learns no record.
CREATE TABLE editions (
    programme_id TEXT NOT NULL REFERENCES programmes (id),
    id           TEXT NOT NULL,
    number       INTEGER NOT NULL CHECK (number > 0),
    country      TEXT NOT NULL,          -- of the programme, so that readers outside need no other table
    audience     TEXT NOT NULL,
    from_day     TEXT NOT NULL,
    to_day       TEXT NOT NULL,            -- the day after the last one
    revises      INTEGER NOT NULL CHECK (revises >= 0 AND revises < number), -- 0: nothing
    state        TEXT NOT NULL,
    provisional  INTEGER NOT NULL CHECK (provisional IN (0, 1)),
    alone        INTEGER NOT NULL CHECK (alone IN (0, 1)),
    reason       TEXT NOT NULL,
    notice_day   TEXT,
    open_hour    TEXT NOT NULL,          -- UTC; empty: not yet set
    as_at_hour   TEXT NOT NULL,          -- UTC: records received later are not in it
    hash         TEXT NOT NULL,          -- SHA-256 of the body
    body         TEXT NOT NULL,
    closed_by    TEXT,                   -- the account; empty on the command line
    closed_hour  TEXT NOT NULL,
    PRIMARY KEY (programme_id, id),
    UNIQUE (programme_id, number)
) STRICT;
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
) STRICT;

-- Who may read an edition before its hour.
CREATE TABLE edition_readers (
    programme_id TEXT NOT NULL,
    edition_id   TEXT NOT NULL,
    account_id   TEXT NOT NULL REFERENCES accounts (id),
    PRIMARY KEY (programme_id, edition_id, account_id),
    FOREIGN KEY (programme_id, edition_id) REFERENCES editions (programme_id, id)
) STRICT;
