package store_test

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"thntracker/internal/store"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

// watch is a clock that a test moves on by whole hours.
type watch struct{ hours atomic.Int64 }

func (w *watch) at(hours int) time.Time {
	return storetest.Noon.Add(time.Duration(hours) * time.Hour)
}

func (w *watch) open(t testing.TB, url string) *store.Store {
	t.Helper()
	s, err := store.Open(context.Background(), url, store.Options{Now: func() time.Time { return w.at(int(w.hours.Load())) }, AuditKey: storetest.Key})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}

// version is what a model knows of a record: when it came and when it was replaced.
type version struct {
	sub            thn.Submission
	received, gone int
}

const never = 1 << 30

// books is a place and a model of its distributions.
type books struct {
	*place
	*watch
	versions map[thn.ID]*version
	order    []thn.ID
	others   []thn.ID // accounts
}

func newBooks(t *testing.T, s *store.Store, w *watch) *books {
	p := newPlace(t, s)
	return &books{place: p, watch: w, versions: map[thn.ID]*version{}, others: []thn.ID{p.by, thn.NewID()}}
}

// batch sends a few records, corrections, voids and replays together.
func (b *books) batch(t *rapid.T) {
	var subs []thn.Submission
	for range rapid.IntRange(1, 6).Draw(t, "records") {
		subs = append(subs, b.draw(t))
	}
	outcomes, err := b.Append(context.Background(), subs)
	if err != nil {
		t.Fatalf("append: %v", err)
	}
	for i, sub := range subs {
		if want := b.take(sub); outcomes[i] != want {
			t.Fatalf("record %d is %s, want %s", i, outcomes[i], want)
		}
	}
}

func (b *books) draw(t *rapid.T) thn.Submission {
	kind := rapid.SampledFrom([]string{"new", "new", "new", "correct", "void", "again"}).Draw(t, "kind")
	if len(b.order) == 0 || kind == "new" {
		sub := b.sub(b.anyDistribution(t))
		sub.By = rapid.SampledFrom(b.others).Draw(t, "by")
		return sub
	}
	old := rapid.SampledFrom(b.order).Draw(t, "old")
	switch kind {
	case "correct":
		return b.correction(old, b.anyDistribution(t))
	case "void":
		return b.void(old)
	}
	return b.versions[old].sub
}

func (b *books) anyDistribution(t *rapid.T) thn.Distribution {
	d := drawDistribution(t, b.place)
	if rapid.Bool().Draw(t, "mill") {
		d.Site, d.Area = b.mill.ID, b.south.ID
	}
	d.Setting = rapid.SampledFrom(thn.Settings[:3]).Draw(t, "setting")
	d.Supplier = rapid.SampledFrom(thn.Suppliers[:3]).Draw(t, "supplier")
	if rapid.Bool().Draw(t, "lot") {
		d.Batch = b.lot.ID
	} else {
		d.Product = rapid.SampledFrom([]thn.ID{b.spray.ID, b.needle.ID}).Draw(t, "product")
	}
	for i := range d.Lines {
		d.Lines[i].Recipient = rapid.SampledFrom(thn.Recipients[:3]).Draw(t, "recipient")
		d.Lines[i].Gender = rapid.SampledFrom(append(thn.Genders[:2:2], "")).Draw(t, "gender")
	}
	return d
}

// take adds a submission to the model and says what should become of it.
func (b *books) take(sub thn.Submission) thn.Outcome {
	id, hour := sub.Record.RecordID(), int(b.hours.Load())
	if b.versions[id] != nil {
		return thn.Duplicate
	}
	if old := b.versions[sub.Corrects]; old != nil {
		if old.gone != never {
			return thn.Held
		}
		old.gone = hour
	}
	b.versions[id] = &version{sub, hour, never}
	b.order = append(b.order, id)
	return thn.Stored
}

