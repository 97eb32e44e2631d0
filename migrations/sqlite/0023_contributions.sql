-- +goose Up
-- A programme's word on whether its figures may be added to the national figures
-- that another one publishes. A row is written once: the newest counts, and the
-- older stay as history. Whoever gave it stands in the audit alone.
CREATE TABLE contributions (
    programme_id TEXT NOT NULL REFERENCES programmes (id),
    number       INTEGER NOT NULL CHECK (number > 0), -- the newest has the highest
    publisher_id TEXT REFERENCES programmes (id),     -- NULL: nobody any more
    role         TEXT NOT NULL,          -- of whoever gave it; empty: the command line
    given_hour   TEXT NOT NULL,          -- UTC
    PRIMARY KEY (programme_id, number),
    CHECK (publisher_id <> programme_id)
) STRICT;
CREATE INDEX contributions_publisher ON contributions (publisher_id);

-- Whose figures were added to a release of another programme. Readers outside have
-- no right to this table: a release tells how many programmes it is of.
CREATE TABLE edition_contributors (
    programme_id TEXT NOT NULL REFERENCES programmes (id), -- whose figures
    publisher_id TEXT NOT NULL,
    edition_id   TEXT NOT NULL,
    PRIMARY KEY (programme_id, publisher_id, edition_id),
    FOREIGN KEY (publisher_id, edition_id) REFERENCES editions (programme_id, id)
) STRICT;
CREATE INDEX edition_contributors_edition ON edition_contributors (publisher_id, edition_id);
