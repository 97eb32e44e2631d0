-- Lets the server connect to PostgreSQL as a role that may read and add to what
-- was recorded, but neither change nor remove it. Corrections are new versions
-- and decisions are rows of their own, so nothing is missed. Run this as the
-- owner of the database, and again after each bin/thn migrate (as the owner too):
--
--   createuser thn_server && psql "$OWNER_URL" -f scripts/append-only.sql
--
-- Then start the server with a THN_DATABASE_URL that names thn_server.

GRANT USAGE ON SCHEMA public TO thn_server;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO thn_server;
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON goose_db_version FROM thn_server;

-- Append-only are the envelopes, the audit, the decisions, and every table whose
-- rows belong to a record: a new kind of record is protected as soon as this is
-- run again.
DO $$
DECLARE
    name TEXT;
BEGIN
    FOR name IN
        SELECT t.table_name FROM information_schema.tables t
        WHERE t.table_schema = 'public' AND t.table_type = 'BASE TABLE'
          AND (t.table_name IN ('records', 'audit_entries', 'held_decisions')
            OR EXISTS (SELECT FROM information_schema.columns c
                       WHERE c.table_schema = 'public' AND c.table_name = t.table_name AND c.column_name = 'record_id'))
    LOOP
        EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %I FROM thn_server', name);
    END LOOP;
END $$;

-- Answers about people are emptied after twelve months, in place, and the digests
-- of which they could be guessed with them.
GRANT UPDATE (age_band, gender, carriage) ON distribution_lines TO thn_server;
GRANT UPDATE (digest) ON records TO thn_server;
GRANT UPDATE (payload, digest) ON held_records TO thn_server;
