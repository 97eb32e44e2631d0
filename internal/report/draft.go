package report

import (
	"context"
	"slices"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// Draft is a national summary before anything is hidden. It never leaves the
// server: package release hides in it what may not be seen and then lets Summary
// read the key figures off what is left, so that they cannot tell more.
type Draft struct {
	Head   Head
	Kits   []Cube  // the same kits, cut in different ways; the first is by time and channel
	Tables []Table // everything else, by name
}

// cuts of kits that a draft holds. stretchOf chooses the stretch.
var draftCuts = []struct{ by, across By }{{byStretch, ByChannel}, {BySupply, ByChannel}, {ByRecipient, ByChannel}, {ByArea, byStretch}}

const byStretch By = "stretch" // months, quarters or years, whichever suits the period

// draftAsks are the other tables, each named by its indicator. Of those that have a
// row for a station or a place only the total is told.
var draftAsks = []struct {
	Ask
	whole bool
}{{Ask: Ask{Key: "first-supplies"}}, {Ask: Ask{Key: "first-repeat"}}, {Ask: Ask{Key: "reach"}}, {Ask: Ask{Key: "kits-per-death", By: ByYear, Years: true}},
	{Ask: Ask{Key: "peer-share"}}, {Ask: Ask{Key: "prison-kits"}}, {Ask: Ask{Key: "releases"}}, {Ask: Ask{Key: "carriage"}, whole: true}, {Ask: Ask{Key: "need"}, whole: true}}

// Drafted answers everything that a national summary says, for the whole
// programme: a view narrower than that is refused.
func Drafted(ctx context.Context, source Source, spec Spec) (Draft, error) {
	const op = "draft summary"
	if spec.Areas != nil || spec.Sites != nil || spec.Channels != nil {
		return Draft{}, fault.Say(fault.Denied, op, "report.error.national", nil)
	}
	spec.By, spec.Across, spec.Then = ByNone, ByNone, thn.Period{}
	b, err := open(ctx, source, spec)
	if err != nil {
		return Draft{}, fault.Wrap(op, err)
	}
	d := Draft{Head: b.head()}
	for _, cut := range draftCuts {
		c := b.as(stretchOf(spec, cut.by))
		c.spec.Across = stretchOf(spec, cut.across)
		cube, err := kitsCube(ctx, c)
		if err != nil {
			return d, fault.Wrap(op, err)
		}
		cube.Table.Name, cube.Table.Title = "kits-by-"+string(c.spec.By)+"-"+string(c.spec.Across), "indicator.kits.name"
		cube.Table.Definitions = []string{"kits"}
		d.Kits = append(d.Kits, cube)
	}
	for _, ask := range draftAsks {
		t, err := b.answer(ctx, ask.Ask)
		if err != nil {
			return d, fault.Wrap(op, err)
		}
		if ask.whole {
			t.Rows = slices.DeleteFunc(t.Rows, func(r Row) bool { return r.Kind != RowTotal })
		}
		d.Tables = append(d.Tables, t)
	}
	return d, nil
}

// stretchOf chooses how a summary tells its period over time: by quarter; by month
// when the period cuts quarters in two; by year when it is longer than one.
func stretchOf(spec Spec, by By) By {
	switch {
	case by != byStretch:
		return by
	case len(Stretches(spec.Programme, spec.Period, ByMonth)) > 12:
		if fiscal := spec.Programme.Fiscal; fiscal > 1 && int(spec.Period.From.Month()) == fiscal {
			return ByFiscal
		}
		return ByYear
	case (spec.Period.From.Month()-1)%3 != 0:
		return ByMonth
	}
	return ByQuarter
}

// Named gives a table of the draft that is not a cube of kits; an empty one when
// there is none.
func (d Draft) Named(name string) *Table {
	for i := range d.Tables {
		if d.Tables[i].Name == name {
			return &d.Tables[i]
		}
	}
	return &Table{Name: name}
}

// Thin lists the channels whose kits of the whole period are fewer than a limit;
// one alone is not thin, because merging it would only change its name.
func (d *Draft) Thin(least int64) (codes []string) {
	course := d.Kits[0].Table
	total := course.Rows[len(course.Rows)-1]
	for _, i := range course.Parts(course.sum()) {
		if code := course.Columns[i].Label.Code; code != notStated.Code && small(total.Cells[i].Count(), least) {
			codes = append(codes, code)
		}
	}
	if len(codes) < 2 {
		return nil
	}
	return codes
}

// Merge puts channels into one column, in every cut alike: what is merged need not
// be hidden.
func (d *Draft) Merge(channels []string) {
	for k := range d.Kits {
		d.Kits[k] = d.Kits[k].merged(channels)
	}
}

// ForgetReach takes out the people ever reached: programmes that joined or left
// since an earlier release could be told by the difference to it.
func (d *Draft) ForgetReach() {
	for _, name := range []string{"first-supplies", "reach"} {
		t := d.Named(name)
		for i, c := range t.Columns {
			if c.Label.Code != "people_reached" && c.Measure != MeasureRatio {
				continue
			}
			for _, r := range t.Rows {
				r.Cells[i] = NotReported()
			}
		}
		t.Notes = nil
		t.Missing = append(t.Missing, Label{Code: "reach_joined", Key: "report.missing.reach_joined"})
	}
}

// merged puts the columns of these codes into one.
func (c Cube) merged(codes []string) Cube {
	var which []int
	for i, column := range c.Table.Columns {
		if slices.Contains(codes, column.Label.Code) {
			which = append(which, i)
		}
	}
	if len(which) == 0 {
		return c
	}
	out := Cube{Table: c.Table.mergeColumns(which)}
	for _, row := range c.Answers {
		var behind []int64
		var sum int64
		for i, n := range row {
			if slices.Contains(which, i) {
				sum += n
			}
			if i == which[len(which)-1] {
				behind = append(behind, sum)
			} else if !slices.Contains(which, i) {
				behind = append(behind, n)
			}
		}
		out.Answers = append(out.Answers, behind)
	}
	return out
}
