package store_test

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"thntracker/internal/store"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

// entry is a row of the ledger of stock, with the hour in which it came.
type entry struct {
	keys map[thn.StockGroup]string
	day  thn.Date
	hour string
	kits int64
}

// entries reads the ledger of stock as it is.
func (p *place) entries(t *rapid.T) (list []entry) {
	columns := []string{"COALESCE(e.site_id, '')", "COALESCE(e.bag_id, '')", "e.product_id", "COALESCE(e.batch_id, '')", "e.kind", "CAST(e.month AS TEXT)", "CAST(e.day AS TEXT)",
		"r.received_hour", "CAST(e.kits AS TEXT)"}
	rows, err := p.Texts(context.Background(), "SELECT "+strings.Join(columns, " || '|' || ")+
		" FROM stock_entries e JOIN records r ON r.programme_id = e.programme_id AND r.id = e.record_id WHERE e.programme_id = ?", p.programme.ID)
	if err != nil {
		t.Fatalf("read entries: %v", err)
	}
	for _, row := range rows {
		v := strings.Split(row, "|")
		e := entry{keys: map[thn.StockGroup]string{}, day: parsed(t, v[6]), hour: v[7]}
		for i, g := range thn.StockGroups {
			e.keys[g] = v[i]
		}
		if e.kits, err = strconv.ParseInt(v[8], 10, 64); err != nil {
			t.Fatal(err)
		}
		list = append(list, e)
	}
	return list
}

