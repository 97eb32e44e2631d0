// Package storetest lends tests real databases: a fresh SQLite file and a
// fresh PostgreSQL database per test, both with the current schema. It knows
// the migrations and internal/store, and nothing of what a test puts in.
// Start at Each; put Main into TestMain.
package storetest

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	_ "modernc.org/sqlite" // database/sql's "sqlite"

	"thntracker/internal/migrate"
)

// patience bounds every wait of this package for a server or a file.
const patience = 2 * time.Minute

// Main runs a package's tests and puts away what they used:
//
//	func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }
//
// Anything that runs tests will do for m, so that wrappers compose. A test
// process that dies without coming here still leaves nothing behind: see
// scripts/postgres.
func Main(m interface{ Run() int }) int {
	code := m.Run()
	if err := shared.close(); err != nil {
		fmt.Fprintln(os.Stderr, "storetest:", err)
		return max(code, 1)
	}
	return code
}

// SQLiteURL gives a new database file in the test's own folder, with the
// current schema and no rows: "sqlite:PATH".
func SQLiteURL(t testing.TB) string {
	t.Helper()
	image, err := sqliteImage()
	if err != nil {
		t.Fatalf("storetest: make the SQLite template: %v", err)
	}
	path := filepath.Join(t.TempDir(), "thn.db")
	if err := os.WriteFile(path, image, 0o600); err != nil {
		t.Fatalf("storetest: %v", err)
	}
	return "sqlite:" + path
}

// sqliteImage is a migrated database as bytes: running the migrations once
// and copying the file costs a test about a millisecond.
var sqliteImage = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "thn-sqlite-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "template.db")
	// The default rollback journal leaves everything in the one file.
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=foreign_keys(1)&_txlock=immediate")
	if err != nil {
		return nil, err
	}
	defer db.Close()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if err := migrate.Up(ctx, db, migrate.SQLite); err != nil {
		return nil, err
	}
	if err := db.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})
