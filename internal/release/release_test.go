package release_test

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/fault"
	"thntracker/internal/release"
	"thntracker/internal/report"
	"thntracker/internal/store"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

// place is a programme in a store, with a clock of its own.
type place struct {
	*store.Store
	releases  release.Releases
	programme thn.Programme
	root      thn.ID
	areas     []thn.ID
	now       *time.Time
}

func newPlace(t *testing.T, url string) *place {
	t.Helper()
	now := storetest.Noon.UTC().Truncate(time.Hour)
	s, err := store.Open(t.Context(), url, store.Options{Now: func() time.Time { return now }, AuditKey: storetest.Key})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	p := &place{Store: s, programme: thn.Programme{ID: thn.NewID(), Name: "Programme XO", Country: "XO", Zone: "UTC", Fiscal: 1}, root: thn.NewID(), now: &now}
	p.releases = release.Releases{Ledger: s, At: func(at time.Time) report.Source { return s.At(at) }, Now: func() time.Time { return *p.now }}
	require.NoError(t, s.Found(t.Context(), thn.Founding{Programme: p.programme, Country: thn.Area{ID: p.root, Kind: thn.AreaCountry, Code: "XO", Name: "Country"},
		Products: []thn.Product{{ID: thn.NewID(), Code: "nasal", Name: "Nasal", Route: "nasal"}}}))
	for _, name := range []string{"North", "South", "West"} {
		id := thn.NewID()
		require.NoError(t, s.AddAreas(t.Context(), p.programme.ID, "", thn.Area{ID: id, Parent: p.root, Kind: "region", Code: strings.ToUpper(name[:2]), Name: name}))
		p.areas = append(p.areas, id)
	}
	return p
}

// total is a published sum; area 0 is the whole country.
func (p *place) total(t *testing.T, area int, period thn.Period, kits int64, channels ...thn.Channel) {
	t.Helper()
	at := p.root
	if area > 0 {
		at = p.areas[area-1]
	}
	require.NoError(t, p.AddTotals(t.Context(), p.programme.ID, "", thn.PeriodTotal{ID: thn.NewID(), Measure: thn.MeasureKits, Area: at, Period: period, Channels: channels,
		Count: thn.ExactKits(kits), Source: "Published report"}))
}

var year = thn.YearFrom(2025, time.January)

func (p *place) order() release.Order {
	return release.Order{Programme: p.programme, Audience: thn.ForPublic, Period: year, Alone: true, AsAt: *p.now}
}

// furnish gives every quarter, area and two channels some kits; one is small.
func (p *place) furnish(t *testing.T) {
	t.Helper()
	kits := int64(40)
	for q := 1; q <= 4; q++ {
		for area := 1; area <= 3; area++ {
			for _, c := range []thn.Channel{thn.ChannelCommunity, thn.ChannelPharmacy, thn.ChannelPeer} {
				n := kits
				if q == 2 && area == 1 && c == thn.ChannelPeer {
					n = planted
				}
				p.total(t, area, thn.Quarter(2025, q), n, c)
				kits += 17
			}
		}
	}
	p.total(t, 2, thn.Quarter(2025, 3), planted, thn.ChannelPrison)
}

// planted is small, and nothing else in a test is 7.
const planted = 7

func TestClose_refusesWhatCouldNotBeTakenBack(t *testing.T) {
	t.Parallel()
	storetest.EachURL(t, func(t *testing.T, url string) {
		p := newPlace(t, url)
		p.furnish(t)
		for name, want := range map[string]struct {
			change func(*release.Order)
			key    string
		}{
			"a period that is not over": {func(o *release.Order) { o.Period = thn.Quarter(2026, 1) }, "edition.error.open_period"},
			"one programme, not agreed": {func(o *release.Order) { o.Alone = false }, "edition.error.alone"},
			"national, and not agreed":  {func(o *release.Order) { o.Alone, o.Audience = false, thn.ForNation }, "edition.error.alone"},
		} {
			o := p.order()
			want.change(&o)
			_, err := p.releases.Close(t.Context(), o)
			key, _ := fault.Sentence(err)
			require.Equal(t, want.key, key, name)
		}
		e, err := p.releases.Close(t.Context(), p.order())
		require.NoError(t, err)
		require.Equal(t, 1, e.Number)
		_, err = p.releases.Close(t.Context(), p.order())
		key, _ := fault.Sentence(err)
		require.Equal(t, "edition.error.closed_already", key)
		o := p.order()
		o.Period = thn.Quarter(2025, 2)
		_, err = p.releases.Close(t.Context(), o)
		key, _ = fault.Sentence(err)
		require.Equal(t, "edition.error.overlap", key, "a quarter of the year could be taken off it")
		list, err := p.Editions(t.Context(), p.programme.ID)
		require.NoError(t, err)
		require.Len(t, list, 1, "what was refused left nothing")
	})
}

