-- +goose Up
-- Sums of stock that are kept up beside its entries, so that a page does not read
-- every change of a balance. They can always be made anew from the entries.

-- From here on the journal has a row for every version, whatever it is of: what
-- it did to distributions is in its lines, what it did to stock in its entries.
-- What is not known is empty in a sum. It is there when an entry ever was, also
-- where entries have undone each other: entries counts them.
CREATE TABLE stock_months (
    programme_id TEXT NOT NULL,
    month        INTEGER NOT NULL,   -- 202603
    site_id      TEXT NOT NULL,
    bag_id       TEXT NOT NULL,
    product_id   TEXT NOT NULL,
    batch_id     TEXT NOT NULL,
    kind         TEXT NOT NULL,
    entries      INTEGER NOT NULL,
    kits         INTEGER NOT NULL,
    PRIMARY KEY (programme_id, month, site_id, bag_id, product_id, batch_id, kind)
) STRICT, WITHOUT ROWID;

-- The same by day, for balances of each day and for the edges of a period.
CREATE TABLE stock_days (
    programme_id TEXT NOT NULL,
    day          TEXT NOT NULL,
    month        INTEGER NOT NULL GENERATED ALWAYS AS (CAST(substr(day, 1, 4) || substr(day, 6, 2) AS INTEGER)) STORED,
    site_id      TEXT NOT NULL,
    bag_id       TEXT NOT NULL,
    product_id   TEXT NOT NULL,
    batch_id     TEXT NOT NULL,
    kind         TEXT NOT NULL,
    entries      INTEGER NOT NULL,
    kits         INTEGER NOT NULL,
    PRIMARY KEY (programme_id, day, site_id, bag_id, product_id, batch_id, kind)
) STRICT, WITHOUT ROWID;

-- One shelf, bag or batch.
CREATE INDEX stock_months_site ON stock_months (programme_id, site_id, month);
CREATE INDEX stock_months_bag ON stock_months (programme_id, bag_id, month);
CREATE INDEX stock_months_batch ON stock_months (programme_id, batch_id, month);

-- Entries of before, but for those of distributions that wait in the journal.
INSERT INTO stock_days (programme_id, day, site_id, bag_id, product_id, batch_id, kind, entries, kits)
SELECT e.programme_id, e.day, COALESCE(e.site_id, ''), COALESCE(e.bag_id, ''), e.product_id, COALESCE(e.batch_id, ''), e.kind, COUNT(*), SUM(e.kits)
FROM stock_entries e
WHERE NOT EXISTS (SELECT 1 FROM tally_journal j WHERE j.programme_id = e.programme_id AND j.version_id = e.record_id AND j.sign = 1)
GROUP BY e.programme_id, e.day, e.site_id, e.bag_id, e.product_id, e.batch_id, e.kind;

INSERT INTO stock_months (programme_id, month, site_id, bag_id, product_id, batch_id, kind, entries, kits)
SELECT programme_id, month, site_id, bag_id, product_id, batch_id, kind, SUM(entries), SUM(kits)
FROM stock_days
GROUP BY programme_id, month, site_id, bag_id, product_id, batch_id, kind;
