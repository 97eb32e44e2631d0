-- +goose Up
-- On which day a release will appear, as it was said beforehand. A row is written
-- once: a newer one about the same period and audience takes over, with the reason,
-- and the older stay as history. Whoever said it stands in the audit alone. Readers
-- outside see the rows for everybody, so nothing else belongs here.
CREATE TABLE announcements (
    programme_id  TEXT NOT NULL REFERENCES programmes (id),
    id            TEXT NOT NULL,
    number        BIGINT NOT NULL CHECK (number > 0), -- the newest has the highest
    country       TEXT NOT NULL,        -- of the programme, as in editions
    audience      TEXT NOT NULL,
    from_day      DATE NOT NULL,
    to_day        DATE NOT NULL,        -- the day after the last one
    appears_day   DATE,                 -- none: it will not appear
    reason        TEXT NOT NULL,
    announced_day DATE NOT NULL,
    PRIMARY KEY (programme_id, id),
    UNIQUE (programme_id, number)
);
CREATE INDEX announcements_country ON announcements (country, audience);

-- To the role that serves readers outside, where there is one: see 0020.
-- +goose StatementBegin
DO $$
BEGIN
    GRANT SELECT ON announcements TO thn_reader;
EXCEPTION
    WHEN insufficient_privilege OR undefined_object OR invalid_grant_operation THEN
        NULL;
END
$$;
-- +goose StatementEnd
