package store_test

import (
	"crypto/rand"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/store"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

// TestAppendOnlyRole connects as the role of scripts/append-only.sql: it does
// the server's work, and changes nothing that was recorded.
func TestAppendOnlyRole(t *testing.T) {
	t.Parallel()
	address := storetest.PostgresURL(t)
	p := newPlace(t, storetest.Open(t, address))
	script, err := os.ReadFile(filepath.Join("..", "..", "scripts", "append-only.sql"))
	require.NoError(t, err)
	role := "thn_role_" + strings.ToLower(rand.Text()[:12]) // roles belong to the whole server, which other tests share
	p.tamper(t, "CREATE ROLE "+role+" LOGIN")
	t.Cleanup(func() {
		p.tamper(t, "DROP OWNED BY "+role)
		p.tamper(t, "DROP ROLE "+role)
	})
	p.tamper(t, strings.ReplaceAll(string(script), "thn_server", role))

	as, err := url.Parse(address)
	require.NoError(t, err)
	as.User = url.User(role)
	s, err := store.Open(t.Context(), as.String(), store.Options{Now: func() time.Time { return storetest.Noon }, AuditKey: storetest.Key})
	require.NoError(t, err)
	defer s.Close()

	server := &place{Store: s, programme: p.programme, north: p.north, harbour: p.harbour, spray: p.spray, lot: p.lot, by: p.by}
	mine := server.given(1)
	require.Equal(t, thn.Stored, server.append(t, server.sub(mine)))
	require.Equal(t, thn.Stored, server.append(t, server.correction(mine.ID, server.given(2))))
	require.Equal(t, thn.Duplicate, server.append(t, server.sub(mine)))
	lost := server.given(1)
	lost.Site = thn.NewID()
	require.Equal(t, thn.Held, server.append(t, server.sub(lost)))
	old := server.answered(thn.MustDate(2025, 1, 1))
	require.Equal(t, thn.Stored, server.append(t, server.sub(old)))
	stray := server.answered(thn.MustDate(2025, 1, 1))
	stray.Site = thn.NewID()
	require.Equal(t, thn.Held, server.append(t, server.sub(stray)))
	found, err := s.EraseAnswers(t.Context(), p.programme.ID, thn.MustDate(2025, 6, 1))
	require.NoError(t, err, "answers are emptied in place")
	require.True(t, found)
	require.ErrorContains(t, s.Raw(t.Context(), "UPDATE distribution_lines SET kits = 9"), "permission denied")
	require.NoError(t, s.CloseBatch(t.Context(), p.programme.ID, p.by, p.lot.ID), "what is set up may still change")
	require.NoError(t, s.Sessions().CommitCtx(t.Context(), "token", []byte("x"), storetest.Noon.Add(time.Hour)))
	require.NoError(t, s.Sessions().DeleteCtx(t.Context(), "token"))

	tables, err := p.Texts(t.Context(), `SELECT DISTINCT table_name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'record_id'`)
	require.NoError(t, err)
	require.Subset(t, tables, []string{"distribution_lines", "movements", "stock_entries", "held_records"})
	for _, table := range append(tables, "records", "audit_entries") {
		for _, statement := range []string{"UPDATE " + table + " SET programme_id = programme_id", "DELETE FROM " + table, "TRUNCATE " + table} {
			require.ErrorContains(t, s.Raw(t.Context(), statement), "permission denied", statement)
		}
	}
	require.ErrorContains(t, s.Raw(t.Context(), "DROP INDEX audit_entries_seq"), "must be owner")
	_, wrong := p.verified(t)
	require.Empty(t, wrong)
}
