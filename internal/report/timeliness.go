package report

import (
	"context"
	"slices"
	"time"

	"thntracker/internal/thn"
)

// Entries is where figures about entering records come from.
type Entries interface {
	// Entered counts distributions as they were first entered, by the day they are
	// about and the hour in which they came, and by the groups of the query.
	Entered(ctx context.Context, q thn.Query) ([]thn.Cell, error)
}

// promptDays is how soon a record is in time (indicator 9.4).
const promptDays = 7

// delays counts records by the days between what they are about and their entry.
type delays map[int]int64

// timeliness is indicator 9.4: days from giving out to entry, as the middle record
// has them, and the share entered within seven. A correction makes no record late:
// the first version counts, and a day ahead of its entry counts as the same day.
func timeliness(ctx context.Context, b *book) (Table, error) {
	t := b.table()
	t.RowHead = Label{Code: "period", Key: "report.by.period"}
	if b.spec.By != ByNone {
		t.RowHead = Label{Code: string(b.spec.By), Key: "report.by." + string(b.spec.By)}
	}
	t.Columns = []Column{columnOf[Record]("records"), daysNamed("delay"), columnOf[Record]("prompt"), percentNamed[Record]("prompt_share", perPlaces)}
	cells, err := b.source.Entered(ctx, thn.Query{Programme: b.spec.Programme.ID, Period: b.spec.Period, Areas: b.spec.Areas, Sites: b.spec.Sites,
		Channels: b.spec.Channels, Groups: groups(groupOf[b.spec.By], "")})
	if err != nil {
		return t, err
	}
	for _, p := range append(b.parts(b.spec.By), part{label: totalRow, cut: func(x box) box { return x }}) {
		in := p.cut(b.everything())
		found := delays{}
		for _, c := range cells {
			if in.holds(b.space.ofCell(c, b.spec.Period)) {
				found.add(b.spec.Programme, c)
			}
		}
		t.Rows = append(t.Rows, found.row(p))
	}
	t.Rows[len(t.Rows)-1].Kind = RowTotal
	if len(cells) == 0 {
		t.Missing = append(t.Missing, Label{Code: "nothing", Key: "report.missing.nothing"})
	}
	if b.spec.By == ByNone {
		return t, nil
	}
	return t.guardedBelow(SmallestInside).medianMasked(), nil
}

// add counts a cell under its delay, in days of the programme's own clock.
func (d delays) add(p thn.Programme, c thn.Cell) {
	on, err := thn.ParseDate(c.Keys[thn.ByDay])
	came, also := time.Parse("2006-01-02T15", c.Keys[thn.ByReceived])
	if err == nil && also == nil { // the database writes both itself
		d[max(0, on.DaysUntil(p.Today(came)))] += c.Records
	}
}

func (d delays) row(p part) Row {
	row := Row{Label: p.label, Marks: p.mark, Cells: slices.Repeat([]Cell{NotReported()}, 4)}
	var all, prompt int64
	for days, n := range d {
		if all += n; days <= promptDays {
			prompt += n
		}
	}
	if all > 0 {
		middle := d.median(all)
		row.Cells = []Cell{Number(all), Counted(thn.Count{Low: middle, High: middle}), Number(prompt), shareOf[Record](prompt, all)}
	}
	return row
}

// median is the delay of the middle record, or half of what the two in the middle
// come to: days may be halves.
func (d delays) median(all int64) thn.Halves {
	var days []int
	for n := range d {
		days = append(days, n)
	}
	slices.Sort(days)
	at := func(rank int64) thn.Halves {
		for _, n := range days {
			if rank -= d[n]; rank <= 0 {
				return thn.Halves(n)
			}
		}
		return 0
	}
	return at((all+1)/2) + at(all/2+1)
}

// medianMasked hides the days of rows whose records are hidden.
func (t Table) medianMasked() Table {
	for _, r := range t.Rows {
		if r.Cells[0].Is(KindMasked) {
			r.Cells[1], r.Cells[2] = Masked(), Masked()
		}
	}
	return t
}
