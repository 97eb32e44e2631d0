package report

import (
	"context"
	"slices"

	"thntracker/internal/thn"
)

// SiteReturn is what one site said for a month, by kind of record.
type SiteReturn struct {
	Site  thn.Site
	Kinds map[thn.RecordKind]thn.Reported
}

// Standing is the weightiest thing that the site said of any kind.
func (s SiteReturn) Standing() thn.Reporting {
	best := thn.ReportingSilent
	for _, r := range s.Kinds {
		if slices.Index(thn.Reportings, r.Standing()) > slices.Index(thn.Reportings, best) {
			best = r.Standing()
		}
	}
	return best
}

// Returns is a month as its sites reported it: every site in view that was open
// at some time in it, by name.
type Returns struct {
	Month thn.Period
	Sites []SiteReturn
}

// Count counts the sites that stand in one of some ways.
func (r Returns) Count(ways ...thn.Reporting) (n int) {
	for _, s := range r.Sites {
		if slices.Contains(ways, s.Standing()) {
			n++
		}
	}
	return n
}

// Silent counts the sites of which nothing is known.
func (r Returns) Silent() int { return r.Count(thn.ReportingSilent) }

// SeeReturns tells what each site in view said for the month that the period of
// the question begins in.
func SeeReturns(ctx context.Context, source Source, spec Spec) (Returns, error) {
	spec.Period = thn.Month(spec.Period.From.Year(), spec.Period.From.Month())
	b, err := open(ctx, source, spec)
	if err != nil {
		return Returns{}, err
	}
	list, err := b.returns(ctx)
	if err != nil {
		return Returns{}, err
	}
	if len(list) == 0 {
		return Returns{Month: spec.Period}, nil // a month to come
	}
	return list[0], nil
}

// returns gives each month of the period that has begun: of a month to come
// nobody could have told anything.
func (b *book) returns(ctx context.Context) (list []Returns, err error) {
	if list, read := b.told[b.spec.Period]; read {
		return list, nil
	}
	known, err := b.source.Reported(ctx, b.spec.Programme.ID, b.spec.Period)
	if err != nil {
		return nil, err
	}
	type key struct {
		site  thn.ID
		month thn.Date
	}
	said := map[key]map[thn.RecordKind]thn.Reported{}
	for _, r := range known {
		k := key{r.Site, r.Month}
		if said[k] == nil {
			said[k] = map[thn.RecordKind]thn.Reported{}
		}
		said[k][r.About] = r
	}
	sites := b.sitesInView()
	for _, month := range b.spec.Period.Months() {
		if b.day().Before(month.From) {
			break
		}
		m := Returns{Month: month}
		for _, s := range sites {
			if s.OpenIn(month) && b.channelInView(s.Channel) {
				m.Sites = append(m.Sites, SiteReturn{Site: s, Kinds: said[key{s.ID, month.From}]})
			}
		}
		list = append(list, m)
	}
	b.told[b.spec.Period] = list
	return list, nil
}

func (b *book) channelInView(c thn.Channel) bool {
	return b.spec.Channels == nil || slices.Contains(b.spec.Channels, c)
}

// reporting is indicator 9.5: sites that reported, nil returns included, of
// those that were open. The last row adds up months of sites.
func reporting(ctx context.Context, b *book) (Table, error) {
	t := b.table()
	t.RowHead = Label{Code: string(ByMonth), Key: "report.by.month"}
	t.Columns = []Column{sitesNamed("expected"), sitesNamed("reported"), sitesNamed("nil_only"), sitesNamed("silent"), sitesNamed("contradicted"),
		percentNamed[Place]("reporting_rate", perPlaces)}
	list, err := b.returns(ctx)
	if err != nil {
		return t, err
	}
	var all Returns
	for _, m := range list {
		t.Rows = append(t.Rows, reportingRow(Label{Code: stretchCode(ByMonth, m.Month), Period: m.Month}, RowPlain, m))
		all.Sites = append(all.Sites, m.Sites...)
	}
	t.Rows = append(t.Rows, reportingRow(Label{Code: totalRow.Code, Key: "report.row.site_months"}, RowTotal, all))
	return t, nil
}

func reportingRow(l Label, k RowKind, m Returns) Row {
	expected, silent := int64(len(m.Sites)), int64(m.Silent())
	return Row{Label: l, Kind: k, Cells: []Cell{Number(expected), Number(expected - silent), Number(int64(m.Count(thn.ReportingNil))), Number(silent),
		Number(int64(m.Count(thn.ReportingBoth))), shareOf[Place](expected-silent, expected)}}
}
