-- +goose Up
-- Who runs a programme and who may act in it. The programme is the tenant: its
-- key leads every other table's primary and unique keys, so that a distributed
-- PostgreSQL can keep a programme's rows together.

CREATE TABLE programmes (
    id         TEXT NOT NULL PRIMARY KEY,
    name       TEXT NOT NULL,
    country    TEXT NOT NULL CHECK (length(country) = 2),  -- ISO 3166-1 alpha-2, or user-assigned (XD)
    zone       TEXT NOT NULL,                              -- IANA name; decides which day it is
    fiscal     INTEGER NOT NULL CHECK (fiscal BETWEEN 1 AND 12),
    demo       BOOLEAN NOT NULL,
    note       TEXT NOT NULL
);

-- An account holds a handle and nothing else about a person: a work alias will do.
CREATE TABLE accounts (
    id         TEXT NOT NULL PRIMARY KEY,
    handle     TEXT NOT NULL,
    folded     TEXT NOT NULL UNIQUE,  -- handle in one letter case, so that Ana and ana are one
    hash       TEXT NOT NULL,         -- argon2id, parameters inside
    language   TEXT NOT NULL,
    disabled   BOOLEAN NOT NULL,
    demo       BOOLEAN NOT NULL,       -- refused unless the demonstration runs
    epoch      INTEGER NOT NULL       -- raised to end every session at once
);

CREATE TABLE grants (
    programme_id TEXT NOT NULL REFERENCES programmes (id),
    id           TEXT NOT NULL,
    account_id   TEXT NOT NULL REFERENCES accounts (id),
    role         TEXT NOT NULL CHECK (role IN ('worker', 'manager', 'advocate', 'administrator')),
    area_id      TEXT,                -- this area and everything below it; empty: the programme
    site_id      TEXT,
    ended        BOOLEAN NOT NULL,
    PRIMARY KEY (programme_id, id)
);
CREATE INDEX grants_account ON grants (account_id);

-- Sessions live here so that they can be ended here. Only a hash of the token is kept.
CREATE TABLE sessions (
    token_hash TEXT NOT NULL PRIMARY KEY,
    data       BYTEA NOT NULL,
    expires_at BIGINT NOT NULL         -- seconds since 1970, UTC
);
CREATE INDEX sessions_expires ON sessions (expires_at);
