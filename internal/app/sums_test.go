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

// TestSums_areFoldedAndRecounted: the demonstration's records, the job of the
// minute and the job of the night.
func TestSums_areFoldedAndRecounted(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, time.March, 1, 23, 30, 0, 0, time.UTC)
	var log bytes.Buffer
	dir := t.TempDir()
	a, err := Open(t.Context(), config.Config{Database: "sqlite:" + filepath.Join(dir, "t.db"), Demo: true}, Options{Now: func() time.Time { return now }, Log: &log})
	require.NoError(t, err)
	defer a.Close()
	programmes, err := a.Store.Programmes(t.Context())
	require.NoError(t, err)
	read := func(p thn.Programme) []thn.Cell {
		cells, err := a.Store.Tally(t.Context(), thn.Query{Programme: p.ID, Period: thn.YearFrom(2025, time.March), Groups: []thn.Group{thn.ByMonth, thn.ByArea, thn.ByChannel}})
		require.NoError(t, err)
		return cells
	}
	waiting, err := a.Store.Unfolded(t.Context())
	require.NoError(t, err)
	require.NotEmpty(t, waiting)
	demonstration := programmes[0]
	for _, p := range programmes {
		if p.ID == waiting[0] {
			demonstration = p
		}
	}
	before := read(demonstration)
	require.NotEmpty(t, before)
	a.fold(t.Context())
	waiting, err = a.Store.Unfolded(t.Context())
	require.NoError(t, err)
	require.Empty(t, waiting)
	require.Equal(t, before, read(demonstration))

	a.recount(t.Context())
	require.Empty(t, log.String())
	for _, p := range programmes {
		last, err := a.Store.LastRecount(t.Context(), p.ID)
		require.NoError(t, err)
		require.Equal(t, thn.Recount{Day: p.Today(now)}, last)
	}
	require.NoError(t, a.Store.Rebuild(t.Context(), demonstration.ID))
	require.Equal(t, before, read(demonstration))
	require.False(t, strings.Contains(log.String(), "ERROR"), log.String())
}
