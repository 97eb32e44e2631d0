-- +goose Up
-- The levels that a programme set itself for its figures. A target is never
-- edited: a later one takes over from its first day, and one that ended keeps its
-- days, so that a past period is read against what held then.
CREATE TABLE targets (
    programme_id TEXT NOT NULL REFERENCES programmes (id),
    id           TEXT NOT NULL,
    indicator    TEXT NOT NULL,       -- key of the registry
    area_id      TEXT,                -- none: every place of the programme
    thousandths  BIGINT NOT NULL CHECK (thousandths > 0), -- the level in the indicator's unit, times 1000
    from_day     DATE NOT NULL,
    until_day    DATE,                -- the first day on which it no longer holds
    source       TEXT NOT NULL,       -- where it was decided
    url          TEXT NOT NULL,
    PRIMARY KEY (programme_id, id),
    FOREIGN KEY (programme_id, area_id) REFERENCES areas (programme_id, id),
    CHECK (until_day IS NULL OR from_day <= until_day)
);
