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
    from_day     DATE NOT NULL,
    to_day       DATE NOT NULL,     -- the day itself is not included
    channels     TEXT NOT NULL,       -- codes in order, joined by +; empty: all
    recipient    TEXT NOT NULL,
    supply       TEXT NOT NULL,
    reason       TEXT NOT NULL,
    low_halves   BIGINT NOT NULL CHECK (low_halves >= 0),  -- half kits, so that 236.5 is exact
    high_halves  BIGINT NOT NULL,      -- above low when the source hid the number
    published    TEXT NOT NULL,       -- the value as its source wrote it
    source       TEXT NOT NULL,
    url          TEXT NOT NULL,
    as_at        DATE,
    PRIMARY KEY (programme_id, record_id),
    FOREIGN KEY (programme_id, record_id) REFERENCES records (programme_id, id),
    FOREIGN KEY (programme_id, area_id) REFERENCES areas (programme_id, id),
    FOREIGN KEY (programme_id, site_id) REFERENCES sites (programme_id, id),
    CHECK (from_day < to_day),
    CHECK (low_halves <= high_halves)
);
CREATE INDEX period_totals_scope ON period_totals (programme_id, scope);

CREATE TABLE denominators (
    programme_id TEXT NOT NULL,
    record_id    TEXT NOT NULL,
    scope        TEXT NOT NULL,       -- kind, place, period, definition and source as one key
    kind         TEXT NOT NULL,
    area_id      TEXT NOT NULL,
    from_day     DATE NOT NULL,
    to_day       DATE NOT NULL,
    value        BIGINT NOT NULL CHECK (value >= 0),
    low          BIGINT NOT NULL,
    high         BIGINT NOT NULL,
    definition   TEXT NOT NULL,       -- the source's own name for what it counted
    source       TEXT NOT NULL,
    url          TEXT NOT NULL,
    as_at        DATE,
    provisional  BOOLEAN NOT NULL,
    suppressed   BOOLEAN NOT NULL,     -- published as hidden: only low and high are known
    PRIMARY KEY (programme_id, record_id),
    FOREIGN KEY (programme_id, record_id) REFERENCES records (programme_id, id),
    FOREIGN KEY (programme_id, area_id) REFERENCES areas (programme_id, id),
    CHECK (from_day < to_day),
    CHECK (low <= high)
);
CREATE INDEX denominators_scope ON denominators (programme_id, scope);

CREATE TABLE saved_mappings (
    programme_id TEXT NOT NULL REFERENCES programmes (id),
    id           TEXT NOT NULL,
    name         TEXT NOT NULL,
    kind         TEXT NOT NULL,
    body         TEXT NOT NULL,       -- YAML, as in scripts/mappings
    PRIMARY KEY (programme_id, id),
    UNIQUE (programme_id, name)
);
