package report

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"thntracker/internal/thn"
)

// world is a small place in which everything that happened is known, so that a
// figure made of published totals and some records can be held against it.
type world struct {
	space space
	areas []thn.ID // the root, two regions, two towns in each
	atoms []*fact  // every kit given out, by town, month, channel and supply
}

const worldMonths = 4

var (
	worldPeriod   = thn.Period{From: thn.MustDate(2020, 1, 1), To: thn.MustDate(2020, 5, 1)}
	worldChannels = []thn.Channel{thn.ChannelCommunity, thn.ChannelPrison, thn.ChannelPharmacy}
	worldSupplies = []thn.Supply{thn.SupplyFirst, thn.SupplyRepeat}
)

func drawWorld(t *rapid.T) world {
	list := []thn.Area{{ID: "root", Name: "Root"}}
	for _, r := range []string{"a", "b"} {
		list = append(list, thn.Area{ID: thn.ID(r), Parent: "root", Name: r})
		for _, n := range []string{"1", "2"} {
			list = append(list, thn.Area{ID: thn.ID(r + n), Parent: thn.ID(r), Name: r + n})
		}
	}
	w := world{space: newSpace(newTree(list), nil, nil, nil)}
	for _, a := range list {
		w.areas = append(w.areas, a.ID)
		if len(a.ID) != 2 {
			continue // only towns have records of their own
		}
		for m := range worldMonths {
			for _, c := range worldChannels {
				for _, s := range worldSupplies {
					w.addAtom(t, a.ID, m, c, s)
				}
			}
		}
	}
	return w
}

func (w *world) addAtom(t *rapid.T, area thn.ID, month int, c thn.Channel, s thn.Supply) {
	n := rapid.IntRange(0, 5).Draw(t, "kits")
	reason := ""
	if s == thn.SupplyRepeat {
		reason = "lost"
	}
	cell := thn.Cell{Kits: int64(n), Keys: map[thn.Group]string{thn.ByMonth: fmt.Sprint(202001 + month), thn.ByArea: string(area),
		thn.ByChannel: string(c), thn.BySupply: string(s), thn.ByReason: reason}}
	w.atoms = append(w.atoms, &fact{box: w.space.ofCell(cell, worldPeriod), count: thn.ExactKits(cell.Kits)})
}

// truth is what really happened in a box.
func (w world) truth(b box) (n thn.Halves) {
	for _, a := range w.atoms {
		if b.holds(a.box) {
			n += a.count.Low
		}
	}
	return n
}

// drawBox draws the box of a total as sources publish them.
func (w world) drawTotal(t *rapid.T, i int) *fact {
	from := rapid.IntRange(0, worldMonths-1).Draw(t, "from")
	to := rapid.IntRange(from+1, worldMonths).Draw(t, "to")
	total := thn.PeriodTotal{ID: thn.ID(fmt.Sprint(i)), Measure: thn.MeasureKits, Area: rapid.SampledFrom(w.areas).Draw(t, "area"),
		Period: thn.Period{From: worldPeriod.From.AddMonths(from), To: worldPeriod.From.AddMonths(to)}}
	if n := rapid.IntRange(0, 2).Draw(t, "channels"); n > 0 {
		total.Channels = rapid.Permutation(worldChannels).Draw(t, "which")[:n]
	}
	if rapid.Bool().Draw(t, "split") {
		total.Supply = rapid.SampledFrom(worldSupplies).Draw(t, "supply")
	}
	return w.published(total)
}

func (w world) published(total thn.PeriodTotal) *fact {
	f := &fact{box: w.space.ofTotal(total, false), total: &total}
	f.count = thn.Count{Low: w.truth(f.box), High: w.truth(f.box)}
	return f
}

// drawFacts draws truthful totals and records of a part of what happened.
func (w world) drawFacts(t *rapid.T) (totals, events []*fact) {
	for i := range rapid.IntRange(0, 12).Draw(t, "totals") {
		f := w.drawTotal(t, i)
		totals = append(without(totals, f.box), f)
	}
	for _, a := range w.atoms {
		n := rapid.Int64Range(0, int64(a.count.Low/2)).Draw(t, "recorded")
		if n > 0 {
			events = append(events, &fact{box: a.box, count: thn.ExactKits(n)})
		}
	}
	return totals, events
}

func TestPool_neverCountsTwice(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		totals, events := w.drawFacts(t)
		q := w.drawTotal(t, 99).box
		got := newPool[Kit](totals, events).in(q).count()
		require.True(t, got.Exact())
		require.LessOrEqual(t, got.Low, w.truth(q), "more kits than were given out")
	})
}

