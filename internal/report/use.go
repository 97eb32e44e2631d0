package report

import (
	"context"
	"slices"

	"thntracker/internal/thn"
)

// The dimensions that only uses have.
const (
	ByGiver    By = "giver"
	ByReporter By = "reporter"
	ByPlace    By = "place"
	ByRelation By = "relation"
	ByTold     By = "told" // the month of the report, not of the event
)

var (
	useSplits = append([]By{ByArea, BySite, ByGiver, ByReporter, ByPlace, ByRelation, ByTold}, overTime...)
	who       = Citation{Source: "World Health Organization, Community management of opioid overdose, 2014",
		URL: "https://www.who.int/publications/i/item/9789241548816"}
)

// useLine is a row of uses to be: its label, the cells in it, and the box that
// kits of the same days and place lie in.
type useLine struct {
	row   Row
	cells []thn.UseCell
	box   box
	kits  bool // kits can be divided like this
}

// count sums one level over the cells that fit.
func (l useLine) count(level func(thn.UseCell) int64, fits func(keys map[thn.Group]string) bool) int64 {
	n := int64(0)
	for _, c := range l.cells {
		if fits == nil || fits(c.Keys) {
			n += level(c)
		}
	}
	return n
}

func withNaloxone(c thn.UseCell) int64 { return c.Given }
func personsIn(c thn.UseCell) int64    { return c.Persons }
func key(g thn.Group, codes ...string) func(map[thn.Group]string) bool {
	return func(keys map[thn.Group]string) bool { return slices.Contains(codes, keys[g]) }
}

// useTally counts the uses in view, split by the groups.
func (b *book) useTally(ctx context.Context, groups ...thn.Group) ([]thn.UseCell, error) {
	return b.source.UseTally(ctx, thn.UseQuery{Programme: b.spec.Programme.ID, Period: b.spec.Period, Told: b.spec.By == ByTold,
		Areas: b.spec.Areas, Sites: b.sitesOfChannels(), Givers: b.givers, Groups: groups})
}

// useLines counts uses for each row of the split, for what no row holds, and for
// all; each line's cells are split by the further groups.
func (b *book) useLines(ctx context.Context, further ...thn.Group) ([]useLine, error) {
	var lines []useLine
	if b.spec.By != ByNone {
		split, err := b.splitUses(ctx, further)
		if err != nil {
			return nil, err
		}
		lines = split
	}
	cells, err := b.useTally(ctx, further...)
	return append(lines, useLine{row: Row{Label: totalRow, Kind: RowTotal}, cells: cells, box: b.everything(), kits: true}), err
}

func (b *book) splitUses(ctx context.Context, further []thn.Group) ([]useLine, error) {
	by := b.spec.By
	cells, err := b.useTally(ctx, append([]thn.Group{useGroupOf[by]}, further...)...)
	if err != nil {
		return nil, err
	}
	if list := useCodes[by]; list != nil {
		return codeLines(by, list, cells), nil
	}
	shape := by
	if by == ByTold {
		shape = ByMonth
	}
	var lines []useLine
	left := cells
	for _, p := range b.parts(shape) {
		line := useLine{row: Row{Label: p.label, Marks: p.mark}, box: p.cut(b.everything()), kits: by != ByTold}
		left = slices.DeleteFunc(slices.Clone(left), func(c thn.UseCell) bool {
			within := line.box.holds(b.boxOf(c))
			if within {
				line.cells = append(line.cells, c)
			}
			return within
		})
		lines = append(lines, line)
	}
	if len(left) > 0 && len(lines) > 0 {
		lines = append(lines, useLine{row: Row{Label: Label{Code: "not_divided", Key: "report.row.not_divided." + string(by)}, Kind: RowRest}, cells: left})
	}
	return lines, nil
}

// boxOf is where the uses of a cell lie. Months of the report stand for days.
func (b *book) boxOf(c thn.UseCell) box {
	keys := map[thn.Group]string{}
	for g, k := range c.Keys {
		switch g {
		case thn.ByToldMonth:
			keys[thn.ByMonth] = k
		case thn.ByMonth, thn.ByArea, thn.BySite:
			keys[g] = k
		}
	}
	return b.space.ofCell(thn.Cell{Keys: keys}, b.spec.Period)
}

// codeLines has a line for each code that occurs.
func codeLines(by By, list []string, cells []thn.UseCell) (lines []useLine) {
	for _, code := range list {
		line := useLine{row: Row{Label: codeLabel(string(by), code)}}
		for _, c := range cells {
			if c.Keys[useGroupOf[by]] == code {
				line.cells = append(line.cells, c)
			}
		}
		if len(line.cells) > 0 {
			lines = append(lines, line)
		}
	}
	return lines
}

var useGroupOf = map[By]thn.Group{ByArea: thn.ByArea, BySite: thn.BySite, ByMonth: thn.ByMonth, ByQuarter: thn.ByMonth, ByYear: thn.ByMonth, ByFiscal: thn.ByMonth,
	ByTold: thn.ByToldMonth, ByGiver: thn.ByGiver, ByReporter: thn.ByReporter, ByPlace: thn.ByPlace, ByRelation: thn.ByRelation}

// useCodes are the closed lists behind a dimension.
var useCodes = map[By][]string{ByGiver: plain(thn.Givers), ByReporter: plain(thn.Reporters), ByPlace: plain(thn.Places), ByRelation: plain(thn.Relations)}

func plain[C ~string](list []C) []string {
	codes := make([]string, len(list))
	for i, c := range list {
		codes[i] = string(c)
	}
	return codes
}

// useTable begins a table of uses, with what is always to be said of them.
func (b *book) useTable(head Label) Table {
	t := b.table()
	t.RowHead = head
	if by := b.spec.By; by != ByNone {
		t.RowHead = Label{Code: string(by), Key: "report.by." + string(by)}
	}
	note := Label{Code: "by_event", Key: "report.note.by_event"}
	if b.spec.By == ByTold {
		note = Label{Code: "by_told", Key: "report.note.by_told"}
	}
	t.Notes = append(t.Notes, note)
	if b.spec.By == ByGiver || b.spec.By == ByRelation {
		t.Notes = append(t.Notes, Label{Code: "use_twice", Key: "report.note.use_twice"})
	}
	return t
}

// ending closes a table of uses: nothing told is said to be that, and what is
// small in a divided table is hidden. The figures of a whole programme are not.
func (b *book) ending(t Table, whole int64) Table {
	if whole == 0 {
		t.Missing = append(t.Missing, Label{Code: "nothing", Key: "report.missing.uses"})
	}
	if b.spec.By == ByNone {
		return t
	}
	return t.maskedInside()
}
