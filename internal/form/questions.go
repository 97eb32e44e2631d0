package form

import (
	"slices"

	"thntracker/internal/thn"
)

// Questions is what a programme asks about a person beyond the usual. Seen is of
// the proposal that lay before whoever confirms.
type Questions struct {
	Asks       []string `form:"asks" label:"asking.which" validate:"dive,asking"`
	Reason     string   `form:"reason" label:"asking.reason" validate:"max=120"`
	Assessment string   `form:"assessment" label:"asking.assessment" validate:"max=120"`
	Seen       string   `form:"seen"`
	Do         string   `form:"do"`
}

// AskNames are the questions, as the form names them.
var AskNames = []string{"age_band", "gender", "carriage"}

// ToDomain makes the decision.
func (f Questions) ToDomain() thn.Asking {
	asks := func(name string) bool { return slices.Contains(f.Asks, name) }
	return thn.Asking{Asks: thn.Asks{AgeBand: asks("age_band"), Gender: asks("gender"), Carriage: asks("carriage")}, Reason: f.Reason, Assessment: f.Assessment}
}

// NamesOf lists the questions that are asked.
func NamesOf(a thn.Asks) (names []string) {
	for i, asked := range []bool{a.AgeBand, a.Gender, a.Carriage} {
		if asked {
			names = append(names, AskNames[i])
		}
	}
	return names
}
