package release

import (
	"slices"
	"strings"

	"thntracker/internal/disclosure"
	"thntracker/internal/report"
	"thntracker/internal/thn"
)

// weave is all counts of a draft as one set, each under a name that says what it
// counts, so that a count that stands in several tables is one. Without it a count
// hidden in one table could be read in another, or found by subtracting two.
//
// The cuts are pairs of dimensions that hang together like the branches of a tree:
// area and time, time and channel, channel and supply, channel and recipient. Such
// margins always fit some whole table of counts that are not negative, so that the
// inner cells, which nobody publishes, tell a reader nothing more.
type weave struct {
	set   disclosure.Set
	cells map[string]int    // place in the set by key
	spots map[string][]spot // where a count stands
	sums  map[string]bool   // sums that are in the set already
	rests map[string]bool   // counts that are what a whole holds beyond a part

	smallest int64 // the smallest count that is shown
	several  bool  // the counts are of several programmes
}

// spot is a place in a draft: of a cube or of another table, by index.
type spot struct {
	cube, other int // -1: none
	row, column int
}

func newWeave(d *report.Draft, smallest int64) *weave {
	w := &weave{cells: map[string]int{}, spots: map[string][]spot{}, sums: map[string]bool{}, rests: map[string]bool{}, smallest: smallest}
	for i, c := range d.Kits {
		w.addCube(i, c)
	}
	for i, t := range d.Tables {
		w.addOther(i, t)
	}
	w.addRests(d.Head.Period)
	// The total of all kits stays: a release that cannot say it says nothing.
	if i, known := w.cells[cubeKey(d.Head.Period)]; known && w.set.Cells[i].Value >= smallest {
		w.set.Cells[i].Kept = true
	}
	return w
}

// addRests weaves in what no table prints and a reader gets by subtracting two
// counts that are printed: what peers gave outside their own channel; and the people
// reached before the period, which is what the release of the period before it says.
func (w *weave) addRests(period thn.Period) {
	w.rest(cubeKey(period, "supplier=peer"), cubeKey(period, "channel="+string(thn.ChannelPeer)), "kits by peers elsewhere|"+during(period))
	w.rest(reachedBy(period.To), "people|first|"+during(period), reachedBy(period.From))
}

// rest names what a count holds beyond a part of it. It is hidden when it is small,
// and the audit sees to it that it cannot be had by subtraction.
func (w *weave) rest(whole, part, name string) {
	i, known := w.cells[whole]
	j, also := w.cells[part]
	if !known || !also || w.set.Cells[i].Value < w.set.Cells[j].Value {
		return
	}
	w.add(disclosure.Cell{Key: name, Value: w.set.Cells[i].Value - w.set.Cells[j].Value, Withheld: true})
	w.set.Sums = append(w.set.Sums, disclosure.Sum{Whole: whole, Parts: []string{part, name}})
	w.rests[name] = true
}

// reachedBy names the people ever reached before a day, the same in every release.
func reachedBy(day thn.Date) string { return "people|ever|before=" + day.String() }

// addCube weaves a cut of kits in: its cells by their coordinates, the sum of
// every row and of every column.
func (w *weave) addCube(i int, c report.Cube) {
	t := c.Table
	by, across := t.RowHead.Code, strings.TrimPrefix(t.Name, "kits-by-"+t.RowHead.Code+"-")
	keys := make([][]string, len(t.Rows))
	for r, row := range t.Rows {
		for n, x := range row.Cells {
			key := cubeKey(t.Head.Period, coordinate(by, row.Label, row.Kind), coordinate(across, t.Columns[n].Label, kindOf(t.Columns[n])))
			keys[r] = append(keys[r], key)
			if x.Known() {
				w.count(key, x, c.Answers[r][n], spot{i, -1, r, n})
			}
		}
	}
	last := len(t.Rows) - 1
	for r := range t.Rows {
		w.sum(keys[r][len(keys[r])-1], keys[r][:len(keys[r])-1])
	}
	for n := range t.Columns {
		var parts []string
		for r := range t.Rows[:last] {
			parts = append(parts, keys[r][n])
		}
		w.sum(keys[last][n], parts)
	}
}

