package store_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"thntracker/internal/report"
	"thntracker/internal/store"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

// everything reads all that reports read, as one text.
func (p *place) everything(t interface{ Fatalf(string, ...any) }, from report.Source) string {
	ctx, id, text := context.Background(), p.programme.ID, ""
	note := func(what string, list any, err error) {
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		text += fmt.Sprintf("%s %+v\n", what, list)
	}
	tally, err := from.Tally(ctx, thn.Query{Programme: id, Period: always, Groups: thn.Groups})
	note("tally", tally, err)
	for _, told := range []bool{true, false} {
		for _, groups := range [][]thn.Group{nil, {thn.ByMonth, thn.ByArea}, {thn.ByOutcome, thn.ByGiver, thn.ByGiven}} {
			uses, err := from.UseTally(ctx, thn.UseQuery{Programme: id, Period: always, Told: told, Groups: groups})
			note("uses", uses, err)
		}
	}
	totals, err := from.Totals(ctx, id)
	note("totals", totals, err)
	denominators, err := from.Denominators(ctx, id)
	note("denominators", denominators, err)
	trainings, err := from.Trainings(ctx, thn.TrainingQuery{Programme: id, Period: always, Groups: []thn.TrainingGroup{thn.TrainingByMonth, thn.TrainingByAudience}})
	note("trainings", trainings, err)
	reported, err := from.Reported(ctx, id, thn.Period{From: thn.MustDate(2026, 1, 15), To: thn.MustDate(2026, 5, 2)})
	note("reported", reported, err)
	for _, kind := range []thn.RecordKind{thn.KindRelease, thn.KindCarriage, thn.KindLeaveBehind} {
		facts, err := from.Facts(ctx, thn.FactQuery{Programme: id, Kind: kind})
		note(string(kind), facts, err)
	}
	for _, groups := range [][]thn.StockGroup{{thn.StockBySite, thn.StockByBag, thn.StockByProduct, thn.StockByBatch, thn.StockByKind}, {thn.StockByDay}} {
		stock, err := from.Stock(ctx, thn.StockQuery{Programme: id, Groups: groups})
		note("stock", slices.DeleteFunc(stock, func(c thn.StockCell) bool { return c.Kits == 0 }), err) // entries taken back leave a zero
	}
	return text
}

// past is a yard whose totals, denominators and facts of all kinds change.
type past struct {
	*yard
	totals, denominators []thn.ID // that count
	facts                []thn.Fact
}

// change does one thing of any kind: adds, corrects or takes out.
func (p *past) change(t *rapid.T) {
	what := rapid.SampledFrom([]string{"total", "denominator", "use", "session", "release", "carriage", "leave behind", "nil", "ledger"}).Draw(t, "what")
	day := firstDay.AddDays(rapid.IntRange(0, 110).Draw(t, "on"))
	n := rapid.IntRange(1, 40).Draw(t, "n")
	switch what {
	case "total":
		corrects, void := drop(t, &p.totals)
		x := thn.PeriodTotal{ID: thn.NewID(), Corrects: corrects, Void: void, Measure: thn.MeasureKits, Area: p.north.ID, Site: p.harbour.ID, Count: thn.ExactKits(int64(n)),
			Published: "n", Period: thn.Month(2026, day.Month()), Source: "S"}
		p.ok(t, p.AddTotals(context.Background(), p.programme.ID, p.by, x))
		keep(&p.totals, x.ID, void)
	case "denominator":
		corrects, void := drop(t, &p.denominators)
		x := thn.Denominator{ID: thn.NewID(), Corrects: corrects, Void: void, Kind: thn.AtRisk, Area: p.north.ID, Period: thn.YearFrom(2026, 1), Value: int64(n), Low: int64(n), High: int64(n), Definition: "D", Source: "S"}
		p.ok(t, p.AddDenominators(context.Background(), p.programme.ID, p.by, x))
		keep(&p.denominators, x.ID, void)
	case "ledger":
		p.step(t)
	default:
		p.record(t, p.factOf(t, what, day, n))
	}
}

func (p *past) factOf(t *rapid.T, what string, day thn.Date, n int) thn.Fact {
	switch what {
	case "use":
		return p.used(n, func(u *thn.Use) {
			u.Event, u.Reported = day, day
			if len(p.facts) > 0 && rapid.Bool().Draw(t, "twin") {
				u.TwinOf = rapid.SampledFrom(p.facts).Draw(t, "of").RecordID()
			}
		})
	case "session":
		return p.taught(day)
	case "release":
		return thn.Release{ID: thn.NewID(), Site: p.mill.ID, Area: p.south.ID, Month: day.FirstOfMonth(), Definition: thn.RiskDefinitions[0], Total: 90, Unplanned: thn.NotRecorded, Reached: map[thn.Step]int{thn.StepAtRisk: n}}
	case "carriage":
		return thn.Carriage{ID: thn.NewID(), Day: day, Site: p.mill.ID, Area: p.south.ID, Carrier: thn.NewID(), Status: thn.CarriageStatuses[0], Product: p.spray.ID}
	case "leave behind":
		return thn.LeaveBehind{ID: thn.NewID(), Site: p.mill.ID, Area: p.south.ID, Month: day.FirstOfMonth(), Eligible: n, Declined: n}
	}
	return thn.NilReturn{ID: thn.NewID(), Site: p.mill.ID, Area: p.south.ID, Month: day.FirstOfMonth(), About: thn.KindUse}
}

