-- +goose Up
-- Sums that somebody reported or published, and the numbers that distributions
-- are set against. Both are facts of an envelope in records and are versioned there.

CREATE TABLE period_totals (
    programme_id TEXT NOT NULL,
    record_id    TEXT NOT NULL,
    scope        TEXT NOT NULL,       -- measure, place, period and dimensions as one key; one current total each
    measure      TEXT NOT NULL CHECK (measure IN ('kits', 'people')),
    area_id      TEXT NOT NULL,
    site_id      TEXT,
    from_day     TEXT NOT NULL,
    to_day       TEXT NOT NULL,     -- the day itself is not included
    channels     TEXT NOT NULL,       -- codes in order, joined by +; empty: all
    recipient    TEXT NOT NULL,
    supply       TEXT NOT NULL,
    reason       TEXT NOT NULL,
    low_halves   INTEGER NOT NULL CHECK (low_halves >= 0),  -- half kits, so that 236.5 is exact
    high_halves  INTEGER NOT NULL,      -- above low when the source hid the number
    published    TEXT NOT NULL,       -- the value as its source wrote it
    source       TEXT NOT NULL,
    url          TEXT NOT NULL,
    as_at        TEXT,
    PRIMARY KEY (programme_id, record_id),
    FOREIGN KEY (programme_id, record_id) REFERENCES records (programme_id, id),
    FOREIGN KEY (programme_id, area_id) REFERENCES areas (programme_id, id),
    FOREIGN KEY (programme_id, site_id) REFERENCES sites (programme_id, id),
    CHECK (from_day < to_day),
    CHECK (low_halves <= high_halves)
) STRICT;
CREATE INDEX period_totals_scope ON period_totals (programme_id, scope);

CREATE TABLE denominators (
    programme_id TEXT NOT NULL,
    record_id    TEXT NOT NULL,
    scope        TEXT NOT NULL,       -- kind, place, period, definition and source as one key
    kind         TEXT NOT NULL,
    area_id      TEXT NOT NULL,
    from_day     TEXT NOT NULL,
    to_day       TEXT NOT NULL,
    value        INTEGER NOT NULL CHECK (value >= 0),
    low          INTEGER NOT NULL,
    high         INTEGER NOT NULL,
    definition   TEXT NOT NULL,       -- the source's own name for what it counted
    source       TEXT NOT NULL,
    url          TEXT NOT NULL,
    as_at        TEXT,
    provisional  INTEGER NOT NULL,
    suppressed   INTEGER NOT NULL,     -- published as hidden: only low and high are known
    PRIMARY KEY (programme_id, record_id),
    FOREIGN KEY (programme_id, record_id) REFERENCES records (programme_id, id),
    FOREIGN KEY (programme_id, area_id) REFERENCES areas (programme_id, id),
    CHECK (from_day < to_day),
    CHECK (low <= high)
) STRICT;
CREATE INDEX denominators_scope ON denominators (programme_id, scope);

CREATE TABLE saved_mappings (
    programme_id TEXT NOT NULL REFERENCES programmes (id),
    id           TEXT NOT NULL,
    name         TEXT NOT NULL,
    kind         TEXT NOT NULL,
    body         TEXT NOT NULL,       -- YAML, as in scripts/mappings
    PRIMARY KEY (programme_id, id),
    UNIQUE (programme_id, name)
) STRICT;