func TestPool_orderDoesNotMatter(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		totals, events := w.drawFacts(t)
		q := w.drawTotal(t, 99).box
		first := newPool[Kit](totals, events).in(q).count()
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		r.Shuffle(len(totals), func(i, j int) { totals[i], totals[j] = totals[j], totals[i] })
		r.Shuffle(len(events), func(i, j int) { events[i], events[j] = events[j], events[i] })
		require.Equal(t, first, newPool[Kit](totals, events).in(q).count())
	})
}

func TestPool_wholeStandsWhateverItsPartsSay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		totals, events := w.drawFacts(t)
		whole := w.drawTotal(t, 99)
		whole.count = thn.ExactKits(rapid.Int64Range(0, 400).Draw(t, "restated"))
		require.Equal(t, whole.count, newPool[Kit](append(without(totals, whole.box), whole), events).in(whole.box).count().Count)
	})
}

func TestPool_partsInsideATotalAddNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		totals, events := w.drawFacts(t)
		whole := w.drawTotal(t, 98)
		part := w.drawPart(t, whole)
		totals = slices.DeleteFunc(totals, func(f *fact) bool { return clashes(whole, []*fact{f}) && !f.box.holds(whole.box) })
		totals = append(without(totals, part.box), whole)
		q := w.space.everything(worldPeriod)
		require.Equal(t, newPool[Kit](totals, events).in(q).count(), newPool[Kit](append(totals, part), events).in(q).count(), "%v in %v", part.total, whole.total)
	})
}

// without takes out the total of a box, because no two share one.
func without(totals []*fact, b box) []*fact {
	return slices.DeleteFunc(totals, func(f *fact) bool { return f.box == b })
}

// drawPart draws a total inside another, with a count that may be anything.
func (w world) drawPart(t *rapid.T, whole *fact) *fact {
	part := *whole.total
	part.ID = "part"
	run := w.space.tree.run(part.Area)
	part.Area = w.space.tree.areas[rapid.IntRange(run.from, run.to-1).Draw(t, "below")].ID
	part.Period.To = part.Period.From.AddMonths(1)
	if len(part.Channels) != 1 {
		part.Channels = worldChannels[:1]
		if whole.total.Channels != nil {
			part.Channels = whole.total.Channels[:1]
		}
	}
	f := w.published(part)
	f.count = thn.ExactKits(rapid.Int64Range(0, 400).Draw(t, "said"))
	return f
}

func TestPool_tilesReachTheWhole(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		var tiles []*fact
		for i, c := range worldChannels {
			for m := range worldMonths {
				tiles = append(tiles, w.published(thn.PeriodTotal{ID: thn.ID(fmt.Sprint(i, m)), Area: "root", Channels: []thn.Channel{c},
					Period: thn.Month(2020, worldPeriod.From.AddMonths(m).Month())}))
			}
		}
		totals, events := w.drawFacts(t)
		for _, tile := range tiles {
			totals = append(without(totals, tile.box), tile)
		}
		q := w.space.everything(worldPeriod)
		require.Equal(t, w.truth(q), newPool[Kit](totals, events).in(q).count().Low)
	})
}

func TestGrid_partsAndRestAreTheWhole(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		totals, events := w.drawFacts(t)
		b := &book{spec: Spec{Period: worldPeriod}, space: w.space, tree: w.space.tree}
		by := rapid.SampledFrom([]By{ByMonth, ByArea, BySupply, ByQuarter}).Draw(t, "by")
		g := newPool[Kit](totals, events).grid(b.everything(), b.parts(by), b.parts(ByChannel))
		var table Table
		g.draw(&table, Label{Code: "not_divided"})
		last := len(table.Rows) - 1
		for c := range table.Columns {
			if table.Columns[c].Label.Code != notStated.Code { // its parts are differences themselves
				requireSums(t, column(table, c)[:last], table.Rows[last].Cells[c])
			}
		}
		for _, r := range table.Rows {
			if len(r.Marks) > 0 && r.Marks[0].Code == "crossing" {
				continue // its corner is no number
			}
			requireSums(t, r.Cells[:len(r.Cells)-1], r.Cells[len(r.Cells)-1])
		}
		require.False(t, slices.ContainsFunc(table.Rows, func(r Row) bool { return len(r.Marks) > 0 && r.Marks[0].Code == "negative" }),
			"truthful totals leave no negative rest: %v", table.Rows)
	})
}

func column(t Table, c int) (cells []Cell) {
	for _, r := range t.Rows {
		cells = append(cells, r.Cells[c])
	}
	return cells
}

func requireSums(t *rapid.T, parts []Cell, whole Cell) {
	var n thn.Count
	for _, p := range parts {
		n = n.Plus(p.Count())
	}
	require.Equal(t, whole.Count(), n)
}
