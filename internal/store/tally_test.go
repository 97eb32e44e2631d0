package store_test

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"thntracker/internal/fault"
	"thntracker/internal/store"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

func TestTally_daysAtTheEdges(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		for _, day := range []thn.Date{thn.MustDate(2025, 12, 31), thn.MustDate(2026, 1, 1), thn.MustDate(2026, 1, 31), thn.MustDate(2026, 2, 1), thn.MustDate(2026, 2, 14), thn.MustDate(2026, 2, 28), thn.MustDate(2026, 3, 1)} {
			d := p.given(1)
			d.Day = day
			require.Equal(t, thn.Stored, p.append(t, p.sub(d)))
		}
		for name, c := range map[string]struct {
			period thn.Period
			want   int64
		}{
			"January":          {thn.Month(2026, 1), 2},
			"February":         {thn.Month(2026, 2), 3},
			"first quarter":    {thn.Quarter(2026, 1), 6},
			"year before":      {thn.YearFrom(2025, 1), 1},
			"odd days":         {thn.Period{From: thn.MustDate(2026, 1, 31), To: thn.MustDate(2026, 2, 14)}, 2},
			"one day":          {thn.Period{From: thn.MustDate(2026, 2, 14), To: thn.MustDate(2026, 2, 15)}, 1},
			"odd start only":   {thn.Period{From: thn.MustDate(2026, 2, 2), To: thn.MustDate(2026, 4, 1)}, 3},
			"odd end only":     {thn.Period{From: thn.MustDate(2026, 1, 1), To: thn.MustDate(2026, 1, 31)}, 1},
			"across the years": {thn.Period{From: thn.MustDate(2025, 12, 31), To: thn.MustDate(2026, 1, 2)}, 2},
			"nothing there":    {thn.Month(2024, 1), 0},
		} {
			cells, err := p.Tally(t.Context(), thn.Query{Programme: p.programme.ID, Period: c.period})
			require.NoError(t, err)
			require.Equal(t, []thn.Cell{{Keys: map[thn.Group]string{}, Records: c.want, People: c.want, Kits: c.want}}, cells, name)
		}
		cells, err := p.Tally(t.Context(), thn.Query{Programme: p.programme.ID, Period: always, Groups: []thn.Group{thn.ByMonth}})
		require.NoError(t, err)
		var months []string
		for _, c := range cells {
			months = append(months, c.Keys[thn.ByMonth])
		}
		require.Equal(t, []string{"202512", "202601", "202602", "202603"}, months, "ordered by key")
	})
}

func TestTally_everyGroupAndFilter(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		here, there := p.given(1), p.given(2)
		here.Batch = p.lot.ID
		there.Site, there.Area, there.Setting, there.Channel, there.Supplier, there.Product = p.mill.ID, p.south.ID, "prison", thn.ChannelPrison, "prison_staff", p.needle.ID
		there.Lines = []thn.Line{{Recipient: thn.RecipientDeclined, Supply: thn.SupplyRepeat, Reason: "lost", People: 2, Kits: 2, AgeBand: "25_34", Gender: "woman", Carriage: "at_home"}}
		p.append(t, p.sub(here))
		p.append(t, p.sub(there))
		keys := map[thn.Group][2]string{
			thn.ByMonth: {"202603", "202603"}, thn.ByArea: {string(p.north.ID), string(p.south.ID)}, thn.BySite: {string(p.harbour.ID), string(p.mill.ID)},
			thn.ByChannel: {"community_outlet", "prison_release"}, thn.BySupplier: {"nurse", "prison_staff"}, thn.ByRecipient: {"person_at_risk", "declined"},
			thn.BySupply: {"first", "repeat"}, thn.ByReason: {"", "lost"}, thn.ByProduct: {string(p.spray.ID), string(p.needle.ID)},
			thn.ByBatch: {string(p.lot.ID), ""}, thn.BySetting: {"needle_exchange", "prison"},
			thn.ByAgeBand: {"", "25_34"}, thn.ByGender: {"", "woman"}, thn.ByCarriage: {"", "at_home"},
		}
		for _, g := range thn.Groups {
			want, named := keys[g]
			require.True(t, named, "group %s has no test", g)
			got := map[string]int64{}
			cells, err := p.Tally(t.Context(), thn.Query{Programme: p.programme.ID, Period: always, Groups: []thn.Group{g}})
			require.NoError(t, err)
			for _, c := range cells {
				got[c.Keys[g]] += c.Kits
			}
			expected := map[string]int64{}
			expected[want[0]]++
			expected[want[1]] += 2
			require.Equal(t, expected, got, g)
		}
		for name, q := range map[string]thn.Query{
			"areas": {Areas: []thn.ID{p.south.ID}}, "sites": {Sites: []thn.ID{p.mill.ID}}, "channels": {Channels: []thn.Channel{thn.ChannelPrison}},
			"recipients": {Recipients: []thn.Recipient{thn.RecipientDeclined}}, "supplies": {Supplies: []thn.Supply{thn.SupplyRepeat}},
		} {
			q.Programme, q.Period = p.programme.ID, always
			cells, err := p.Tally(t.Context(), q)
			require.NoError(t, err)
			require.Equal(t, int64(2), cells[0].Kits, name)
		}
		none, err := p.Tally(t.Context(), thn.Query{Programme: p.programme.ID, Period: always, Areas: []thn.ID{}})
		require.NoError(t, err)
		require.Zero(t, none[0].Kits, "an empty list matches nothing, no list matches all")
		_, err = p.Tally(t.Context(), thn.Query{Programme: p.programme.ID, Period: always, Groups: []thn.Group{"day; DROP TABLE records"}})
		require.True(t, fault.Is(err, fault.Invalid), "%v", err)
	})
}

