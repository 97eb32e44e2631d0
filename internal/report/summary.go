package report

import (
	"context"
	"slices"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// SmallestShown is the smallest count of people, contacts, deaths or kits that a
// national summary shows. Until releases exist, which mask and audit all tables
// of an audience together, a summary follows this interim rule: nothing below
// national level; channels with fewer kits are merged into "other channels"; a
// smaller count elsewhere is masked together with one more row or column, so
// that the total does not give it away; and what is computed from it goes too.
const SmallestShown = 10

// Summary is the national summary of a period: what may leave the programme.
type Summary struct {
	Head        Head
	Key         Table // one row: the figures of the first page
	Channels    Table // kits by channel
	Time        Table // kits by quarter, or by year when the period is longer than one
	FirstRepeat Table
	ReachOver   Table
	PerDeath    Table
	Prison      Table // kits and people over releases at risk: evidence for a commitment, not a table of its own
	Changes     []Change
}

// Tables lists the summary's tables in reading order.
func (s Summary) Tables() []Table {
	return []Table{s.Key, s.Channels, s.Time, s.FirstRepeat, s.ReachOver, s.PerDeath}
}

// Summarise answers the national summary. A view narrower than the whole
// programme is refused: there is nothing below national level in a summary.
func Summarise(ctx context.Context, source Source, spec Spec) (Summary, error) {
	const op = "summarise"
	if spec.Areas != nil || spec.Sites != nil || spec.Channels != nil {
		return Summary{}, fault.Say(fault.Denied, op, "report.error.national", nil)
	}
	o, err := See(ctx, source, spec)
	if err != nil {
		return Summary{}, fault.Wrap(op, err)
	}
	s := Summary{Head: o.Head, FirstRepeat: o.FirstRepeat.guarded(), ReachOver: o.ReachOver.guarded()}
	for _, c := range o.Changes {
		s.Changes = append(s.Changes, c.guarded(o.Kits))
	}
	if err := s.split(ctx, source, spec); err != nil {
		return s, fault.Wrap(op, err)
	}
	prison, err := Build(ctx, source, "prison-kits", spec)
	if err != nil {
		return s, fault.Wrap(op, err)
	}
	s.Prison = prison.guarded()
	s.PerDeath = o.PerDeath.onlyColumns("kits", "deaths", "all").guarded().maskedLike(s.Time)
	s.Key = s.keyFigures(o).guarded()
	return s, nil
}

// split adds the kits of the period by channel and over time.
func (s *Summary) split(ctx context.Context, source Source, spec Spec) (err error) {
	spec.By = ByChannel
	if s.Channels, err = Build(ctx, source, "kits", spec); err != nil {
		return err
	}
	s.Channels = s.Channels.mergeSmallRows().guarded()
	spec.By = ByQuarter
	if (spec.Period.From.Month()-1)%3 != 0 { // the period cuts quarters in two
		spec.By = ByMonth
	}
	if len(Stretches(spec.Programme, spec.Period, ByMonth)) > 12 {
		spec.By = ByYear
	}
	if s.Time, err = Build(ctx, source, "kits", spec); err != nil {
		return err
	}
	s.Time = s.Time.onlyColumns("all").guarded()
	s.Channels.Name, s.Time.Name = "kits-by-"+string(ByChannel), "kits-by-"+string(spec.By)
	return nil
}

// keyFigures gathers the figures of the first page in one row. Those that stand
// in a table too are taken from there, so that what is masked in one is in both.
func (s Summary) keyFigures(o Overview) Table {
	t := Table{Name: "key-figures", Title: "report.summary.key", Head: o.Head, RowHead: Label{Code: "period", Key: "report.by.period"},
		Definitions: []string{"kits", "reach", "first-repeat", "kits-per-death", "peer-share"}, Benchmarks: o.PerDeath.Benchmarks}
	row := Row{Label: Label{Code: o.Head.Period.String(), Period: o.Head.Period}}
	add := func(c Column, x Cell) { t.Columns, row.Cells = append(t.Columns, c), append(row.Cells, x) }
	add(kitsColumn, o.Kits)
	add(peopleNamed("first_time"), o.First)
	reach, _ := reachSpan(s.ReachOver)
	add(reachPer100.column("reach", perPlaces), reach)
	if n := len(s.PerDeath.Rows); n > 0 {
		last := s.PerDeath.Rows[n-1]
		add(kitsPerDeathYear.column("kits_per_death", deathPlaces), last.Cells[len(last.Cells)-1])
		t.Notes = append(t.Notes, Label{Code: "deaths_of", Key: "report.note.deaths_of", Args: map[string]any{"Of": last.Label}})
		row.Marks = append(row.Marks, last.Marks...)
	}
	add(percentNamed[Kit]("repeat_share", 0), s.FirstRepeat.Cell(string(thn.SupplyRepeat), "share"))
	peer := o.Peer.Cell("total", "share")
	if s.Channels.Cell(string(thn.ChannelPeer), "all").Is(KindMasked) {
		peer = Masked()
	}
	add(percentNamed[Kit]("peer_share", perPlaces), peer)
	t.Rows = []Row{row}
	for _, l := range s.Time.Missing {
		if l.Code == reportingCode {
			t.Missing = append(t.Missing, l) // once, and of the period that the page is about
		}
	}
	for _, x := range []Table{s.ReachOver, s.PerDeath} {
		t.Denominators = append(t.Denominators, x.Denominators...)
		t.Missing = append(t.Missing, withoutCode(x.Missing, reportingCode)...)
	}
	return t
}

// onlyColumns keeps the columns of these codes.
func (t Table) onlyColumns(codes ...string) Table {
	out := t
	out.Columns, out.Rows = nil, nil
	keep := func(i int) bool { return slices.Contains(codes, t.Columns[i].Label.Code) }
	for i, c := range t.Columns {
		if keep(i) {
			out.Columns = append(out.Columns, c)
		}
	}
	for _, r := range t.Rows {
		var cells []Cell
		for i, c := range r.Cells {
			if keep(i) {
				cells = append(cells, c)
			}
		}
		r.Cells = cells
		out.Rows = append(out.Rows, r)
	}
	return out
}
