-- +goose Up
-- The board on which programmes of one installation offer and ask for kits. It
-- is the only place where one programme reads of another: nothing here names a
-- site or a person, products are named in words, and there is no free text.

CREATE TABLE aid_posts (
    programme_id TEXT NOT NULL REFERENCES programmes (id),
    id           TEXT NOT NULL,
    kind         TEXT NOT NULL,       -- offer or request
    day          TEXT NOT NULL,
    code         TEXT NOT NULL,       -- of the product in the programme that wrote it
    product      TEXT NOT NULL,       -- and its words
    lot          TEXT NOT NULL,
    expiry       TEXT,
    kits         INTEGER NOT NULL CHECK (kits > 0),
    expired      INTEGER NOT NULL,    -- a request that welcomes kits past their printed date
    answers      TEXT,                -- the offer of another programme that a request takes up
    closed       INTEGER NOT NULL,
    PRIMARY KEY (programme_id, id)
) STRICT;

-- A hand-over belongs to the programme that gives. The kits themselves are
-- movements of either ledger that name it: no transaction spans two programmes,
-- and what was sent and what arrived are read from where they were booked.
CREATE TABLE aid_handovers (
    programme_id TEXT NOT NULL REFERENCES programmes (id), -- the giver
    id           TEXT NOT NULL,
    taker_id     TEXT NOT NULL REFERENCES programmes (id),
    post_id      TEXT NOT NULL,       -- the request, in the taker's posts
    day          TEXT NOT NULL,
    code         TEXT NOT NULL,
    product      TEXT NOT NULL,
    lot          TEXT NOT NULL,
    expiry       TEXT,
    kits         INTEGER NOT NULL CHECK (kits > 0),
    PRIMARY KEY (programme_id, id)
) STRICT;
CREATE INDEX aid_handovers_taker ON aid_handovers (taker_id);
CREATE INDEX movements_aid ON movements (programme_id, aid_id) WHERE aid_id IS NOT NULL;
