package thn_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/thn"
)

func TestAnswersFrom(t *testing.T) {
	t.Parallel()
	for today, from := range map[thn.Date]thn.Date{
		thn.MustDate(2026, 3, 2):   thn.MustDate(2025, 3, 2),
		thn.MustDate(2026, 12, 31): thn.MustDate(2025, 12, 31),
		thn.MustDate(2028, 2, 29):  thn.MustDate(2027, 3, 1), // sooner rather than later
	} {
		require.Equal(t, from, thn.AnswersFrom(today), today)
	}
}

// The limits of the closed list: five bands, five values, and prefer not to say.
func TestAnswers_areFew(t *testing.T) {
	t.Parallel()
	require.LessOrEqual(t, len(thn.AgeBands)-2, 5)
	require.LessOrEqual(t, len(thn.Genders)-1, 5)
	require.Contains(t, thn.AgeBands, thn.AgeBand("declined"))
	require.Contains(t, thn.Genders, thn.Gender("declined"))
	require.Contains(t, thn.CarriageAnswers, thn.CarriageDeclined)
}

func TestLine_answers(t *testing.T) {
	t.Parallel()
	line := thn.Line{Recipient: thn.RecipientAtRisk, Supply: thn.SupplySpare, People: 1, Kits: 1, AgeBand: "25_34", Gender: "other_term", Carriage: thn.CarriedNow}
	require.NoError(t, line.Check())
	for name, change := range map[string]func(*thn.Line){
		"an exact age":               func(l *thn.Line) { l.AgeBand = "34" },
		"a word of their own":        func(l *thn.Line) { l.Gender = "Ana" },
		"a reason for not carrying":  func(l *thn.Line) { l.Carriage = "police" },
		"a kit before the first kit": func(l *thn.Line) { l.Supply = thn.SupplyFirst },
		"a kit before, nobody knows": func(l *thn.Line) { l.Supply = thn.SupplyUnknown },
	} {
		wrong := line
		change(&wrong)
		require.Error(t, wrong.Check(), name)
	}
}
