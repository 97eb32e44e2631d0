package app

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/config"
	"thntracker/internal/thn"
)

func TestNoteHeads_onceADay(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, time.March, 1, 23, 30, 0, 0, time.UTC)
	var log bytes.Buffer
	dir := t.TempDir()
	a, err := Open(t.Context(), config.Config{Database: "sqlite:" + filepath.Join(dir, "t.db")}, Options{Now: func() time.Time { return now }, Log: &log})
	require.NoError(t, err)
	defer a.Close()
	require.Equal(t, "2026-03-01", a.noteHeads(t.Context(), ""))
	require.Empty(t, log.String(), "nothing to note yet")

	programme := thn.Programme{ID: thn.NewID(), Name: "Test", Country: "XD", Zone: "UTC", Fiscal: 1}
	require.NoError(t, a.Store.Found(t.Context(), thn.Founding{Programme: programme, Country: thn.Area{ID: thn.NewID(), Kind: thn.AreaCountry, Name: "Testland"}}))
	require.Equal(t, "2026-03-01", a.noteHeads(t.Context(), "2026-03-01"))
	require.Empty(t, log.String(), "noted already on this day")
	now = now.Add(time.Hour)
	require.Equal(t, "2026-03-02", a.noteHeads(t.Context(), "2026-03-01"))
	heads, err := a.Store.AuditHeads(t.Context())
	require.NoError(t, err)
	require.Contains(t, log.String(), "programme="+string(programme.ID)+" seq=1 link="+heads[programme.ID].Link)
	require.Equal(t, 1, strings.Count(log.String(), "\n"))
}
