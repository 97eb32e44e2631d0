package report

import (
	"thntracker/internal/need"
	"thntracker/internal/thn"
)

// Fixed is a number among a label's blanks, with its decimals.
type Fixed struct {
	Value  float64
	Places int
}

// rhoPlaces are the decimals that a rho is published with.
const rhoPlaces = 5

// Assumed says in words what the first model was asked with: what is published,
// what is derived, and to where it is calibrated.
func Assumed(a need.Assumptions) Label {
	kind := a.Epidemic
	rho := func(v float64) Fixed { return Fixed{v, rhoPlaces} }
	args := map[string]any{"Kind": Label{Key: "need.kind." + kind.Key}, "Rho": rho(a.Rho.Value), "Low": rho(kind.Rho.Low), "High": rho(kind.Rho.High),
		"States": kind.States, "Least": rho(a.Rho.Low), "Most": rho(a.Rho.High), "State": kind.Example}
	l := Label{Code: "assumed", Key: "report.note.need_assumed", Args: args}
	switch {
	case kind.Key == "":
		l.Key = "report.note.need_assumed_rho"
		delete(args, "Kind")
	case kind.Below == 0:
		l.Key = "report.note.need_assumed_one"
	}
	return l
}

// tell adds to a table of the first model what has to stand beside it.
func (n *needer) tell(t *Table) {
	t.Notes = append(t.Notes, Label{Code: "model", Key: "report.note.need_model"}, Assumed(n.assumed))
	n.tellKits(t)
	t.Sources = append(t.Sources, irvine, Citation{Source: need.SiteName, URL: need.SiteURL})
}

// tellKits says what became of the kits before a model saw them.
func (n *needer) tellKits(t *Table) {
	if SpanOf(n.spec.Period) != SpanOf(thn.YearFrom(2000, 1)) {
		t.Notes = append(t.Notes, Label{Code: "scaled", Key: "report.note.need_scaled", Args: map[string]any{"Of": n.spec.Period}})
	}
	key := "report.note.need_kits"
	if len(n.weights) > 0 {
		key = "report.note.need_kits_weighed"
	}
	t.Notes = append(t.Notes, Label{Code: "kits", Key: key})
	if n.spec.Channels != nil {
		t.Notes = append(t.Notes, Label{Code: "channels", Key: "report.note.need_channels"})
	}
}
