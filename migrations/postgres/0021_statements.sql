-- +goose Up
-- What a programme states of the services in its country. A row is written once:
-- a newer one about the same service takes over, and the older stay as history.
-- Whoever gave it stands in the audit alone.
CREATE TABLE statements (
    programme_id TEXT NOT NULL REFERENCES programmes (id),
    id           TEXT NOT NULL,
    number       BIGINT NOT NULL CHECK (number > 0), -- the newest has the highest
    service      TEXT NOT NULL,
    answer       TEXT NOT NULL,
    source       TEXT NOT NULL,
    url          TEXT NOT NULL,
    source_day   DATE NOT NULL,
    role         TEXT NOT NULL,          -- of whoever gave it; empty: the command line
    given_hour   TEXT NOT NULL,          -- UTC
    edition      BIGINT NOT NULL,       -- the newest release then, which does not hold it; 0: none
    PRIMARY KEY (programme_id, id),
    UNIQUE (programme_id, number)
);
