-- +goose Up
-- Under which name and icon the phone's screen stands among a phone's other apps:
-- one of a short list that tells nothing; empty: the first of it.
ALTER TABLE programmes ADD COLUMN face TEXT NOT NULL DEFAULT '';