// No small count stands in what is stored, whatever the table; the totals do.
func TestClose_hidesSmallCounts(t *testing.T) {
	t.Parallel()
	storetest.EachURL(t, func(t *testing.T, url string) {
		p := newPlace(t, url)
		p.furnish(t)
		e, err := p.releases.Close(t.Context(), p.order())
		require.NoError(t, err)
		f, err := release.FiguresOf(e)
		require.NoError(t, err)
		require.Positive(t, f.Rule.Hidden)
		for _, table := range f.Summary.Tables() {
			for _, r := range table.Rows {
				for i, c := range r.Cells {
					if c.Is(report.KindCount) && table.Columns[i].Measure == report.MeasureKits {
						require.True(t, c.Count().High == 0 || c.Count().Low >= 20, "%s, %s: %s", table.Name, r.Label.Code, c.Count())
					}
				}
			}
		}
		require.Equal(t, report.KindCount, f.Summary.Channels.Cell("total", "all").Kind(), "the total stays")
		require.Equal(t, report.KindMasked, f.Summary.Channels.Cell("prison_release", "all").Kind())
		require.False(t, bytes.Contains(e.Body, []byte(fmt.Sprintf(`"Low":%d,`, 2*planted))))
		require.NotContains(t, string(e.Body), "complement", "readers are not told which counts only protect others")
	})
}

// A release is the same byte for byte when it is computed again, and on another
// server with the same records.
// PV-27.
func TestCheck_theSameBytes(t *testing.T) {
	t.Parallel()
	storetest.EachURL(t, func(t *testing.T, url string) {
		p := newPlace(t, url)
		p.furnish(t)
		e, err := p.releases.Close(t.Context(), p.order())
		require.NoError(t, err)
		_, same, err := p.releases.Check(t.Context(), p.programme, e.Number)
		require.NoError(t, err)
		require.True(t, same)
		e.Body = bytes.Replace(e.Body, []byte(`"Low":`), []byte(`"Low":1`), 1)
		_, err = release.FiguresOf(e)
		require.Error(t, err, "what was changed since is not read")
	})
}

// What a revision tells, it tells beside the release before.
// DX-07.
func TestRevise(t *testing.T) {
	t.Parallel()
	storetest.EachURL(t, func(t *testing.T, url string) {
		p := newPlace(t, url)
		p.furnish(t)
		ctx := t.Context()
		e, err := p.releases.Close(ctx, p.order())
		require.NoError(t, err)
		_, err = p.releases.Revise(ctx, p.order(), e.Number, "late records")
		key, _ := fault.Sentence(err)
		require.Equal(t, "edition.error.not_published", key)
		require.NoError(t, p.releases.Publish(ctx, p.programme.ID, "", e.Number, time.Time{}))
		_, err = p.releases.Revise(ctx, p.order(), e.Number, "")
		key, _ = fault.Sentence(err)
		require.Equal(t, "edition.error.reason", key)
		_, err = p.releases.Revise(ctx, p.order(), e.Number, "late records")
		key, _ = fault.Sentence(err)
		require.Equal(t, "edition.error.unchanged", key)

		*p.now = p.now.Add(48 * time.Hour)
		p.total(t, 3, thn.Month(2025, time.December), 3, thn.ChannelPolice)
		_, err = p.releases.Revise(ctx, p.order(), e.Number, "three late kits")
		key, _ = fault.Sentence(err)
		require.Equal(t, "edition.error.few_changes", key, "the difference of the two totals would be three people")

		p.total(t, 3, thn.Month(2025, time.December), 200, thn.ChannelFire)
		next, err := p.releases.Revise(ctx, p.order(), e.Number, "a late return of one region")
		require.NoError(t, err)
		require.Equal(t, e.Number, next.Revises)
		_, same, err := p.releases.Check(ctx, p.programme, next.Number)
		require.NoError(t, err)
		require.True(t, same)
		_, err = p.releases.Revise(ctx, p.order(), e.Number, "again")
		key, _ = fault.Sentence(err)
		require.Equal(t, "edition.error.revised_already", key)
	})
}

