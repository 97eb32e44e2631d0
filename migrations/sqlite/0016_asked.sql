-- +goose Up
-- Questions about a person that no programme asks unless two people decided so:
-- age in bands, gender, and where the last kit is.

ALTER TABLE programmes ADD COLUMN asks_age_band INTEGER NOT NULL DEFAULT 0;
ALTER TABLE programmes ADD COLUMN asks_gender INTEGER NOT NULL DEFAULT 0;
ALTER TABLE programmes ADD COLUMN asks_carriage INTEGER NOT NULL DEFAULT 0;

-- Why, and on which assessment: of what is in force, and of what waits for a
-- second person. The audit has every decision.
CREATE TABLE askings (
    programme_id TEXT NOT NULL REFERENCES programmes (id),
    waits        INTEGER NOT NULL,
    age_band     INTEGER NOT NULL,
    gender       INTEGER NOT NULL,
    carriage     INTEGER NOT NULL,
    reason       TEXT NOT NULL,  -- about the programme, never about a person
    assessment   TEXT NOT NULL,  -- where the data protection assessment is filed
    account_id   TEXT NOT NULL,  -- who proposed it
    confirmed_by TEXT NOT NULL,  -- somebody else; empty: it waits
    PRIMARY KEY (programme_id, waits)
) STRICT;

-- Empty: not asked, or erased after twelve months. These are the only columns of
-- a record that change after it was written, and only to become empty.
ALTER TABLE distribution_lines ADD COLUMN age_band TEXT NOT NULL DEFAULT '';
ALTER TABLE distribution_lines ADD COLUMN gender TEXT NOT NULL DEFAULT '';
ALTER TABLE distribution_lines ADD COLUMN carriage TEXT NOT NULL DEFAULT '';
-- Finds what is due to be erased without reading the ledger.
CREATE INDEX distribution_lines_answers ON distribution_lines (programme_id, day)
    WHERE age_band <> '' OR gender <> '' OR carriage <> '';