// valueOf is what each group reads of a line.
var valueOf = map[thn.Group]func(d thn.Distribution, l thn.Line) string{
	thn.ByMonth:     func(d thn.Distribution, _ thn.Line) string { return fmt.Sprint(d.Day.YearMonth()) },
	thn.ByArea:      func(d thn.Distribution, _ thn.Line) string { return string(d.Area) },
	thn.BySite:      func(d thn.Distribution, _ thn.Line) string { return string(d.Site) },
	thn.BySetting:   func(d thn.Distribution, _ thn.Line) string { return string(d.Setting) },
	thn.ByChannel:   func(d thn.Distribution, _ thn.Line) string { return string(d.Channel) },
	thn.BySupplier:  func(d thn.Distribution, _ thn.Line) string { return string(d.Supplier) },
	thn.ByProduct:   func(d thn.Distribution, _ thn.Line) string { return string(d.Product) },
	thn.ByBatch:     func(d thn.Distribution, _ thn.Line) string { return string(d.Batch) },
	thn.ByRecipient: func(_ thn.Distribution, l thn.Line) string { return string(l.Recipient) },
	thn.BySupply:    func(_ thn.Distribution, l thn.Line) string { return string(l.Supply) },
	thn.ByReason:    func(_ thn.Distribution, l thn.Line) string { return string(l.Reason) },
	thn.ByAgeBand:   func(_ thn.Distribution, l thn.Line) string { return string(l.AgeBand) },
	thn.ByGender:    func(_ thn.Distribution, l thn.Line) string { return string(l.Gender) },
	thn.ByCarriage:  func(_ thn.Distribution, l thn.Line) string { return string(l.Carriage) },
}

// recount answers a query from the model as it stood at the end of an hour.
func (b *books) recount(q thn.Query, hour int) []thn.Cell {
	sums := map[string]*thn.Cell{}
	if len(q.Groups) == 0 {
		sums[""] = &thn.Cell{Keys: map[thn.Group]string{}}
	}
	for _, v := range b.versions {
		d := v.sub.Record.(thn.Distribution)
		if v.sub.Void || v.received > hour || v.gone <= hour || !q.Period.Contains(d.Day) || q.By != "" && q.By != v.sub.By {
			continue
		}
		for _, l := range d.Lines {
			if !listed(q.Areas, d.Area) || !listed(q.Sites, d.Site) || !listed(q.Channels, d.Channel) || !listed(q.Recipients, l.Recipient) || !listed(q.Supplies, l.Supply) {
				continue
			}
			key, keys := "", map[thn.Group]string{}
			for _, g := range q.Groups {
				keys[g] = valueOf[g](d, l)
				key += keys[g] + "\x00"
			}
			if sums[key] == nil {
				sums[key] = &thn.Cell{Keys: keys}
			}
			sums[key].Records++
			sums[key].People += int64(l.People)
			sums[key].Kits += int64(l.Kits)
		}
	}
	var cells []thn.Cell
	for _, c := range sums {
		cells = append(cells, *c)
	}
	slices.SortFunc(cells, func(x, y thn.Cell) int {
		return slices.CompareFunc(keysOf(x, q.Groups), keysOf(y, q.Groups), cmp.Compare[string])
	})
	return cells
}

func keysOf(c thn.Cell, groups []thn.Group) (list []string) {
	for _, g := range groups {
		list = append(list, c.Keys[g])
	}
	return list
}

func listed[C comparable](list []C, value C) bool { return list == nil || slices.Contains(list, value) }

// filter draws no list, an empty one, or a few values.
func filter[C comparable](t *rapid.T, name string, values []C) []C {
	if rapid.IntRange(0, 3).Draw(t, name) > 0 {
		return nil
	}
	return rapid.SliceOfNDistinct(rapid.SampledFrom(values), 0, 2, func(c C) C { return c }).Draw(t, name+" list")
}

