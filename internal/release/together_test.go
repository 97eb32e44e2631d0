package release_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/fault"
	"thntracker/internal/release"
	"thntracker/internal/report"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

// beside founds another programme of the same country, with areas of its own under
// the same codes, in the same store.
func (p *place) beside(t *testing.T, name string) *place {
	t.Helper()
	q := &place{Store: p.Store, releases: p.releases, now: p.now, root: thn.NewID(),
		programme: thn.Programme{ID: thn.NewID(), Name: name, Country: "XO", Zone: "UTC", Fiscal: 1}}
	require.NoError(t, q.Found(t.Context(), thn.Founding{Programme: q.programme, Country: thn.Area{ID: q.root, Kind: thn.AreaCountry, Code: "XO", Name: "Country"},
		Products: []thn.Product{{ID: thn.NewID(), Code: "nasal", Name: "Nasal", Route: "nasal"}}}))
	for _, name := range []string{"North", "South", "West"} {
		id := thn.NewID()
		require.NoError(t, q.AddAreas(t.Context(), q.programme.ID, "", thn.Area{ID: id, Parent: q.root, Kind: "region", Code: strings.ToUpper(name[:2]), Name: name}))
		q.areas = append(q.areas, id)
	}
	return q
}

// contribute lets a publisher add a programme's figures to its own.
func (p *place) contribute(t *testing.T, publisher *place) {
	t.Helper()
	require.NoError(t, p.AddContribution(t.Context(), "", thn.Contribution{Programme: p.programme.ID, Publisher: publisher.programme.ID, Role: thn.RoleManager}))
}

func (p *place) national() release.Order {
	o := p.order()
	o.Alone = false
	return o
}

// fourProgrammes are a publisher and three that it may add, each with kits in every
// area and quarter.
func fourProgrammes(t *testing.T, url string) (all []*place) {
	t.Helper()
	p := newPlace(t, url)
	all = append(all, p)
	for i := 1; i < 4; i++ {
		q := p.beside(t, fmt.Sprintf("Programme %d", i))
		q.contribute(t, p)
		all = append(all, q)
	}
	for i, q := range all {
		for quarter := 1; quarter <= 4; quarter++ {
			require.NoError(t, q.AddTotals(t.Context(), q.programme.ID, "", thn.PeriodTotal{ID: thn.NewID(), Measure: thn.MeasurePeople, Area: q.root, Period: thn.Quarter(2025, quarter),
				Supply: thn.SupplyFirst, Recipient: thn.RecipientAtRisk, Count: thn.ExactKits(int64(40 + 3*i)), Source: "Published report"}))
			for area := 1; area <= 3; area++ {
				q.total(t, area, thn.Quarter(2025, quarter), int64(31+7*i+quarter), thn.ChannelCommunity)
				q.total(t, area, thn.Quarter(2025, quarter), int64(22+5*area), thn.ChannelPharmacy)
			}
		}
	}
	// What only one programme gives, however much it is, is about that programme.
	all[2].total(t, 1, thn.Quarter(2025, 1), 470, thn.ChannelPrison)
	// And of what three give one has nearly all.
	all[0].total(t, 2, thn.Quarter(2025, 2), 15, thn.ChannelPeer)
	all[1].total(t, 2, thn.Quarter(2025, 2), 15, thn.ChannelPeer)
	all[3].total(t, 2, thn.Quarter(2025, 2), 900, thn.ChannelPeer)
	return all
}

// The figures of a country are the sum of its programmes, and no count shows what
// fewer than three of them gave.
func TestTogether(t *testing.T) {
	t.Parallel()
	storetest.EachURL(t, func(t *testing.T, url string) {
		all := fourProgrammes(t, url)
		p := all[0]
		e, err := p.releases.Close(t.Context(), p.national())
		require.NoError(t, err)
		f, err := release.FiguresOf(e)
		require.NoError(t, err)
		var kits int64
		for _, q := range all {
			alone, err := report.Drafted(t.Context(), q.At(*p.now), report.Spec{Programme: q.programme, Period: year})
			require.NoError(t, err)
			kits += int64(alone.Kits[0].Table.Cell("total", "all").Count().Low) / 2
		}
		require.Equal(t, thn.ExactKits(kits), f.Summary.Channels.Cell("total", "all").Count(), "the total is the sum of the four")
		require.Equal(t, report.KindCount, f.Summary.Channels.Cell(string(thn.ChannelCommunity), "all").Kind())
		require.Equal(t, report.KindCount, f.Summary.Areas.Cell("NO", "all").Kind(), "areas with the same code are one")
		require.Equal(t, report.KindMasked, f.Summary.Channels.Cell("prison_release", "all").Kind(), "of one programme only")
		require.Equal(t, report.KindMasked, f.Summary.Channels.Cell(string(thn.ChannelPeer), "all").Kind(), "nearly all of one programme")
		require.Equal(t, 4, f.Rule.Programmes)
		require.Len(t, f.Summary.PerDeath.Rows, 1, "other years may have been told of other programmes")
		for _, q := range all[1:] {
			require.NotContains(t, string(e.Body), q.programme.Name, "who contributed is not told")
			require.NotContains(t, string(e.Body), string(q.programme.ID))
		}
		_, same, err := p.releases.Check(t.Context(), p.programme, e.Number)
		require.NoError(t, err)
		require.True(t, same)
	})
}

