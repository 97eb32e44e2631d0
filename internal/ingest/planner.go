package ingest

import (
	"context"

	"thntracker/internal/sheet"
	"thntracker/internal/thn"
)

// maxRecords bounds what one plan holds in memory, about 300 MB.
const maxRecords = 300_000

// planner makes one plan.
type planner struct {
	*Importer
	book    *sheet.Book
	mapping Mapping
	known   existing
	shape   shape
	layout  *layout
	numbers sheet.NumberStyle
	periods sheet.PeriodStyle
	codes   map[Field]map[string]string
	fold    memo // thn.Fold
	spell   memo // spelling
	form    memo // codeForm
	places  *places
	builder builder
	display map[Field]string // of the record being added
	plan    *Plan
	held    int // records waiting for the end of the file
}

// builder makes records of entries. add refuses an entry with a sentence;
// finish settles what only the whole file can tell.
type builder interface {
	add(e entry) error
	finish(ctx context.Context) error
}

func newPlanner(i *Importer, book *sheet.Book, m Mapping, known existing) *planner {
	s, _ := shapeOf(m.Kind) // checked before
	p := &planner{Importer: i, book: book, mapping: m, known: known, shape: s, codes: foldCodes(m),
		numbers: m.numberStyle(), periods: m.periodStyle(), display: map[Field]string{},
		fold: newMemo(thn.Fold), spell: newMemo(spelling), form: newMemo(codeForm)}
	p.plan = &Plan{Kind: m.Kind, File: book.File, Sheet: book.Sheet, Columns: s.columns, Counts: map[Status]int{StatusNew: 0, StatusChanged: 0, StatusKnown: 0}}
	p.places = newPlaces(p)
	p.builder = s.build(p)
	return p
}

// read goes through the table once.
func (p *planner) read(ctx context.Context, heard func(rows int, share float64)) (err error) {
	if err := p.places.declare(); err != nil {
		return err
	}
	if p.layout, err = fit(p.book, p.mapping); err != nil {
		return err
	}
	if err := p.refuseUnasked(); err != nil {
		return err
	}
	p.plan.HeaderRow = p.layout.row
	for _, column := range p.layout.dropped {
		p.plan.Dropped = append(p.plan.Dropped, p.layout.headers[column])
	}
	for row, err := range p.book.Rows() {
		if err != nil {
			return err
		}
		if row.Number <= p.layout.row {
			continue
		}
		if p.plan.Rows++; p.plan.Rows%1000 == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
			if heard != nil {
				heard(p.plan.Rows, p.book.Share())
			}
		}
		if err := p.row(row); err != nil {
			return err
		}
		if p.held > maxRecords {
			return p.rowAt(row).Refuse("row.records", map[string]any{"Limit": maxRecords})
		}
	}
	return nil
}

// row reads one row; only what makes the whole file unreadable is an error.
func (p *planner) row(row sheet.Row) error {
	rule, ok := p.layout.ruleFor(row, p.fold.get)
	if ok && rule.Skip != "" {
		p.skip(p.rowAt(row), "rule", map[string]any{"Reason": rule.Skip})
		return nil
	}
	for e, err := range p.entries(row, rule.Set) {
		if err == nil {
			clear(p.display)
			err = p.builder.add(e)
		}
		if err != nil {
			if err := p.refuse(e, err); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p *planner) finish(ctx context.Context) error {
	if err := p.builder.finish(ctx); err != nil {
		return err
	}
	p.plan.load.Areas = append(p.places.added, p.plan.load.Areas...)
	p.plan.Places = p.places.uses()
	p.sortSums()
	return nil
}
