-- +goose Up
-- What groups of people answered: of so many asked, so many said yes. A row is a
-- sum with its source, never one person's answer, and nothing leads from it to
-- who was asked.
CREATE TABLE surveys (
    programme_id TEXT NOT NULL,
    record_id    TEXT NOT NULL,
    scope        TEXT NOT NULL,       -- question, place, period, who was asked and source as one key
    question     TEXT NOT NULL,
    area_id      TEXT NOT NULL,
    from_day     DATE NOT NULL,
    to_day       DATE NOT NULL,
    yes          BIGINT NOT NULL CHECK (yes >= 0),
    asked        BIGINT NOT NULL, -- 0: the source does not say
    returns      BIGINT NOT NULL, -- how often those who came back did so; 0: not told
    sample       TEXT NOT NULL,       -- who was asked, in the words of the source
    source       TEXT NOT NULL,
    url          TEXT NOT NULL,
    as_at        DATE,
    PRIMARY KEY (programme_id, record_id),
    FOREIGN KEY (programme_id, record_id) REFERENCES records (programme_id, id),
    FOREIGN KEY (programme_id, area_id) REFERENCES areas (programme_id, id),
    CHECK (from_day < to_day),
    CHECK (asked = 0 OR yes <= asked)
);
CREATE INDEX surveys_scope ON surveys (programme_id, scope);