func parsed(t *rapid.T, text string) thn.Date {
	d, err := thn.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// added answers a query from the ledger as it stood at the end of an hour.
func added(entries []entry, q thn.StockQuery, hour string) (cells []thn.StockCell) {
	sums := map[string]int{}
	if len(q.Groups) == 0 {
		cells, sums[""] = []thn.StockCell{{Keys: map[thn.StockGroup]string{}}}, 0
	}
	for _, e := range entries {
		if e.hour > hour || !q.From.IsZero() && e.day.Before(q.From) || !q.To.IsZero() && !e.day.Before(q.To) || !held(q, e) {
			continue
		}
		key, keys := "", map[thn.StockGroup]string{}
		for _, g := range q.Groups {
			keys[g] = e.keys[g]
			key += keys[g] + "\x00"
		}
		i, known := sums[key]
		if !known {
			i = len(cells)
			cells, sums[key] = append(cells, thn.StockCell{Keys: keys}), i
		}
		cells[i].Kits += e.kits
	}
	slices.SortFunc(cells, func(x, y thn.StockCell) int {
		for _, g := range q.Groups {
			if n := cmp.Compare(x.Keys[g], y.Keys[g]); n != 0 {
				return n
			}
		}
		return 0
	})
	return cells
}

// held tells whether an entry is of what a query filters by.
func held(q thn.StockQuery, e entry) bool {
	site, bag := thn.ID(e.keys[thn.StockBySite]), thn.ID(e.keys[thn.StockByBag])
	holder := listed(q.Sites, site)
	if q.Bags != nil {
		holder = slices.Contains(q.Sites, site) || slices.Contains(q.Bags, bag)
	}
	return holder && listed(q.Products, thn.ID(e.keys[thn.StockByProduct])) && listed(q.Batches, thn.ID(e.keys[thn.StockByBatch])) &&
		listed(q.Kinds, thn.EntryKind(e.keys[thn.StockByKind]))
}

func (y *yard) anyStockQuery(t *rapid.T) thn.StockQuery {
	q := thn.StockQuery{Programme: y.programme.ID,
		Groups:   rapid.SliceOfNDistinct(rapid.SampledFrom(thn.StockGroups), 0, 5, func(g thn.StockGroup) thn.StockGroup { return g }).Draw(t, "groups"),
		Products: filter(t, "products", []thn.ID{y.spray.ID, y.needle.ID}), Batches: filter(t, "batches", []thn.ID{y.lot.ID}),
		Kinds: filter(t, "kinds", []thn.EntryKind{thn.EntryGiven, "opening", "received"})}
	switch sites, bags := []thn.ID{y.harbour.ID, y.mill.ID}, []thn.ID{y.bags[0].ID, y.bags[1].ID}; rapid.IntRange(0, 5).Draw(t, "holders") {
	case 0:
		q.Sites = rapid.SliceOfNDistinct(rapid.SampledFrom(sites), 0, 2, func(id thn.ID) thn.ID { return id }).Draw(t, "sites")
	case 1:
		q.Bags = rapid.SliceOfNDistinct(rapid.SampledFrom(bags), 0, 2, func(id thn.ID) thn.ID { return id }).Draw(t, "bags")
	case 2:
		q.Sites, q.Bags = sites[:1], bags[1:]
	}
	if rapid.Bool().Draw(t, "from") {
		q.From = rapid.SampledFrom([]thn.Date{firstDay, firstDay.AddMonths(1), firstDay.AddDays(9), firstDay.AddMonths(-2)}).Draw(t, "first")
	}
	if rapid.Bool().Draw(t, "to") {
		q.To = rapid.SampledFrom([]thn.Date{firstDay.AddMonths(1), firstDay.AddMonths(2), firstDay.AddDays(20), firstDay.AddDays(39)}).Draw(t, "end")
	}
	return q
}

// Whatever moves, is corrected, voided, sent late and sent again, whenever somebody
// folds: any question about stock, of any days, as at any hour, is answered as the
// entries of the ledger add up.
func TestStock_isTheLedgerAddedUpAtEveryHour(t *testing.T) {
	t.Parallel()
	storetest.EachURL(t, func(t *testing.T, url string) {
		w := &watch{}
		one := w.open(t, url)
		two := one
		if one.Engine() == store.Postgres { // an SQLite file belongs to one program
			two = w.open(t, url)
		}
		rapid.Check(t, func(rt *rapid.T) {
			w.hours.Store(0)
			y := newYard(t, newPlace(t, one))
			for range rapid.IntRange(1, 15).Draw(rt, "steps") {
				y.stepOrFold(rt, w, two)
			}
			entries := y.entries(rt)
			for range 6 {
				q, from, hour := y.anyStockQuery(rt), two, "9"
				if rapid.Bool().Draw(rt, "earlier") {
					at := w.at(rapid.IntRange(-1, int(w.hours.Load())).Draw(rt, "as at"))
					from, hour = two.At(at), at.UTC().Format("2006-01-02T15")
				}
				got, err := from.Stock(context.Background(), q)
				if err != nil {
					rt.Fatalf("stock: %v", err)
				}
				if want := added(entries, q, hour); fmt.Sprint(got) != fmt.Sprint(want) {
					rt.Fatalf("%+v as at %s:\n sums   %v\n ledger %v", q, hour, got, want)
				}
			}
			y.agree(rt)
		})
	})
}

func (y *yard) stepOrFold(t *rapid.T, w *watch, other *store.Store) {
	var err error
	switch rapid.SampledFrom([]string{"step", "step", "step", "fold", "hour", "anew"}).Draw(t, "do") {
	case "step":
		y.step(t)
	case "fold":
		_, err = other.Fold(context.Background(), y.programme.ID, rapid.IntRange(1, 9).Draw(t, "most"))
	case "hour":
		w.hours.Add(1)
	case "anew":
		err = other.Rebuild(context.Background(), y.programme.ID)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// The night's recount finds a sum of stock that somebody changed, and Rebuild puts
// it right.
func TestRecount_findsAWrongSumOfStock(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		require.Equal(t, thn.Stored, p.append(t, p.sub(p.given(3))))
		_, err := p.Fold(t.Context(), p.programme.ID, 10)
		require.NoError(t, err)
		for _, c := range []struct{ table, of string }{{"stock_days", "stock by day"}, {"stock_months", "stock by month"}} {
			require.NoError(t, p.Raw(t.Context(), "UPDATE "+c.table+" SET kits = kits + 1"))
			wrong, err := p.Recount(t.Context(), p.programme.ID, thn.DateOf(storetest.Noon, time.UTC))
			require.NoError(t, err)
			require.Equal(t, []thn.WrongSums{{Cube: c.of, Month: 202603, Sums: 1}}, wrong)
			require.NoError(t, p.Rebuild(t.Context(), p.programme.ID))
			p.agree(t)
		}
	})
}
