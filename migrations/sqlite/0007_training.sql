-- +goose Up
-- People who were shown what to do are counted by kind and never listed; only
-- staff, whose employer has to show it, have a day of their own. A nil return is
-- a site's word that a month held nothing: it is a record, silence is not.

CREATE TABLE training_sessions (
    programme_id TEXT NOT NULL,
    record_id    TEXT NOT NULL,
    day          TEXT NOT NULL,
    month        INTEGER NOT NULL GENERATED ALWAYS AS (CAST(substr(day, 1, 4) || substr(day, 6, 2) AS INTEGER)) STORED,
    site_id      TEXT NOT NULL,
    area_id      TEXT NOT NULL,
    setting      TEXT NOT NULL,
    method       TEXT NOT NULL,
    trainer      TEXT NOT NULL,       -- a role, never a name
    PRIMARY KEY (programme_id, record_id),
    FOREIGN KEY (programme_id, record_id) REFERENCES records (programme_id, id),
    FOREIGN KEY (programme_id, site_id) REFERENCES sites (programme_id, id),
    FOREIGN KEY (programme_id, area_id) REFERENCES areas (programme_id, id)
) STRICT;
CREATE INDEX training_sessions_month ON training_sessions (programme_id, month);
CREATE INDEX training_sessions_site ON training_sessions (programme_id, site_id, day);

CREATE TABLE training_attendance (
    programme_id TEXT NOT NULL,
    record_id    TEXT NOT NULL,
    line         INTEGER NOT NULL,
    audience     TEXT NOT NULL,
    people       INTEGER NOT NULL CHECK (people BETWEEN 1 AND 999),
    PRIMARY KEY (programme_id, record_id, line),
    UNIQUE (programme_id, record_id, audience),
    FOREIGN KEY (programme_id, record_id) REFERENCES training_sessions (programme_id, record_id)
) STRICT;

CREATE TABLE staff_trainings (
    programme_id TEXT NOT NULL REFERENCES programmes (id),
    id           TEXT NOT NULL,
    account_id   TEXT NOT NULL REFERENCES accounts (id),
    day          TEXT NOT NULL,
    due          TEXT NOT NULL,       -- as it was worked out then: a later rule does not move it
    withdrawn    INTEGER NOT NULL,    -- entered by mistake
    PRIMARY KEY (programme_id, id),
    CHECK (day < due)
) STRICT;
CREATE INDEX staff_trainings_account ON staff_trainings (programme_id, account_id, day);

CREATE TABLE nil_returns (
    programme_id TEXT NOT NULL,
    record_id    TEXT NOT NULL,
    day          TEXT NOT NULL,       -- the first of the month
    month        INTEGER NOT NULL GENERATED ALWAYS AS (CAST(substr(day, 1, 4) || substr(day, 6, 2) AS INTEGER)) STORED,
    site_id      TEXT NOT NULL,
    area_id      TEXT NOT NULL,
    about        TEXT NOT NULL,       -- the kind of record that there was none of
    PRIMARY KEY (programme_id, record_id),
    FOREIGN KEY (programme_id, record_id) REFERENCES records (programme_id, id),
    FOREIGN KEY (programme_id, site_id) REFERENCES sites (programme_id, id),
    FOREIGN KEY (programme_id, area_id) REFERENCES areas (programme_id, id)
) STRICT;
CREATE INDEX nil_returns_month ON nil_returns (programme_id, month);
