-- +goose Up
-- What somebody decided about a record that was held. What was held stays as it
-- came; deciding adds a row here, once.
CREATE TABLE held_decisions (
    programme_id TEXT NOT NULL,
    held_id      TEXT NOT NULL,
    outcome      TEXT NOT NULL,      -- accept, put_right, take_out
    why          TEXT NOT NULL,      -- code of the reason for taking it out
    version_id   TEXT,               -- the record that came of it
    account_id   TEXT NOT NULL,      -- who decided; never in a report
    decided_hour TEXT NOT NULL,
    PRIMARY KEY (programme_id, held_id),
    FOREIGN KEY (programme_id, held_id) REFERENCES held_records (programme_id, id),
    FOREIGN KEY (programme_id, version_id) REFERENCES records (programme_id, id)
);
