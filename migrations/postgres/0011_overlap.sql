-- +goose Up
-- Where single records lie in the scope of a period total, the total stands and
-- they are its parts, unless the programme has let the records stand. It is a
-- choice about figures, not a record: the newest one holds, the audit keeps all.
CREATE TABLE total_choices (
    programme_id TEXT NOT NULL REFERENCES programmes (id),
    scope        TEXT NOT NULL,       -- of the total, as period_totals has it
    aside        BOOLEAN NOT NULL,    -- the total is put aside: the records stand
    PRIMARY KEY (programme_id, scope)
);
