package ingest

import (
	"slices"

	"thntracker/internal/fault"
	"thntracker/internal/sheet"
	"thntracker/internal/thn"
)

// Status is what would become of a row.
type Status string

// The statuses. A changed row becomes a new version of a record; a known one is
// there already, word for word, and is left alone.
const (
	StatusNew     Status = "new"
	StatusChanged Status = "changed"
	StatusKnown   Status = "known"
)

// Plan says what a file would do. Counts are whole; the lists are cut at
// MaxListed, so that a large file cannot fill a page.
type Plan struct {
	Kind      Kind
	File      string
	Sheet     string
	HeaderRow int
	Rows      int // rows read below the header

	Counts       map[Status]int
	RefusedCount int
	SkippedCount int

	Columns []Field // of Items
	Items   []Item
	Refused []Refusal
	Skipped []Skip
	Places  []PlaceUse // every place, site and product named, in order of first use
	Sums    []Sum
	Notes   []Note   // what is stored and should be looked at
	Dropped []string // headers of columns that were not read
	Uses    Levels   // what the rows of uses tell of

	load thn.Load
}

// Levels counts what a file of uses tells of. None of them is added to another.
type Levels struct{ Incidents, Persons, Administrations, Doses int }

// MaxListed is how many items, refusals and skipped rows a plan lists.
const MaxListed = 500

// Size is how many things a commit writes.
func (p *Plan) Size() int { return p.load.Size() }

// Ready tells whether the plan may be committed: no row is refused.
func (p *Plan) Ready() bool { return p.RefusedCount == 0 }

// Item is one record as it would be kept. Values stand in the order of
// Plan.Columns; those of fields with codes are codes.
type Item struct {
	Row    int
	Column string // in a wide table
	Status Status
	Values []string
	Was    string // what a changed figure replaces
}

// Refusal is a row that cannot be stored, with the sentence that says why and
// what to do. The sentence names row and column itself.
type Refusal struct {
	Row    int
	Column string
	Key    string
	Args   map[string]any
}

// Skip is a row that is left out on purpose. Key is of a sentence; a reason
// that the mapping gives in words is in Args as Reason.
type Skip struct {
	Row    int
	Column string
	Key    string
	Args   map[string]any
}

// PlaceUse is a name in the file and what it was taken for.
type PlaceUse struct {
	What    string // area, site or product
	Written string
	Name    string // of the thing it stands for; empty when there is none
	How     string // same, alias, added, offered, unknown
	Offers  []string
	Rows    int
}

// Sum is a figure to hold against the file's own: what the rows add up to, by
// year or period and by group. Groups are not parts of each other and are not
// to be added.
type Sum struct {
	Measure string
	Period  string // a year, or the period where it is none
	Group   string // channels joined by +, or the definition; empty is all
	Count   thn.Count
	Rows    int
}

func (p *planner) item(e entry, s Status, was string) {
	p.plan.Counts[s]++
	if len(p.plan.Items) >= MaxListed {
		return
	}
	item := Item{Row: e.where.Row, Column: e.where.Column, Status: s, Was: was}
	for _, f := range p.plan.Columns {
		item.Values = append(item.Values, p.shown(e, f))
	}
	p.plan.Items = append(p.plan.Items, item)
}

// shown is a field as the preview gives it.
func (p *planner) shown(e entry, f Field) string {
	if v, ok := p.display[f]; ok {
		return v
	}
	return e.get(f).text
}

func (p *planner) refuse(e entry, err error) error {
	key, args := fault.Sentence(err)
	if key == "" || fault.KindOf(err) != fault.Invalid {
		return err // not about the row: the plan fails
	}
	p.plan.RefusedCount++
	if len(p.plan.Refused) < MaxListed {
		r := Refusal{Row: e.where.Row, Column: e.where.Column, Key: key, Args: args}
		if column, ok := args["Column"].(string); ok {
			r.Column = column
		}
		p.plan.Refused = append(p.plan.Refused, r)
	}
	return nil
}

func (p *planner) skip(w sheet.Where, key string, args map[string]any) {
	p.plan.SkippedCount++
	if len(p.plan.Skipped) < MaxListed {
		all := map[string]any{"Row": w.Row, "Column": w.Column}
		for k, v := range args {
			all[k] = v
		}
		p.plan.Skipped = append(p.plan.Skipped, Skip{Row: w.Row, Column: w.Column, Key: "import.skip." + key, Args: all})
	}
}

// sum adds a record to the figures for control.
func (p *planner) sum(measure string, period thn.Period, group string, c thn.Count) {
	label := period.String()
	if period.Shape() == thn.ShapeYear || period.From.Year() == period.Last().Year() {
		label = period.From.String()[:4]
	}
	for i := range p.plan.Sums {
		s := &p.plan.Sums[i]
		if s.Measure == measure && s.Period == label && s.Group == group {
			s.Count, s.Rows = s.Count.Plus(c), s.Rows+1
			return
		}
	}
	p.plan.Sums = append(p.plan.Sums, Sum{Measure: measure, Period: label, Group: group, Count: c, Rows: 1})
}

func (p *planner) sortSums() {
	slices.SortStableFunc(p.plan.Sums, func(a, b Sum) int {
		switch {
		case a.Measure != b.Measure:
			return compare(a.Measure, b.Measure)
		case a.Group != b.Group:
			return compare(a.Group, b.Group)
		}
		return compare(a.Period, b.Period)
	})
}

func compare(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
