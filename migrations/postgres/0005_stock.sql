-- +goose Up
-- Stock is a ledger of its own beside the records: every record that moves kits
-- writes what it does to a balance, and a balance is the sum of that. A
-- correction or void writes the entries of the version it replaces once more
-- with the sign turned, so that a sum never has to look for what still counts.

CREATE TABLE bags (
    programme_id TEXT NOT NULL,
    id           TEXT NOT NULL,
    site_id      TEXT NOT NULL,       -- where it is filled
    account_id   TEXT NOT NULL,       -- who carries it; facts name the bag only
    closed       BOOLEAN NOT NULL,
    PRIMARY KEY (programme_id, id),
    FOREIGN KEY (programme_id, site_id) REFERENCES sites (programme_id, id)
);
-- One open bag for each account: two people opening it at once meet here.
CREATE UNIQUE INDEX bags_open ON bags (programme_id, account_id) WHERE NOT closed;

CREATE TABLE movements (
    programme_id TEXT NOT NULL,
    record_id    TEXT NOT NULL,
    day          DATE NOT NULL,
    kind         TEXT NOT NULL,
    site_id      TEXT NOT NULL,
    bag_id       TEXT,
    product_id   TEXT NOT NULL,
    batch_id     TEXT,
    kits         INTEGER NOT NULL,    -- above 0, but for a count that found fewer
    counted      INTEGER NOT NULL,
    reason       TEXT NOT NULL,
    other_id     TEXT,                -- the other site of a transfer
    transfer_id  TEXT,                -- of what arrived: the record that sent it
    recall_id    TEXT,
    aid_id       TEXT,
    reference    TEXT NOT NULL,       -- of an order or delivery note, never a name
    PRIMARY KEY (programme_id, record_id),
    FOREIGN KEY (programme_id, record_id) REFERENCES records (programme_id, id),
    FOREIGN KEY (programme_id, site_id) REFERENCES sites (programme_id, id),
    FOREIGN KEY (programme_id, other_id) REFERENCES sites (programme_id, id),
    FOREIGN KEY (programme_id, bag_id) REFERENCES bags (programme_id, id),
    FOREIGN KEY (programme_id, product_id) REFERENCES products (programme_id, id),
    FOREIGN KEY (programme_id, batch_id) REFERENCES batches (programme_id, id),
    FOREIGN KEY (programme_id, transfer_id) REFERENCES records (programme_id, id)
);
CREATE INDEX movements_site ON movements (programme_id, site_id, day);
CREATE INDEX movements_transfer ON movements (programme_id, transfer_id) WHERE transfer_id IS NOT NULL;

CREATE TABLE stock_entries (
    programme_id TEXT NOT NULL,
    record_id    TEXT NOT NULL,
    line         INTEGER NOT NULL,    -- below 0: it takes back that line of the version replaced
    day          DATE NOT NULL,
    month        INTEGER NOT NULL GENERATED ALWAYS AS (CAST(EXTRACT(YEAR FROM day) * 100 + EXTRACT(MONTH FROM day) AS INTEGER)) STORED,
    site_id      TEXT,                -- a shelf or a bag, never both
    bag_id       TEXT,
    product_id   TEXT NOT NULL,
    batch_id     TEXT,
    kind         TEXT NOT NULL,
    kits         INTEGER NOT NULL CHECK (kits <> 0),
    PRIMARY KEY (programme_id, record_id, line),
    FOREIGN KEY (programme_id, record_id) REFERENCES records (programme_id, id),
    FOREIGN KEY (programme_id, site_id) REFERENCES sites (programme_id, id),
    FOREIGN KEY (programme_id, bag_id) REFERENCES bags (programme_id, id),
    FOREIGN KEY (programme_id, product_id) REFERENCES products (programme_id, id),
    FOREIGN KEY (programme_id, batch_id) REFERENCES batches (programme_id, id),
    CHECK ((site_id IS NULL) <> (bag_id IS NULL))
);
CREATE INDEX stock_entries_site ON stock_entries (programme_id, site_id, product_id);
CREATE INDEX stock_entries_bag ON stock_entries (programme_id, bag_id, product_id) WHERE bag_id IS NOT NULL;
CREATE INDEX stock_entries_batch ON stock_entries (programme_id, batch_id);

-- The entry beside the record holds the reference to the bag.
ALTER TABLE distribution_lines ADD COLUMN bag_id TEXT;
ALTER TABLE distribution_lines ADD COLUMN recorder TEXT NOT NULL DEFAULT '';

-- Records of before: what still counts has left its shelf.
INSERT INTO stock_entries (programme_id, record_id, line, day, site_id, product_id, batch_id, kind, kits)
SELECT programme_id, record_id, 1, MIN(day), MIN(site_id), MIN(product_id), MIN(batch_id), 'given', -SUM(kits)
FROM distribution_lines
WHERE NOT EXISTS (SELECT 1 FROM records r WHERE r.programme_id = distribution_lines.programme_id AND r.corrects_id = distribution_lines.record_id)
GROUP BY programme_id, record_id;

-- What is held is held for any kind of record.
ALTER TABLE held_records ADD COLUMN kind TEXT NOT NULL DEFAULT 'distribution';
ALTER TABLE held_records ADD COLUMN corrects_id TEXT;

-- Expiry is what counts today; printed is what the pack says, where that differs.
ALTER TABLE batches ADD COLUMN printed DATE;
ALTER TABLE batches ADD COLUMN printed_month_only BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE batches ADD COLUMN quarantined BOOLEAN NOT NULL DEFAULT FALSE;

-- The audit is a chain from here on: entries of before carry no sequence.
ALTER TABLE audit_entries ADD COLUMN seq INTEGER;
ALTER TABLE audit_entries ADD COLUMN salt TEXT NOT NULL DEFAULT '';
ALTER TABLE audit_entries ADD COLUMN content TEXT NOT NULL DEFAULT '';  -- SHA-256 of salt and entry
ALTER TABLE audit_entries ADD COLUMN link TEXT NOT NULL DEFAULT '';     -- HMAC over the link before and content
CREATE UNIQUE INDEX audit_entries_seq ON audit_entries (programme_id, seq) WHERE seq IS NOT NULL;
CREATE TABLE audit_heads (
    programme_id TEXT NOT NULL PRIMARY KEY REFERENCES programmes (id),
    seq          INTEGER NOT NULL,
    link         TEXT NOT NULL,
    seal         TEXT NOT NULL        -- HMAC over sequence and link: a head cannot be made up
);
