-- +goose Up
-- On which day a release will appear, as it was said beforehand. A row is written
-- once: a newer one about the same period and audience takes over, with the reason,
-- and the older stay as history. Whoever said it stands in the audit alone. Readers
-- outside see the rows for everybody, so nothing else belongs here.
CREATE TABLE announcements (
    programme_id  TEXT NOT NULL REFERENCES programmes (id),
    id            TEXT NOT NULL,
    number        INTEGER NOT NULL CHECK (number > 0), -- the newest has the highest
    country       TEXT NOT NULL,        -- of the programme, as in editions
    audience      TEXT NOT NULL,
    from_day      TEXT NOT NULL,
    to_day        TEXT NOT NULL,        -- the day after the last one
    appears_day   TEXT,                 -- none: it will not appear
    reason        TEXT NOT NULL,
    announced_day TEXT NOT NULL,
    PRIMARY KEY (programme_id, id),
    UNIQUE (programme_id, number)
) STRICT;
CREATE INDEX announcements_country ON announcements (country, audience);
