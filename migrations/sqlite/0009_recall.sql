-- +goose Up
-- What was decided about a batch after it was registered, and the notices that
-- call batches back. Decisions are only added: the batch itself holds what they
-- come to, written in the same transaction.

ALTER TABLE batches ADD COLUMN produced TEXT;

CREATE TABLE recalls (
    programme_id TEXT NOT NULL,
    id           TEXT NOT NULL,
    product_id   TEXT NOT NULL,
    day          TEXT NOT NULL,       -- of the notice
    source       TEXT NOT NULL,
    reference    TEXT NOT NULL,       -- of the notice, never a name
    action       TEXT NOT NULL CHECK (action IN ('quarantine', 'replace', 'inform')),
    lifted       TEXT,                -- empty: in force
    lifted_by    TEXT NOT NULL,       -- the source that its end rests on
    PRIMARY KEY (programme_id, id),
    FOREIGN KEY (programme_id, product_id) REFERENCES products (programme_id, id)
) STRICT;

CREATE TABLE recall_batches (
    programme_id TEXT NOT NULL,
    recall_id    TEXT NOT NULL,
    batch_id     TEXT NOT NULL,
    PRIMARY KEY (programme_id, recall_id, batch_id),
    FOREIGN KEY (programme_id, recall_id) REFERENCES recalls (programme_id, id),
    FOREIGN KEY (programme_id, batch_id) REFERENCES batches (programme_id, id)
) STRICT;
CREATE INDEX recall_batches_batch ON recall_batches (programme_id, batch_id);

CREATE TABLE batch_revisions (
    programme_id TEXT NOT NULL,
    id           TEXT NOT NULL,
    seq          INTEGER NOT NULL,    -- the order in which a batch's decisions were taken
    batch_id     TEXT NOT NULL,
    day          TEXT NOT NULL,
    change       TEXT NOT NULL CHECK (change IN ('extended', 'quarantined', 'released')),
    expiry       TEXT,                -- extended: the new last day
    month_only   INTEGER NOT NULL,
    source       TEXT NOT NULL,
    recall_id    TEXT,                -- of the recall that decided it
    PRIMARY KEY (programme_id, id),
    UNIQUE (programme_id, batch_id, seq),
    FOREIGN KEY (programme_id, batch_id) REFERENCES batches (programme_id, id),
    FOREIGN KEY (programme_id, recall_id) REFERENCES recalls (programme_id, id)
) STRICT;

-- What a recall took off is looked up by the recall.
CREATE INDEX movements_recall ON movements (programme_id, recall_id) WHERE recall_id IS NOT NULL;
