package storetest_test

import (
	"database/sql"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/store"
	"thntracker/internal/store/storetest"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

func TestSQLiteURL_ownFileWithSchema(t *testing.T) {
	t.Parallel()
	one, two := storetest.SQLiteURL(t), storetest.SQLiteURL(t)
	require.NotEqual(t, one, two)
	db, err := sql.Open("sqlite", "file:"+strings.TrimPrefix(one, "sqlite:"))
	require.NoError(t, err)
	defer db.Close()
	var migrated int
	require.NoError(t, db.QueryRow("SELECT count(*) FROM goose_db_version WHERE version_id > 0").Scan(&migrated))
	require.Positive(t, migrated)
}

func TestPostgresURL_ownDatabaseWithSchemaDroppedAtTheEnd(t *testing.T) {
	t.Parallel()
	var name string
	t.Run("lent", func(t *testing.T) {
		address := storetest.PostgresURL(t)
		parsed, err := url.Parse(address)
		require.NoError(t, err)
		name = strings.TrimPrefix(parsed.Path, "/")
		db := openPostgres(t, address)
		var migrated int
		require.NoError(t, db.QueryRow("SELECT count(*) FROM goose_db_version WHERE version_id > 0").Scan(&migrated))
		require.Positive(t, migrated)
	})
	other := openPostgres(t, storetest.PostgresURL(t))
	var kept bool
	require.NoError(t, other.QueryRow("SELECT EXISTS (SELECT 1 FROM pg_database WHERE datname = $1)", name).Scan(&kept))
	require.False(t, kept, "database %s outlived its test", name)
}

func TestEach_runsOnBothEngines(t *testing.T) {
	t.Parallel()
	var met []store.Engine
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		met = append(met, s.Engine())
		require.NoError(t, s.Ready(t.Context()))
	})
	require.Contains(t, met, store.SQLite)
}

func TestBroken_failsEveryCall(t *testing.T) {
	t.Parallel()
	require.Error(t, storetest.Broken(t).Ready(t.Context()))
}

func openPostgres(t *testing.T, address string) *sql.DB {
	t.Helper()
	db, err := sql.Open("pgx", address)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	return db
}

func BenchmarkSQLiteURL(b *testing.B) {
	storetest.SQLiteURL(b)
	for b.Loop() {
		storetest.SQLiteURL(b)
	}
}

func BenchmarkPostgresURL(b *testing.B) {
	storetest.PostgresURL(b)
	for b.Loop() {
		storetest.PostgresURL(b)
	}
}

func BenchmarkOpen(b *testing.B) {
	for _, engine := range []struct {
		name string
		url  func(testing.TB) string
	}{{"sqlite", storetest.SQLiteURL}, {"postgres", storetest.PostgresURL}} {
		b.Run(engine.name, func(b *testing.B) {
			url := engine.url(b)
			for b.Loop() {
				storetest.Open(b, url)
			}
		})
	}
}
