package report

import (
	"context"
	"slices"

	"thntracker/internal/thn"
)

// lacking says of a table what is known not to be in it: the months of sites that
// nobody reported, and the kits that no named part holds. Every figure is built
// through it, so that no page and no file can leave it out. Silent sites are counted
// and never named here: a table may leave the programme.
func (b *book) lacking(ctx context.Context, t *Table) error {
	if len(b.sitesInView()) == 0 {
		b.lackingParts(t)
		return nil
	}
	own := *b // of the days that the table is about, which need not be those asked for
	own.spec.Period = t.Head.Period
	said, err := own.rate(ctx)
	if err != nil {
		return err
	}
	if said.missing {
		t.Missing = append(t.Missing, said.label)
	} else if said.label.Code != "" {
		t.Notes = append(t.Notes, said.label)
	}
	b.lackingParts(t)
	return nil
}

// rated is the reporting rate in words; missing tells whether a month is.
type rated struct {
	label   Label
	missing bool
}

// rate is the reporting rate of the question's period, worked out once for the
// many tables of a page.
func (b *book) rate(ctx context.Context) (r rated, err error) {
	if r, known := b.rated[b.spec.Period]; known {
		return r, nil
	}
	months, err := b.returns(ctx)
	if err != nil {
		return r, err
	}
	var all Returns
	silent := map[thn.ID]bool{}
	for _, m := range months {
		all.Sites = append(all.Sites, m.Sites...)
		for _, s := range m.Sites {
			before, seen := silent[s.Site.ID]
			silent[s.Site.ID] = s.Standing() == thn.ReportingSilent && (before || !seen)
		}
	}
	r.label, r.missing = reported(all, silent)
	b.rated[b.spec.Period] = r
	return r, nil
}

// reported words the reporting rate of some months; missing tells whether any is.
func reported(all Returns, silent map[thn.ID]bool) (l Label, missing bool) {
	expected, lost := len(all.Sites), all.Silent()
	throughout := 0
	for _, is := range silent {
		if is {
			throughout++
		}
	}
	switch {
	case expected == 0:
		return Label{}, false
	case lost == 0:
		return Label{Code: reportingCode, Key: "report.note.reported_all", Args: map[string]any{"Expected": expected}}, false
	}
	share := Ratio{Num: thn.Halves(expected - lost), Den: thn.Halves(expected), Per: percent}.Round(perPlaces).Float()
	return Label{Code: reportingCode, Key: "report.missing.reporting",
		Args: map[string]any{"Reported": expected - lost, "Expected": expected, "Share": Fixed{share, perPlaces}, "Silent": throughout}}, true
}

// The codes of what every table says.
const (
	reportingCode = "reporting"
	residualCode  = "residual"
)

// lackingParts says how much of the whole no named part holds. Where anything is
// masked it is silent: the rest could give a hidden part away.
func (b *book) lackingParts(t *Table) {
	rest, whole, ok := t.residual()
	said := slices.ContainsFunc(t.Notes, func(l Label) bool { return l.Code == "undivided" })
	if said || !ok || t.masked() || rest.High <= 0 || !whole.Exact() || whole.High <= 0 {
		return
	}
	key := "report.note.residual"
	if alarming(count[Kit]{rest}, count[Kit]{whole}) {
		key = "report.note.residual_high"
	}
	share := Ratio{Num: rest.Low, Den: whole.Low, Per: percent}.Round(perPlaces).Float()
	t.Notes = append(slices.Clip(t.Notes), Label{Code: residualCode, Key: key, Args: map[string]any{"Kits": rest, "Share": Fixed{share, perPlaces}}})
}
