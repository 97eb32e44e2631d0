package report

import (
	"slices"
	"strings"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// choose keeps of each kind only the series that the question names; a kind that
// does not have it keeps all it has. A name is a definition, or a definition and
// a source with a bar between them where two sources use the same words.
func (b *book) choose() error {
	name := thn.Fold(b.spec.Series)
	if name == "" {
		return nil
	}
	named := func(d thn.Denominator) bool { return d.Series() == name || thn.Fold(d.Definition) == name }
	kinds := map[thn.DenominatorKind]bool{}
	for _, d := range b.denominators {
		if named(d) {
			kinds[d.Kind] = true
			b.chosen = d
		}
	}
	if len(kinds) == 0 {
		return fault.Say(fault.Invalid, "choose a series", "report.error.base", map[string]any{"Name": b.spec.Series, "Names": strings.Join(b.definitions(), "; ")})
	}
	b.denominators = slices.DeleteFunc(b.denominators, func(d thn.Denominator) bool { return kinds[d.Kind] && !named(d) })
	return nil
}

// definitions lists what the programme's denominators count, each once.
func (b *book) definitions() (list []string) {
	for _, d := range b.denominators {
		if !slices.Contains(list, d.Definition) {
			list = append(list, d.Definition)
		}
	}
	slices.Sort(list)
	return list
}

// baseLabel names the chosen series in the head of a table.
func (b *book) baseLabel() Label {
	return Label{Code: "base", Key: "report.filter.base", Args: map[string]any{"Definition": b.chosen.Definition, "Source": b.chosen.Source}}
}