// Who knows its own part of every count learns nothing of the others by taking it
// away: every count that is shown has at least ten of others in it, and so has what
// two of them leave to the rest.
// DX-06.
func TestTogether_contributorSubtracts(t *testing.T) {
	t.Parallel()
	all := fourProgrammes(t, storetest.SQLiteURL(t))
	p := all[0]
	e, err := p.releases.Close(t.Context(), p.national())
	require.NoError(t, err)
	f, err := release.FiguresOf(e)
	require.NoError(t, err)
	course := f.Summary.Course
	for _, q := range all {
		own, err := report.Drafted(t.Context(), q.At(*p.now), report.Spec{Programme: q.programme, Period: year})
		require.NoError(t, err)
		for _, row := range course.Rows {
			for i, c := range row.Cells {
				if !c.Is(report.KindCount) || c.Count().High == 0 {
					continue
				}
				mine := own.Kits[0].Table.Cell(row.Label.Code, course.Columns[i].Label.Code)
				rest := c.Count().Low
				if mine.Known() {
					rest -= mine.Count().Low
				}
				require.GreaterOrEqual(t, rest, thn.Halves(20), "%s, %s", row.Label.Code, course.Columns[i].Label.Code)
			}
		}
	}
}

// What could be taken off a sum is not published beside it.
func TestTogether_refusesWhatIsToldApart(t *testing.T) {
	t.Parallel()
	storetest.EachURL(t, func(t *testing.T, url string) {
		all := fourProgrammes(t, url)
		p, q := all[0], all[1]
		refused := func(r release.Releases, o release.Order, want, why string) {
			t.Helper()
			_, err := r.Close(t.Context(), o)
			key, _ := fault.Sentence(err)
			require.Equal(t, want, key, why)
		}
		quarter := q.order()
		quarter.Period = thn.Quarter(2025, 3)
		_, err := q.releases.Close(t.Context(), quarter)
		require.NoError(t, err)
		refused(p.releases, p.national(), "edition.error.told_apart", "one of the four told a quarter by itself")

		earlier := p.national()
		earlier.Period = thn.Quarter(2025, 1)
		_, err = p.releases.Close(t.Context(), earlier)
		require.NoError(t, err)
		alone := all[2].order()
		alone.Period = earlier.Period
		refused(p.releases, alone, "edition.error.told_elsewhere_own", "its figures are in the sum of the publisher")
		alone = p.order()
		alone.Period = earlier.Period
		refused(p.releases, alone, "edition.error.closed_already", "the publisher's own would be one too")
		other := all[3].national()
		all[0].contribute(t, all[3])
		all[2].contribute(t, all[3])
		other.Period = earlier.Period
		refused(p.releases, other, "edition.error.told_elsewhere_own", "the same figures in the sums of two publishers")
	})
}

// A programme that lets nobody add its figures any more is not in the next sum, and
// stays in what was told and in its corrections.
func TestTogether_withdrawn(t *testing.T) {
	t.Parallel()
	storetest.EachURL(t, func(t *testing.T, url string) {
		all := fourProgrammes(t, url)
		p := all[0]
		o := p.national()
		o.Period = thn.Quarter(2025, 1)
		e, err := p.releases.Close(t.Context(), o)
		require.NoError(t, err)
		f, err := release.FiguresOf(e)
		require.NoError(t, err)
		require.Equal(t, thn.ExactKits(40+43+46+49), f.Summary.ReachOver.Rows[0].Cells[0].Count())
		require.NoError(t, p.releases.Publish(t.Context(), p.programme.ID, "", e.Number, time.Time{}))
		require.NoError(t, p.AddContribution(t.Context(), "", thn.Contribution{Programme: all[1].programme.ID}))
		o.Period = thn.Quarter(2025, 2)
		next, err := p.releases.Close(t.Context(), o)
		require.NoError(t, err)
		f, err = release.FiguresOf(next)
		require.NoError(t, err)
		require.Equal(t, 3, f.Rule.Programmes)
		require.Equal(t, report.KindNotReported, f.Summary.ReachOver.Rows[0].Cells[0].Kind(), "people ever reached would tell by difference who left")

		*p.now = p.now.Add(48 * time.Hour)
		all[1].total(t, 1, thn.Month(2025, time.January), 200, thn.ChannelFire)
		o.Period = thn.Quarter(2025, 1)
		again, err := p.releases.Revise(t.Context(), o, e.Number, "a late return")
		require.NoError(t, err)
		f, err = release.FiguresOf(again)
		require.NoError(t, err)
		require.Equal(t, 4, f.Rule.Programmes, "whoever was in a release is in its correction")

		require.NoError(t, p.AddContribution(t.Context(), "", thn.Contribution{Programme: all[2].programme.ID}))
		o.Period = thn.Quarter(2025, 3)
		_, err = p.releases.Close(t.Context(), o)
		key, args := fault.Sentence(err)
		require.Equal(t, "edition.error.alone", key)
		require.Equal(t, 2, args["N"])
	})
}

// A sum of which one programme has nearly all is a figure about that programme.
func TestTogether_ofOne(t *testing.T) {
	t.Parallel()
	all := fourProgrammes(t, storetest.SQLiteURL(t))
	all[3].total(t, 1, thn.Quarter(2025, 1), 90_000, thn.ChannelFire)
	_, err := all[0].releases.Close(t.Context(), all[0].national())
	key, _ := fault.Sentence(err)
	require.Equal(t, "edition.error.one_programme", key)
}