func TestPublish_atAnHour(t *testing.T) {
	t.Parallel()
	p := newPlace(t, storetest.SQLiteURL(t))
	p.furnish(t)
	ctx := t.Context()
	e, err := p.releases.Close(ctx, p.order())
	require.NoError(t, err)
	for key, from := range map[string]time.Time{"edition.error.past_hour": p.now.Add(-2 * time.Hour), "edition.error.full_hour": p.now.Add(90 * time.Minute)} {
		got, _ := fault.Sentence(p.releases.Publish(ctx, p.programme.ID, "", e.Number, from))
		require.Equal(t, key, got)
	}
	opens := p.now.Add(5 * time.Hour)
	require.NoError(t, p.releases.Publish(ctx, p.programme.ID, "", e.Number, opens))
	got, err := p.Edition(ctx, p.programme.ID, e.Number)
	require.NoError(t, err)
	require.False(t, got.Open(opens.Add(-time.Minute)))
	require.True(t, got.Open(opens))
	again, _ := fault.Sentence(p.releases.Publish(ctx, p.programme.ID, "", e.Number, opens))
	require.Equal(t, "edition.error.published", again)
}

// A programme that reported nothing has nothing to be found in, and says so.
func TestClose_nothingReported(t *testing.T) {
	t.Parallel()
	p := newPlace(t, storetest.SQLiteURL(t))
	e, err := p.releases.Close(t.Context(), p.order())
	require.NoError(t, err)
	f, err := release.FiguresOf(e)
	require.NoError(t, err)
	require.Equal(t, report.KindNotReported, f.Summary.Key.Rows[0].Cells[0].Kind())
}

// What no table prints is hidden too where two that do would give it by
// subtraction: the few kits that peers gave elsewhere, and the few people first
// reached between two releases.
func TestClose_hidesWhatSubtractionGives(t *testing.T) {
	t.Parallel()
	storetest.EachURL(t, func(t *testing.T, url string) {
		p := newPlace(t, url)
		p.furnish(t)
		first := func(period thn.Period, people int64) {
			require.NoError(t, p.AddTotals(t.Context(), p.programme.ID, "", thn.PeriodTotal{ID: thn.NewID(), Measure: thn.MeasurePeople, Area: p.root, Period: period,
				Supply: thn.SupplyFirst, Recipient: thn.RecipientAtRisk, Count: thn.ExactKits(people), Source: "Published report"}))
		}
		before := thn.YearFrom(2024, time.January)
		first(before, 400)
		first(year, planted)
		p.total(t, 1, before, 900, thn.ChannelCommunity)
		o := p.order()
		o.Period = before
		e, err := p.releases.Close(t.Context(), o)
		require.NoError(t, err)
		f, err := release.FiguresOf(e)
		require.NoError(t, err)
		require.Equal(t, report.KindCount, f.Summary.ReachOver.Cell("none", "people_reached").Kind(), "four hundred people reached")

		e, err = p.releases.Close(t.Context(), p.order())
		require.NoError(t, err)
		if f, err = release.FiguresOf(e); err != nil {
			t.Fatal(err)
		}
		require.Equal(t, report.KindMasked, f.Summary.Key.Rows[0].Cells[f.Summary.Key.Column("first_time")].Kind())
		require.Equal(t, report.KindMasked, f.Summary.ReachOver.Cell("none", "people_reached").Kind(), "407 less the 400 of the release before")
		require.Equal(t, report.KindRatio, f.Summary.Key.Rows[0].Cells[f.Summary.Key.Column("peer_share")].Kind(), "peers gave nothing elsewhere: there is nothing to hide")
	})
}