func (b *books) anyQuery(t *rapid.T) thn.Query {
	q := thn.Query{Programme: b.programme.ID, Period: always, Groups: rapid.SliceOfNDistinct(rapid.SampledFrom(thn.Groups), 0, 5, func(g thn.Group) thn.Group { return g }).Draw(t, "groups"),
		Areas: filter(t, "areas", []thn.ID{b.north.ID, b.south.ID}), Sites: filter(t, "sites", []thn.ID{b.harbour.ID, b.mill.ID}),
		Channels: filter(t, "channels", thn.Channels[:3]), Recipients: filter(t, "recipients", thn.Recipients[:3]), Supplies: filter(t, "supplies", thn.Supplies)}
	switch rapid.SampledFrom([]string{"always", "months", "months", "days", "days"}).Draw(t, "period") {
	case "months":
		q.Period.From = thn.MustDate(2026, 1, 1).AddMonths(rapid.IntRange(-1, 3).Draw(t, "from"))
		q.Period.To = q.Period.From.AddMonths(rapid.IntRange(1, 4).Draw(t, "months"))
	case "days":
		q.Period.From = thn.MustDate(2025, 12, 20).AddDays(rapid.IntRange(0, 120).Draw(t, "from"))
		q.Period.To = q.Period.From.AddDays(rapid.IntRange(1, 110).Draw(t, "days"))
	}
	if rapid.IntRange(0, 5).Draw(t, "one account") == 0 {
		q.By = rapid.SampledFrom(b.others).Draw(t, "account")
	}
	return q
}

// check asks any query at any hour and holds the answer against a recount.
func (b *books) check(t *rapid.T) {
	q := b.anyQuery(t)
	s, hour := b.Store, never-1
	if rapid.Bool().Draw(t, "earlier") {
		hour = rapid.IntRange(-1, int(b.hours.Load())+1).Draw(t, "as at")
		s = b.At(b.at(hour).Add(59 * time.Minute))
	}
	got, err := s.Tally(context.Background(), q)
	if err != nil {
		t.Fatalf("tally: %v", err)
	}
	if want := b.recount(q, hour); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Fatalf("%+v at %d:\n sums    %v\n recount %v", q, hour, got, want)
	}
}

// reported checks how many records each site is said to have in each month.
func (b *books) reported(t *rapid.T) {
	list, err := b.Reported(context.Background(), b.programme.ID, thn.YearFrom(2026, 1))
	if err != nil {
		t.Fatalf("reported: %v", err)
	}
	got, want := map[string]int{}, map[string]int{}
	for _, r := range list {
		got[fmt.Sprint(r.Site, r.Month)] = r.Records
	}
	for _, v := range b.versions {
		if d := v.sub.Record.(thn.Distribution); !v.sub.Void && v.gone == never {
			want[fmt.Sprint(d.Site, d.Day.FirstOfMonth())]++
		}
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Fatalf("reported %v, recount %v", got, want)
	}
}

// Whatever is recorded, corrected, voided, sent late and sent again, whenever
// somebody folds: any question, of any days, as at any hour, is answered as a
// recount answers it.
func TestTally_isTheRecountAtEveryHour(t *testing.T) {
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
			both := []*books{newBooks(t, one, w), newBooks(t, one, w)}
			for range rapid.IntRange(1, 12).Draw(rt, "steps") {
				b := rapid.SampledFrom(both).Draw(rt, "programme")
				step(rt, b, two)
			}
			for _, b := range both {
				for range 6 {
					b.check(rt)
				}
				b.reported(rt)
				b.agree(rt)
			}
		})
	})
}

func step(t *rapid.T, b *books, other *store.Store) {
	most := rapid.IntRange(1, 9).Draw(t, "most")
	switch rapid.SampledFrom([]string{"batch", "batch", "batch at once with a fold", "fold", "hour", "check", "anew"}).Draw(t, "step") {
	case "batch":
		b.batch(t)
	case "batch at once with a fold":
		var folded sync.WaitGroup
		var err error
		folded.Go(func() { _, err = other.Fold(context.Background(), b.programme.ID, most) })
		b.batch(t)
		if folded.Wait(); err != nil {
			t.Fatalf("fold: %v", err)
		}
	case "fold":
		if _, err := b.Fold(context.Background(), b.programme.ID, most); err != nil {
			t.Fatalf("fold: %v", err)
		}
	case "hour":
		b.hours.Add(int64(rapid.IntRange(1, 3).Draw(t, "hours")))
	case "check":
		b.check(t)
	case "anew":
		if err := b.Rebuild(context.Background(), b.programme.ID); err != nil {
			t.Fatalf("rebuild: %v", err)
		}
	}
}
