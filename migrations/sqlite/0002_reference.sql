-- +goose Up
-- What records point at: places, sites, products, batches. Things are closed, not
-- removed, because old records still name them.

CREATE TABLE areas (
    programme_id TEXT NOT NULL REFERENCES programmes (id),
    id           TEXT NOT NULL,
    parent_id    TEXT,                -- empty: the country
    kind         TEXT NOT NULL,
    code         TEXT,                -- official code, unique in the programme when there is one
    name         TEXT NOT NULL,
    folded       TEXT NOT NULL,       -- name without case, marks and outer blanks, for matching
    valid_from   TEXT,
    valid_to     TEXT,              -- the day itself is not included
    PRIMARY KEY (programme_id, id),
    UNIQUE (programme_id, code),
    UNIQUE (programme_id, parent_id, folded),
    FOREIGN KEY (programme_id, parent_id) REFERENCES areas (programme_id, id)
) STRICT;

CREATE TABLE sites (
    programme_id TEXT NOT NULL,
    id           TEXT NOT NULL,
    area_id      TEXT NOT NULL,
    name         TEXT NOT NULL,
    folded       TEXT NOT NULL,
    code         TEXT,
    setting      TEXT NOT NULL,
    channel      TEXT NOT NULL,       -- what its records report under unless they say otherwise
    supplier     TEXT NOT NULL,
    peer_led     INTEGER NOT NULL,
    opened       TEXT,
    closed       TEXT,
    PRIMARY KEY (programme_id, id),
    UNIQUE (programme_id, code),
    UNIQUE (programme_id, area_id, folded),
    FOREIGN KEY (programme_id, area_id) REFERENCES areas (programme_id, id)
) STRICT;

-- Amounts are integers: micrograms per dose, thousandths of a kit equivalent.
CREATE TABLE products (
    programme_id    TEXT NOT NULL REFERENCES programmes (id),
    id              TEXT NOT NULL,
    code            TEXT NOT NULL,
    name            TEXT NOT NULL,
    route           TEXT NOT NULL,
    dose_micrograms INTEGER NOT NULL CHECK (dose_micrograms >= 0),
    doses_per_unit  INTEGER NOT NULL CHECK (doses_per_unit >= 0),
    units_per_kit   INTEGER NOT NULL CHECK (units_per_kit >= 0),
    kit_thousandths INTEGER NOT NULL CHECK (kit_thousandths >= 0),
    confirmed       INTEGER NOT NULL,  -- a pharmacist has confirmed the pack's numbers
    gtin            TEXT NOT NULL,
    closed          INTEGER NOT NULL,
    PRIMARY KEY (programme_id, id),
    UNIQUE (programme_id, code)
) STRICT;

CREATE TABLE batches (
    programme_id TEXT NOT NULL,
    id           TEXT NOT NULL,
    product_id   TEXT NOT NULL,
    lot          TEXT NOT NULL,
    expiry       TEXT NOT NULL,     -- the last day the kit may be used, as printed
    month_only   INTEGER NOT NULL,     -- the pack prints month and year only
    closed       INTEGER NOT NULL,
    PRIMARY KEY (programme_id, id),
    UNIQUE (programme_id, product_id, lot),
    FOREIGN KEY (programme_id, product_id) REFERENCES products (programme_id, id)
) STRICT;
