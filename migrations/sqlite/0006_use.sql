-- +goose Up
-- An overdose at which a kit was used: the incident, the persons in it, what was
-- given to each. Doses are a count on the administration, never rows: a file that
-- repeats an administration for every suspected drug must not multiply them.

CREATE TABLE use_incidents (
    programme_id TEXT NOT NULL,
    record_id    TEXT NOT NULL,
    reported_day TEXT NOT NULL,
    event_day    TEXT NOT NULL,       -- the first of the month where only the month is known
    month        INTEGER NOT NULL GENERATED ALWAYS AS (CAST(substr(event_day, 1, 4) || substr(event_day, 6, 2) AS INTEGER)) STORED,
    told_month   INTEGER NOT NULL GENERATED ALWAYS AS (CAST(substr(reported_day, 1, 4) || substr(reported_day, 6, 2) AS INTEGER)) STORED,
    month_only   INTEGER NOT NULL,
    site_id      TEXT,                -- where it was told; none for a file of an area's responders
    area_id      TEXT NOT NULL,
    reporter     TEXT NOT NULL,
    place        TEXT NOT NULL,       -- the kind of place, never the place
    ambulance    TEXT NOT NULL,
    breathing    TEXT NOT NULL,
    hospital     TEXT NOT NULL,
    given        INTEGER NOT NULL,    -- its administrations; 0: naloxone was given to nobody
    doses        INTEGER NOT NULL,    -- of all of them; 0: the number of some is not known
    not_twin_id  TEXT,
    twin_id      TEXT,                -- a person decided that it is the same event as that one
    PRIMARY KEY (programme_id, record_id),
    FOREIGN KEY (programme_id, record_id) REFERENCES records (programme_id, id),
    FOREIGN KEY (programme_id, site_id) REFERENCES sites (programme_id, id),
    FOREIGN KEY (programme_id, area_id) REFERENCES areas (programme_id, id),
    FOREIGN KEY (programme_id, not_twin_id) REFERENCES records (programme_id, id),
    FOREIGN KEY (programme_id, twin_id) REFERENCES records (programme_id, id)
) STRICT;
CREATE INDEX use_incidents_month ON use_incidents (programme_id, month);
CREATE INDEX use_incidents_twin ON use_incidents (programme_id, twin_id) WHERE twin_id IS NOT NULL;

CREATE TABLE use_persons (
    programme_id TEXT NOT NULL,
    record_id    TEXT NOT NULL,
    person       INTEGER NOT NULL,    -- 1, 2, 3 in the incident; it stands for nobody elsewhere
    outcome      TEXT NOT NULL,
    relation     TEXT NOT NULL,
    PRIMARY KEY (programme_id, record_id, person),
    FOREIGN KEY (programme_id, record_id) REFERENCES use_incidents (programme_id, record_id)
) STRICT;

CREATE TABLE use_administrations (
    programme_id    TEXT NOT NULL,
    record_id       TEXT NOT NULL,
    person          INTEGER NOT NULL,
    line            INTEGER NOT NULL,
    giver           TEXT NOT NULL,
    product_id      TEXT,
    batch_id        TEXT,
    doses           INTEGER NOT NULL CHECK (doses >= 0),  -- 0: the number is not known
    dose_micrograms INTEGER NOT NULL CHECK (dose_micrograms >= 0),
    response        TEXT NOT NULL,
    PRIMARY KEY (programme_id, record_id, person, line),
    FOREIGN KEY (programme_id, record_id, person) REFERENCES use_persons (programme_id, record_id, person),
    FOREIGN KEY (programme_id, product_id) REFERENCES products (programme_id, id),
    FOREIGN KEY (programme_id, batch_id) REFERENCES batches (programme_id, id)
) STRICT;