// record sends a fact, in place of one of before where that is of its kind, or
// takes one of before out.
func (p *past) record(t *rapid.T, f thn.Fact) {
	sub := p.fact(f)
	i := slices.IndexFunc(p.facts, func(old thn.Fact) bool { return old.RecordKind() == f.RecordKind() })
	if i >= 0 && rapid.Bool().Draw(t, "replace") {
		sub.Corrects, sub.Why, sub.Void = p.facts[i].RecordID(), thn.WhyMistake, rapid.Bool().Draw(t, "void")
		if sub.Void {
			blank, err := thn.Blank(f.RecordKind(), f.RecordID())
			p.ok(t, err)
			sub.Record = blank
		}
	}
	outcomes, err := p.Append(context.Background(), []thn.Submission{sub})
	p.ok(t, err)
	if outcomes[0] != thn.Stored { // the month is taken
		return
	}
	if sub.Corrects != "" {
		p.facts = slices.Delete(p.facts, i, i+1)
	}
	if !sub.Void {
		p.facts = append(p.facts, f)
	}
}

func (p *past) ok(t *rapid.T, err error) {
	if err != nil {
		t.Fatal(err)
	}
}

// drop draws whether to replace one of the list or to take it out, and removes it.
func drop(t *rapid.T, list *[]thn.ID) (id thn.ID, void bool) {
	if len(*list) == 0 || rapid.Bool().Draw(t, "new") {
		return "", false
	}
	i := rapid.IntRange(0, len(*list)-1).Draw(t, "old")
	id = (*list)[i]
	*list = slices.Delete(*list, i, i+1)
	return id, rapid.Bool().Draw(t, "void")
}

func keep(list *[]thn.ID, id thn.ID, void bool) {
	if !void {
		*list = append(*list, id)
	}
}

// What every report reads at the end of an hour is what it reads ever after when
// it is asked as at that hour, whatever was recorded, corrected or taken out since.
func TestAt_isWhatWasReadThen(t *testing.T) {
	t.Parallel()
	storetest.EachURL(t, func(t *testing.T, url string) {
		w := &watch{}
		s := w.open(t, url)
		rapid.Check(t, func(rt *rapid.T) {
			w.hours.Store(0)
			p := &past{yard: newYard(t, newPlace(t, s))}
			var seen []string
			for range rapid.IntRange(1, 4).Draw(rt, "hours") {
				for range rapid.IntRange(0, 8).Draw(rt, "changes") {
					p.change(rt)
				}
				seen = append(seen, p.everything(rt, s))
				w.hours.Add(1)
				if rapid.Bool().Draw(rt, "fold") {
					_, err := s.Fold(context.Background(), p.programme.ID, 5)
					p.ok(rt, err)
				}
			}
			for hour, want := range seen {
				if got := p.everything(rt, s.At(w.at(hour))); got != want {
					rt.Fatalf("as at hour %d:\n%s\nread then:\n%s", hour, got, want)
				}
			}
			if now := p.everything(rt, s.At(time.Time{})); now != seen[len(seen)-1] {
				rt.Fatalf("the zero instant is now")
			}
		})
	})
}

// A store as at an hour reads; the clock of what it writes is the present.
func TestAt_leavesTheStoreAlone(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		p.append(t, p.sub(p.given(3)))
		before := p.At(storetest.Noon.Add(-time.Hour))
		cells, err := before.Tally(t.Context(), thn.Query{Programme: p.programme.ID, Period: always})
		require.NoError(t, err)
		require.Zero(t, cells[0].Kits)
		require.Equal(t, int64(3), p.kits(t))
		areas, err := before.Areas(t.Context(), p.programme.ID)
		require.NoError(t, err)
		require.Len(t, areas, 3, "what is set up has no history")
	})
}

var _ report.Source = (*store.Store)(nil)

// What is read at once is of one moment, however much is recorded between two
// questions, and the store itself goes on.
func TestAtOnce_isOneMoment(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		p.append(t, p.sub(p.given(3)))
		ask := func(from report.Source) int64 {
			cells, err := from.Tally(t.Context(), thn.Query{Programme: p.programme.ID, Period: always})
			require.NoError(t, err)
			return cells[0].Kits
		}
		require.NoError(t, p.AtOnce(t.Context(), func(moment *store.Store) error {
			require.Equal(t, int64(3), ask(moment))
			p.append(t, p.sub(p.given(4)))
			require.Equal(t, int64(3), ask(moment))
			require.Equal(t, int64(7), ask(p.Store))
			require.Equal(t, int64(3), ask(moment.At(storetest.Noon)))
			return nil
		}))
		require.Equal(t, int64(7), ask(p.Store))
	})
}
