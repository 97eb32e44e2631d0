-- +goose Up
-- Prisons, responders and ambulance services. Counts that may be NULL are those
-- that nobody kept: not recorded is not zero.

CREATE TABLE releases (
    programme_id TEXT NOT NULL,
    record_id    TEXT NOT NULL,
    month        DATE NOT NULL,       -- its first day
    site_id      TEXT NOT NULL,       -- the establishment
    area_id      TEXT NOT NULL,
    definition   TEXT NOT NULL,       -- how the establishment tells who is at risk
    total        INTEGER,             -- all releases
    unplanned    INTEGER,
    at_risk      INTEGER,
    offered      INTEGER,
    trained      INTEGER,
    accepted     INTEGER,
    in_property  INTEGER,
    handed_over  INTEGER,
    grows        BOOLEAN NOT NULL,    -- somebody confirmed a step above the one before it
    PRIMARY KEY (programme_id, record_id),
    FOREIGN KEY (programme_id, record_id) REFERENCES records (programme_id, id),
    FOREIGN KEY (programme_id, site_id) REFERENCES sites (programme_id, id),
    FOREIGN KEY (programme_id, area_id) REFERENCES areas (programme_id, id)
);
CREATE INDEX releases_month ON releases (programme_id, month, site_id);

CREATE TABLE release_drop_outs (
    programme_id TEXT NOT NULL,
    record_id    TEXT NOT NULL,
    reason       TEXT NOT NULL,
    releases     INTEGER NOT NULL,
    PRIMARY KEY (programme_id, record_id, reason),
    FOREIGN KEY (programme_id, record_id) REFERENCES releases (programme_id, record_id)
);

-- One thing that happened to one responder's own naloxone: never a distribution,
-- so nothing here touches stock. The carrier is a random id.
CREATE TABLE carriage (
    programme_id TEXT NOT NULL,
    record_id    TEXT NOT NULL,
    day          DATE NOT NULL,
    site_id      TEXT NOT NULL,       -- the station or unit
    area_id      TEXT NOT NULL,
    carrier_id   TEXT NOT NULL,
    status       TEXT NOT NULL,
    product_id   TEXT,
    batch_id     TEXT,
    expiry       DATE,                -- of the kit issued
    due          DATE,                -- when training has to be refreshed
    PRIMARY KEY (programme_id, record_id),
    FOREIGN KEY (programme_id, record_id) REFERENCES records (programme_id, id),
    FOREIGN KEY (programme_id, site_id) REFERENCES sites (programme_id, id),
    FOREIGN KEY (programme_id, area_id) REFERENCES areas (programme_id, id),
    FOREIGN KEY (programme_id, product_id) REFERENCES products (programme_id, id),
    FOREIGN KEY (programme_id, batch_id) REFERENCES batches (programme_id, id)
);
CREATE INDEX carriage_day ON carriage (programme_id, day, site_id);

CREATE TABLE leave_behind (
    programme_id TEXT NOT NULL,
    record_id    TEXT NOT NULL,
    month        DATE NOT NULL,
    site_id      TEXT NOT NULL,       -- the service
    area_id      TEXT NOT NULL,
    eligible     INTEGER,
    left_patient INTEGER,
    left_other   INTEGER,
    declined     INTEGER,
    no_stock     INTEGER,
    not_offered  INTEGER,
    registered   INTEGER,
    follow_up    INTEGER,
    PRIMARY KEY (programme_id, record_id),
    FOREIGN KEY (programme_id, record_id) REFERENCES records (programme_id, id),
    FOREIGN KEY (programme_id, site_id) REFERENCES sites (programme_id, id),
    FOREIGN KEY (programme_id, area_id) REFERENCES areas (programme_id, id)
);
CREATE INDEX leave_behind_month ON leave_behind (programme_id, month, site_id);
