package baseline

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func fixture() Correction {
	return Correction{ISO2: "PT", Service: "thn", From: Unknown, To: Yes, Source: Source{Title: "A better table", URL: "https://example.org/table", Year: 2025}, Confidence: High, Day: "2026-03-01"}
}

func TestCorrections_fit(t *testing.T) {
	t.Parallel()
	_, err := Correct(carried(), corrections)
	require.NoError(t, err)
}

// A correction changes its mark and, for take-home naloxone, how it is known; the
// counts follow, and what HRI published does not.
func TestCorrect_countsFollow(t *testing.T) {
	t.Parallel()
	back := fixture()
	back.From, back.To, back.Day = Yes, No, "2026-04-01"
	peer := fixture()
	peer.Service = "peer"
	before := count(carried())
	rows, err := Correct(carried(), []Correction{fixture(), peer})
	require.NoError(t, err)
	after := count(rows)
	require.Equal(t, before.Identified+1, after.Identified)
	require.Equal(t, before.High+1, after.High)
	require.Equal(t, before.NotKnown-1, after.NotKnown)
	require.Equal(t, before.Peer+1, after.Peer)
	require.Equal(t, Published, after.Published)
	require.Equal(t, before, count(carried()), "the rows as carried over stay")
	rows, err = Correct(carried(), []Correction{fixture(), back})
	require.NoError(t, err)
	require.Equal(t, before.Absent+1, count(rows).Absent)
}

func TestCorrect_refusals(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*Correction){
		"no such row":     func(c *Correction) { c.ISO2 = "XX" },
		"no such service": func(c *Correction) { c.Service = "kits" },
		"another mark":    func(c *Correction) { c.From = No },
		"no change":       func(c *Correction) { c.To = Unknown },
		"no mark":         func(c *Correction) { c.To = "perhaps" },
		"no title":        func(c *Correction) { c.Source.Title = "" },
		"no address":      func(c *Correction) { c.Source.URL = "example.org" },
		"no confidence":   func(c *Correction) { c.Confidence = "" },
		"no day":          func(c *Correction) { c.Day = "soon" },
	} {
		c := fixture()
		change(&c)
		rows, err := Correct(carried(), []Correction{c})
		require.Error(t, err, name)
		require.Equal(t, carried(), rows, name)
	}
	late, early := fixture(), fixture()
	early.From, early.To, early.Day = Yes, No, "2026-02-01"
	_, err := Correct(carried(), []Correction{late, early})
	require.Error(t, err, "in the order of their days")
}
