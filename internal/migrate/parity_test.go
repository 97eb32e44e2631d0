package migrate_test

import (
	"database/sql"
	"io/fs"
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"thntracker/internal/migrate"
	"thntracker/internal/store/storetest"
	"thntracker/migrations"
)

// fileName is what a migration is called: four digits, then what it is about.
var fileName = regexp.MustCompile(`^[0-9]{4}_[a-z0-9_]+\.sql$`)

func TestFolders_sameVersionsInBoth(t *testing.T) {
	t.Parallel()
	names := map[string][]string{}
	for _, engine := range []string{migrate.SQLite, migrate.Postgres} {
		entries, err := fs.ReadDir(migrations.Files, engine)
		require.NoError(t, err)
		for _, e := range entries {
			require.Regexp(t, fileName, e.Name())
			names[engine] = append(names[engine], e.Name())
		}
	}
	require.NotEmpty(t, names[migrate.SQLite])
	require.Empty(t, cmp.Diff(names[migrate.SQLite], names[migrate.Postgres]), "the folders differ (-sqlite +postgres)")
}

// Types differ between the engines by design; names and nullability may not.
func TestSchema_sameOnBothEngines(t *testing.T) {
	t.Parallel()
	lite := open(t, "sqlite", "file:"+storetest.SQLiteURL(t)[len("sqlite:"):])
	post := open(t, "pgx", storetest.PostgresURL(t))
	// table_xinfo and not table_info: only the former lists generated columns.
	sqliteColumns := columns(t, lite, `
		SELECT m.name, c.name, c."notnull" = 1 OR c.pk > 0
		FROM sqlite_schema m, pragma_table_xinfo(m.name) c
		WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name <> 'goose_db_version'`)
	postgresColumns := columns(t, post, `
		SELECT table_name, column_name, is_nullable = 'NO'
		FROM information_schema.columns
		WHERE table_schema = current_schema() AND table_name <> 'goose_db_version'`)
	require.NotEmpty(t, sqliteColumns)
	require.Empty(t, cmp.Diff(sqliteColumns, postgresColumns), "the schemas differ (-sqlite +postgres)")
}

func TestSchema_sameIndexesOnBothEngines(t *testing.T) {
	t.Parallel()
	lite := open(t, "sqlite", "file:"+storetest.SQLiteURL(t)[len("sqlite:"):])
	post := open(t, "pgx", storetest.PostgresURL(t))
	// Indexes behind PRIMARY KEY and UNIQUE have names of the engine's own.
	sqliteIndexes := columns(t, lite, `
		SELECT tbl_name, name, sql LIKE 'CREATE UNIQUE%'
		FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL`)
	postgresIndexes := columns(t, post, `
		SELECT t.relname, i.relname, x.indisunique
		FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
		WHERE t.relnamespace = current_schema()::regnamespace AND t.relname <> 'goose_db_version'
		AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.oid AND c.contype IN ('p', 'u'))`)
	require.Empty(t, cmp.Diff(sqliteIndexes, postgresIndexes), "the indexes differ (-sqlite +postgres)")
}

// columns reads table, name and a yes-or-no into "table.name": yes-or-no.
func columns(t *testing.T, db *sql.DB, query string) map[string]bool {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), query)
	require.NoError(t, err)
	defer rows.Close()
	found := map[string]bool{}
	for rows.Next() {
		var table, name string
		var yes bool
		require.NoError(t, rows.Scan(&table, &name, &yes))
		found[table+"."+name] = yes
	}
	require.NoError(t, rows.Err())
	return found
}
