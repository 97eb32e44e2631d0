-- +goose Up
-- The ledger. A record is an envelope plus facts. Envelopes and facts are only
-- ever inserted: a correction is a new envelope that names the one it replaces,
-- a void is an envelope without facts. The envelope's id is made by whoever knew
-- the fact first, so sending it again is harmless.

CREATE TABLE records (
    programme_id  TEXT NOT NULL REFERENCES programmes (id),
    id            TEXT NOT NULL,
    kind          TEXT NOT NULL,  -- distribution, total, denominator: grows, so no CHECK (SQLite cannot change one)
    corrects_id   TEXT,
    void          INTEGER NOT NULL,
    why           TEXT NOT NULL,      -- code of the reason for a correction or void
    digest        TEXT NOT NULL,      -- SHA-256 of the content, to tell a resend from another record
    account_id    TEXT NOT NULL,      -- who recorded it; never in a report
    received_hour TEXT NOT NULL,      -- 2026-03-01T14, UTC: never finer than the hour
    PRIMARY KEY (programme_id, id),
    FOREIGN KEY (programme_id, corrects_id) REFERENCES records (programme_id, id)
) STRICT;
-- One successor per version: two people correcting the same record meet here.
CREATE UNIQUE INDEX records_corrects ON records (programme_id, corrects_id) WHERE corrects_id IS NOT NULL;

-- One row per answer of a distribution: so many people of this kind took so many kits.
CREATE TABLE distribution_lines (
    programme_id TEXT NOT NULL,
    record_id    TEXT NOT NULL,
    line         INTEGER NOT NULL,
    day          TEXT NOT NULL,     -- a date, never a time
    month        INTEGER NOT NULL GENERATED ALWAYS AS (CAST(substr(day, 1, 4) || substr(day, 6, 2) AS INTEGER)) STORED,  -- 202603
    site_id      TEXT NOT NULL,
    area_id      TEXT NOT NULL,
    setting      TEXT NOT NULL,
    supplier     TEXT NOT NULL,
    channel      TEXT NOT NULL,
    recipient    TEXT NOT NULL,
    supply       TEXT NOT NULL,
    reason       TEXT NOT NULL,       -- empty unless supply is repeat
    product_id   TEXT NOT NULL,
    batch_id     TEXT,
    training     TEXT NOT NULL,
    people       INTEGER NOT NULL CHECK (people BETWEEN 1 AND 99),
    kits         INTEGER NOT NULL CHECK (kits BETWEEN 1 AND 99),
    PRIMARY KEY (programme_id, record_id, line),
    FOREIGN KEY (programme_id, record_id) REFERENCES records (programme_id, id),
    FOREIGN KEY (programme_id, site_id) REFERENCES sites (programme_id, id),
    FOREIGN KEY (programme_id, area_id) REFERENCES areas (programme_id, id),
    FOREIGN KEY (programme_id, product_id) REFERENCES products (programme_id, id),
    FOREIGN KEY (programme_id, batch_id) REFERENCES batches (programme_id, id),
    CHECK ((supply = 'repeat') = (reason <> ''))
) STRICT;
CREATE INDEX distribution_lines_month ON distribution_lines (programme_id, month);
CREATE INDEX distribution_lines_site ON distribution_lines (programme_id, site_id, day);

-- What could not be stored as it came, kept for a person to decide.
CREATE TABLE held_records (
    programme_id  TEXT NOT NULL REFERENCES programmes (id),
    id            TEXT NOT NULL,
    record_id     TEXT NOT NULL,
    account_id    TEXT NOT NULL,
    cause         TEXT NOT NULL,
    payload       TEXT NOT NULL,      -- only fields of the closed list; anything else was dropped before
    digest        TEXT NOT NULL,      -- the same content is held once
    received_hour TEXT NOT NULL,
    PRIMARY KEY (programme_id, id),
    UNIQUE (programme_id, record_id, digest)
) STRICT;

-- Who did what to which thing. Never a value, never a search term.
CREATE TABLE audit_entries (
    programme_id TEXT NOT NULL REFERENCES programmes (id),
    id           TEXT NOT NULL,
    account_id   TEXT NOT NULL,
    action       TEXT NOT NULL,
    object_kind  TEXT NOT NULL,
    object_id    TEXT NOT NULL,
    at_hour      TEXT NOT NULL,
    PRIMARY KEY (programme_id, id)
) STRICT;
CREATE INDEX audit_entries_hour ON audit_entries (programme_id, at_hour);
