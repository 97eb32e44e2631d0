package thn_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/thn"
)

func TestParseWeek(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"2026-W47":   "2026-11-16/2026-11-23",
		"2026-11-16": "2026-11-16/2026-11-23",
		"2026-11-22": "2026-11-16/2026-11-23", // Sunday ends the week
		"2026-W01":   "2025-12-29/2026-01-05",
		"2020-W53":   "2020-12-28/2021-01-04",
	} {
		p, err := thn.ParseWeek(text)
		require.NoError(t, err, text)
		require.Equal(t, want, p.String(), text)
		again, err := thn.ParseWeek(p.WeekName())
		require.NoError(t, err)
		require.Equal(t, p, again)
	}
	for _, text := range []string{"", "2026", "2026-W00", "2026-W54", "2021-W53", "2026-w47", "26-W47", "2026-13-01", "2026-W4x", "+026-W01"} {
		_, err := thn.ParseWeek(text)
		require.Error(t, err, text)
	}
}

func TestPeriod_afterUndoesBefore(t *testing.T) {
	t.Parallel()
	for _, p := range []thn.Period{thn.Month(2026, time.January), thn.Quarter(2026, 1), thn.YearFrom(2025, time.April), thn.WeekOf(thn.MustDate(2026, time.March, 3))} {
		require.Equal(t, p, p.After().Before())
		require.Equal(t, p, p.Before().After())
	}
	require.Equal(t, "2026-Q2", thn.Quarter(2026, 1).After().Param())
	require.Equal(t, "2027-04-01..2028-04-01", thn.YearFrom(2026, time.April).After().Param())
}