// ledger is the model that the property test compares with: all versions, and
// who replaced whom.
type ledger struct {
	subs     map[thn.ID]thn.Submission
	replaced map[thn.ID]bool
	order    []thn.ID
}

func (l *ledger) expect(sub thn.Submission, other bool) thn.Outcome {
	_, known := l.subs[sub.Record.RecordID()]
	switch {
	case known && other:
		return thn.Held
	case known:
		return thn.Duplicate
	case sub.Corrects != "" && l.replaced[sub.Corrects]:
		return thn.Held
	}
	l.subs[sub.Record.RecordID()] = sub
	l.order = append(l.order, sub.Record.RecordID())
	if sub.Corrects != "" {
		l.replaced[sub.Corrects] = true
	}
	return thn.Stored
}

// recount is what Tally should say, by month, channel and supply.
func (l *ledger) recount(period thn.Period) []string {
	sums := map[string]thn.Cell{}
	for id, sub := range l.subs {
		if sub.Void || l.replaced[id] || !period.Contains(sub.Record.(thn.Distribution).Day) {
			continue
		}
		for _, line := range sub.Record.(thn.Distribution).Lines {
			key := fmt.Sprint(sub.Record.(thn.Distribution).Day.YearMonth(), " ", sub.Record.(thn.Distribution).Channel, " ", line.Supply)
			c := sums[key]
			sums[key] = thn.Cell{Records: c.Records + 1, People: c.People + int64(line.People), Kits: c.Kits + int64(line.Kits)}
		}
	}
	var list []string
	for key, c := range sums {
		list = append(list, fmt.Sprint(key, ": ", c.Records, " ", c.People, " ", c.Kits))
	}
	slices.Sort(list)
	return list
}

func tallied(t *rapid.T, p *place, period thn.Period) []string {
	cells, err := p.Tally(context.Background(), thn.Query{Programme: p.programme.ID, Period: period, Groups: []thn.Group{thn.ByMonth, thn.ByChannel, thn.BySupply}})
	if err != nil {
		t.Fatalf("tally: %v", err)
	}
	var list []string
	for _, c := range cells {
		list = append(list, fmt.Sprint(c.Keys[thn.ByMonth], " ", c.Keys[thn.ByChannel], " ", c.Keys[thn.BySupply], ": ", c.Records, " ", c.People, " ", c.Kits))
	}
	slices.Sort(list)
	return list
}