func kindOf(c report.Column) report.RowKind {
	switch {
	case c.Sum:
		return report.RowTotal
	case c.Label.Code == "not_stated":
		return report.RowRest
	}
	return report.RowPlain
}

// coordinate is a part of a key: what a row or column narrows the count to. A
// stretch of time is named by its days, so that a quarter and the same three
// months asked for in another way are one.
func coordinate(dimension string, l report.Label, kind report.RowKind) string {
	switch {
	case kind == report.RowTotal:
		return ""
	case kind == report.RowRest:
		if slices.Contains(stretches, report.By(dimension)) {
			return "time=~"
		}
		return dimension + "=~"
	case !l.Period.From.IsZero():
		return during(l.Period)
	}
	return dimension + "=" + l.Code
}

func during(p thn.Period) string { return "time=" + p.From.String() + "/" + p.To.String() }

// stretches are the dimensions that cut the same time.
var stretches = []report.By{report.ByMonth, report.ByQuarter, report.ByYear, report.ByFiscal}

// cubeKey names a count of kits. The days are always in it, so that the same count
// in two releases has one name.
func cubeKey(whole thn.Period, parts ...string) string {
	if !slices.ContainsFunc(parts, func(p string) bool { return strings.HasPrefix(p, "time=") && p != "time=~" }) {
		parts = append(parts, during(whole))
	}
	parts = slices.DeleteFunc(parts, func(p string) bool { return p == "" })
	slices.Sort(parts)
	return "kits|" + strings.Join(parts, "|")
}

// count puts a count into the set, or one more place of it. Of what is known
// between bounds the lower one stands for it. A rest below zero, of a source that
// restated the whole and not its parts, is nobody: it is shown as it is.
func (w *weave) count(key string, x report.Cell, behind int64, at spot) {
	value := int64(x.Count().Low+1) / 2 // half a kit is a kit that somebody has
	if value < 0 {
		return
	}
	w.spots[key] = append(w.spots[key], at)
	if _, known := w.cells[key]; known {
		return
	}
	w.add(disclosure.Cell{Key: key, Value: value})
	if behind > 0 {
		// How many people answered is printed nowhere, and hides the kits when it is small.
		w.add(disclosure.Cell{Key: "behind|" + key, Value: behind, With: w.few(behind, key), Withheld: true})
	}
}

// few pairs a count with the kits it stands behind when it is too small to be told.
func (w *weave) few(behind int64, key string) []string {
	if behind >= w.smallest {
		return nil
	}
	return []string{key}
}

func (w *weave) add(c disclosure.Cell) {
	w.cells[c.Key] = len(w.set.Cells)
	w.set.Cells = append(w.set.Cells, c)
}

// comePrefix begins the name of what the parts of a sum come to.
const comePrefix = "come|"

// sum says that a count is the sum of others. Where they do not come to it,
// because a source restated the whole or gave bounds, what they come to is a count
// of its own that everybody knows.
func (w *weave) sum(whole string, parts []string) {
	i, known := w.cells[whole]
	if !known {
		return
	}
	var come int64
	kept := parts[:0:0]
	for _, p := range parts {
		if j, known := w.cells[p]; known && p != whole {
			come += w.set.Cells[j].Value
			kept = append(kept, p)
		}
	}
	name := whole + " = " + strings.Join(kept, " + ")
	if len(kept) == 0 || w.sums[name] {
		return
	}
	w.sums[name] = true
	if come != w.set.Cells[i].Value {
		whole = comePrefix + name
		w.add(disclosure.Cell{Key: whole, Value: come, Kept: come == 0 || come >= w.smallest})
	}
	w.set.Sums = append(w.set.Sums, disclosure.Sum{Whole: whole, Parts: kept})
}
