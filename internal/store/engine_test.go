package store_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/fault"
	"thntracker/internal/store"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

// A write hidden in a read is refused, or undone.
func TestRead_cannotWrite(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		p.append(t, p.sub(p.given(1)))
		for _, statement := range []string{"DELETE FROM distribution_lines", "UPDATE sites SET name = 'x'", "DROP TABLE held_records"} {
			require.Error(t, p.RawInRead(t.Context(), statement), statement)
		}
		require.Equal(t, int64(1), p.kits(t))
		require.Zero(t, p.count(t, "held_records"))
		site, err := p.Site(t.Context(), p.programme.ID, p.harbour.ID)
		require.NoError(t, err)
		require.Equal(t, "Harbour", site.Name)
	})
}

func TestOpen_refusesOtherAddresses(t *testing.T) {
	t.Parallel()
	for _, url := range []string{"", "mysql://localhost/x", "file:x.db", "x.db"} {
		_, err := store.Open(t.Context(), url, store.Options{Now: time.Now, AuditKey: storetest.Key})
		require.True(t, fault.Is(err, fault.Invalid), "%q: %v", url, err)
	}
}

func TestOpen_newFolderIsOurs(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a b%c", "thn.db")
	s, err := store.Open(t.Context(), "sqlite:"+path, store.Options{Now: time.Now, AuditKey: storetest.Key})
	require.NoError(t, err)
	require.NoError(t, s.Ready(t.Context()))
	require.NoError(t, s.Close())
	info, err := os.Stat(filepath.Dir(path))
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o700), info.Mode().Perm())
	_, err = os.Stat(path)
	require.NoError(t, err, "the file is where the address says")
}

func TestOpen_unreachable(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	_, err := store.Open(ctx, "postgres://nobody@127.0.0.1:1/none?sslmode=disable", store.Options{Now: time.Now, AuditKey: storetest.Key})
	require.True(t, fault.Is(err, fault.Unavailable), "%v", err)
}

func TestCheckSQLite_refusesOldEngines(t *testing.T) {
	t.Parallel()
	for version, fine := range map[string]bool{"3.51.3": true, "3.52.0": true, "4.0.0": true, "3.51.2": false, "3.45.1": false, "3.9.99": false, "2.51.3": false, "": false, "abc": false} {
		require.Equal(t, fine, store.CheckSQLite(version) == nil, version)
	}
}

func TestSQLite_settings(t *testing.T) {
	t.Parallel()
	s := storetest.SQLite(t)
	for pragma, want := range map[string]string{"journal_mode": "wal", "foreign_keys": "1", "synchronous": "2", "query_only": "1"} {
		got, err := s.Texts(t.Context(), "SELECT CAST("+pragma+" AS TEXT) FROM pragma_"+pragma)
		require.NoError(t, err)
		require.Equal(t, []string{want}, got, pragma)
	}
}

func TestBroken_everyCallFailsAndNothingPanics(t *testing.T) {
	t.Parallel()
	s := storetest.Broken(t)
	_, err := s.Tally(t.Context(), thn.Query{Programme: thn.NewID(), Period: always})
	require.Error(t, err)
	require.NotContains(t, strings.ToLower(err.Error()), "panic")
	p := &place{Store: s, programme: thn.Programme{ID: thn.NewID()}}
	d := p.given(1)
	d.Site, d.Area, d.Product = thn.NewID(), thn.NewID(), thn.NewID()
	_, err = s.Append(t.Context(), []thn.Submission{p.sub(d)})
	require.True(t, fault.Is(err, fault.Unavailable), "%v", err)
	require.Error(t, s.Ready(t.Context()))
}