// Whatever is appended, corrected, voided and sent again, in whatever batches,
// the outcomes and the sums are those of a recount by hand.
func TestTally_agreesWithARecount(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		outer := t
		rapid.Check(t, func(t *rapid.T) {
			p := newPlace(outer, s)
			l := &ledger{subs: map[thn.ID]thn.Submission{}, replaced: map[thn.ID]bool{}}
			for range rapid.IntRange(1, 6).Draw(t, "batches") {
				var subs []thn.Submission
				var want []thn.Outcome
				for range rapid.IntRange(1, 5).Draw(t, "records") {
					sub, other := drawSubmission(t, p, l)
					subs, want = append(subs, sub), append(want, l.expect(sub, other))
				}
				got, err := s.Append(context.Background(), subs)
				if err != nil {
					t.Fatalf("append: %v", err)
				}
				if !slices.Equal(want, got) {
					t.Fatalf("outcomes %v, want %v", got, want)
				}
			}
			from := thn.MustDate(2026, 1, 1).AddDays(rapid.IntRange(0, 80).Draw(t, "from"))
			for _, period := range []thn.Period{always, {From: from, To: from.AddDays(rapid.IntRange(1, 60).Draw(t, "days"))}} {
				if got, want := tallied(t, p, period), l.recount(period); !slices.Equal(got, want) {
					t.Fatalf("%s: tally\n%s\nrecount\n%s", period, strings.Join(got, "\n"), strings.Join(want, "\n"))
				}
			}
		})
	})
}

// drawSubmission draws a new record, a correction or void of any version, or a
// known record again; other tells that the last came with other content.
func drawSubmission(t *rapid.T, p *place, l *ledger) (sub thn.Submission, other bool) {
	kind := rapid.SampledFrom([]string{"new", "new", "correct", "void", "again", "other"}).Draw(t, "kind")
	if len(l.order) == 0 {
		kind = "new"
	}
	d := drawDistribution(t, p)
	if kind == "new" {
		return p.sub(d), false
	}
	old := rapid.SampledFrom(l.order).Draw(t, "old")
	switch kind {
	case "correct":
		return p.correction(old, d), false
	case "void":
		return p.void(old), false
	}
	sub = l.subs[old]
	if kind == "other" && !sub.Void {
		sub = altered(sub, func(x *thn.Distribution) { x.Lines = append(slices.Clone(x.Lines), d.Lines[0]) })
		return sub, true
	}
	return sub, false
}

func drawDistribution(t *rapid.T, p *place) thn.Distribution {
	d := p.given(1)
	d.Day = thn.MustDate(2026, 1, 1).AddDays(rapid.IntRange(0, 119).Draw(t, "day"))
	d.Channel = rapid.SampledFrom(thn.Channels[:3]).Draw(t, "channel")
	d.Lines = nil
	for range rapid.IntRange(1, 3).Draw(t, "lines") {
		line := thn.Line{Recipient: thn.RecipientAtRisk, Supply: rapid.SampledFrom(thn.Supplies).Draw(t, "supply"),
			People: rapid.IntRange(1, 9).Draw(t, "people"), Kits: thn.Kits(rapid.IntRange(1, 99).Draw(t, "kits"))}
		if line.Supply == thn.SupplyRepeat {
			line.Reason = rapid.SampledFrom(thn.Reasons).Draw(t, "reason")
		}
		d.Lines = append(d.Lines, line)
	}
	return d
}

// The sums do not depend on how ids happen to sort.
func TestTally_ordersByEveryKey(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		for i := range 12 {
			d := p.given(thn.Kits(i + 1))
			d.Day = thn.MustDate(2026, 3, 1).AddDays(i * 20)
			if i%2 == 1 {
				d.Channel = thn.ChannelPeer
			}
			p.append(t, p.sub(d))
		}
		cells, err := p.Tally(t.Context(), thn.Query{Programme: p.programme.ID, Period: always, Groups: []thn.Group{thn.ByMonth, thn.ByChannel}})
		require.NoError(t, err)
		require.True(t, slices.IsSortedFunc(cells, func(a, b thn.Cell) int {
			am, _ := strconv.Atoi(a.Keys[thn.ByMonth])
			bm, _ := strconv.Atoi(b.Keys[thn.ByMonth])
			return cmp.Or(cmp.Compare(am, bm), cmp.Compare(a.Keys[thn.ByChannel], b.Keys[thn.ByChannel]))
		}))
	})
}
