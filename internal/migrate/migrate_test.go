package migrate_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"thntracker/internal/fault"
	"thntracker/internal/migrate"
	"thntracker/internal/store/storetest"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

// eachEmpty runs a test on an empty database of each engine.
func eachEmpty(t *testing.T, body func(t *testing.T, db *sql.DB, engine string)) {
	t.Helper()
	for _, engine := range []string{migrate.SQLite, migrate.Postgres} {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			body(t, openEmpty(t, engine), engine)
		})
	}
}

func openEmpty(t *testing.T, engine string) *sql.DB {
	t.Helper()
	if engine == migrate.Postgres {
		return open(t, "pgx", storetest.EmptyPostgresURL(t))
	}
	return open(t, "sqlite", "file:"+filepath.Join(t.TempDir(), "empty.db")+"?_pragma=foreign_keys(1)&_txlock=immediate")
}

func open(t *testing.T, driver, dsn string) *sql.DB {
	t.Helper()
	db, err := sql.Open(driver, dsn)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	return db
}

func TestUp_fromEmptyThenNothing(t *testing.T) {
	t.Parallel()
	eachEmpty(t, func(t *testing.T, db *sql.DB, engine string) {
		before, err := migrate.Status(t.Context(), db, engine)
		require.NoError(t, err)
		require.NotEmpty(t, before)
		for _, step := range before {
			require.False(t, step.Applied, "%s applied in an empty database", step.Name)
		}

		require.NoError(t, migrate.Up(t.Context(), db, engine))
		first, err := migrate.Status(t.Context(), db, engine)
		require.NoError(t, err)
		for _, step := range first {
			require.True(t, step.Applied, "%s not applied", step.Name)
			require.False(t, step.AppliedAt.IsZero(), "%s has no time", step.Name)
		}

		require.NoError(t, migrate.Up(t.Context(), db, engine))
		second, err := migrate.Status(t.Context(), db, engine)
		require.NoError(t, err)
		require.Empty(t, cmp.Diff(first, second), "a second Up changed something")
	})
}

func TestUp_refusesNewerDatabase(t *testing.T) {
	t.Parallel()
	eachEmpty(t, func(t *testing.T, db *sql.DB, engine string) {
		require.NoError(t, migrate.Up(t.Context(), db, engine))
		_, err := db.ExecContext(t.Context(), "INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, true)")
		require.NoError(t, err)
		err = migrate.Up(t.Context(), db, engine)
		require.True(t, fault.Is(err, fault.Conflict), "got %v", err)
		require.ErrorContains(t, err, "9999")
	})
}

func TestUp_refusesUnknownEngine(t *testing.T) {
	t.Parallel()
	err := migrate.Up(t.Context(), openEmpty(t, migrate.SQLite), "oracle")
	require.True(t, fault.Is(err, fault.Invalid), "got %v", err)
}

// Each starter has its own pool, as separate processes would. All are
// connected before the first one starts, and goose's own table is there (it
// would make the losers wait a second for it): otherwise the first is done
// before the others arrive, and the test passes without any lock.
func TestUp_concurrentStartersOnPostgres(t *testing.T) {
	t.Parallel()
	address := storetest.EmptyPostgresURL(t)
	_, err := migrate.Status(t.Context(), open(t, "pgx", address), migrate.Postgres)
	require.NoError(t, err)
	const starters = 4
	var ready sync.WaitGroup
	ready.Add(starters)
	var group errgroup.Group
	for range starters {
		db := open(t, "pgx", address)
		require.NoError(t, db.PingContext(t.Context()))
		group.Go(func() error {
			ready.Done()
			ready.Wait()
			return migrate.Up(t.Context(), db, migrate.Postgres)
		})
	}
	require.NoError(t, group.Wait())

	db := open(t, "pgx", address)
	var twice int
	require.NoError(t, db.QueryRow("SELECT count(*) - count(DISTINCT version_id) FROM goose_db_version").Scan(&twice))
	require.Zero(t, twice, "migrations recorded twice")
	steps, err := migrate.Status(t.Context(), db, migrate.Postgres)
	require.NoError(t, err)
	for _, step := range steps {
		require.True(t, step.Applied, "%s not applied", step.Name)
	}
}
