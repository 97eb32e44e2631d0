package storetest

import (
	"bytes"
	"context"
	"testing"
	"time"

	"thntracker/internal/audit"
	"thntracker/internal/store"
)

// Noon is what the clock of every lent store shows.
var Noon = time.Date(2026, time.March, 1, 12, 0, 0, 0, time.UTC)

// Key seals the audit of every lent store.
var Key = audit.Key(bytes.Repeat([]byte{7}, 32))

// Each runs body on a fresh, migrated store of either engine, as the subtests
// "sqlite" and "postgres", one after the other. Call t.Parallel before it: the
// stores share nothing.
func Each(t *testing.T, body func(t *testing.T, s *store.Store)) {
	t.Helper()
	EachURL(t, func(t *testing.T, url string) { body(t, Open(t, url)) })
}

// EachURL is Each for tests that open the database themselves.
func EachURL(t *testing.T, body func(t *testing.T, url string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { body(t, SQLiteURL(t)) })
	t.Run("postgres", func(t *testing.T) { body(t, PostgresURL(t)) })
}

// SQLite gives one fresh store on the quick engine, for tests of what stands
// above the store and cares for one engine only.
func SQLite(t testing.TB) *store.Store {
	t.Helper()
	return Open(t, SQLiteURL(t))
}

// Open opens a store with the fixed clock and closes it when the test ends.
func Open(t testing.TB, url string) *store.Store {
	t.Helper()
	s := open(t, url)
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("storetest: close the store: %v", err)
		}
	})
	return s
}

// Broken gives a store whose database is gone: every call on it fails.
func Broken(t testing.TB) *store.Store {
	t.Helper()
	s := open(t, SQLiteURL(t))
	if err := s.Close(); err != nil {
		t.Fatalf("storetest: close the store: %v", err)
	}
	return s
}

func open(t testing.TB, url string) *store.Store {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	s, err := store.Open(ctx, url, store.Options{Now: func() time.Time { return Noon }, AuditKey: Key})
	if err != nil {
		t.Fatalf("storetest: open the store: %v", err)
	}
	return s
}
