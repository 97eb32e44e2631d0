-- +goose Up
-- Sums of distributions that are kept up beside the records, so that a page does
-- not read every line. They can always be made anew from the records.

-- What the sums have not taken in yet: +1 for a distribution, -1 for one that a
-- later version replaced, written with the record that says so. Rows are folded
-- into the cells in the background and then removed; the column is not named
-- record_id because tables that have one are append-only for the server.
CREATE TABLE tally_journal (
    programme_id TEXT NOT NULL,
    version_id   TEXT NOT NULL,      -- a distribution: its lines say what is summed
    sign         INTEGER NOT NULL CHECK (sign IN (-1, 1)),
    PRIMARY KEY (programme_id, version_id, sign)
);

-- The sums by month, in several cubes: store/cube.go says what each keeps apart.
-- What a cube does not keep apart is empty in all of its cells.
CREATE TABLE tally_cells (
    programme_id TEXT NOT NULL,
    cube         INTEGER NOT NULL,
    month        INTEGER NOT NULL,   -- 202603
    area_id      TEXT NOT NULL,
    site_id      TEXT NOT NULL,
    setting      TEXT NOT NULL,
    channel      TEXT NOT NULL,
    supplier     TEXT NOT NULL,
    recipient    TEXT NOT NULL,
    supply       TEXT NOT NULL,
    reason       TEXT NOT NULL,
    product_id   TEXT NOT NULL,
    batch_id     TEXT NOT NULL,
    lines        BIGINT NOT NULL,
    records      BIGINT NOT NULL,
    people       BIGINT NOT NULL,
    kits         BIGINT NOT NULL,
    PRIMARY KEY (programme_id, cube, month, area_id, site_id, setting, channel, supplier, recipient, supply, reason, product_id, batch_id)
);

-- When the sums were last counted anew from the records, and what came of it.
CREATE TABLE tally_recounts (
    programme_id TEXT NOT NULL PRIMARY KEY,
    day          DATE NOT NULL,
    wrong        INTEGER NOT NULL    -- sums that were not what the records say
);

-- What was received since an hour, for figures as they stood then.
CREATE INDEX records_received ON records (programme_id, received_hour);

-- Records of before: every distribution that stands waits to be taken in. A
-- later migration that adds a cube empties the cells and does the same again.
INSERT INTO tally_journal (programme_id, version_id, sign)
SELECT programme_id, record_id, 1 FROM distribution_lines l
WHERE line = 1 AND NOT EXISTS (SELECT 1 FROM records r WHERE r.programme_id = l.programme_id AND r.corrects_id = l.record_id);
