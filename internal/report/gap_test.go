package report_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/report"
	"thntracker/internal/store"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

// move records a movement of stock.
func (p *place) move(site thn.Site, day thn.Date, kind thn.MovementKind, kits int, change ...func(*thn.Movement)) {
	p.t.Helper()
	m := thn.Movement{ID: thn.NewID(), Day: day, Kind: kind, Site: site.ID, Product: p.product, Kits: kits}
	for _, c := range change {
		c(&m)
	}
	outcomes, err := p.store.Append(p.t.Context(), []thn.Submission{{Programme: p.programme.ID, Record: m}})
	require.NoError(p.t, err)
	require.Equal(p.t, []thn.Outcome{thn.Stored}, outcomes)
}

// line is the figures of one row of the gap.
func gapLine(t *testing.T, table report.Table, row string) (line []string) {
	t.Helper()
	for _, c := range table.Columns {
		line = append(line, shown(t, table, row, c.Label.Code))
	}
	return line
}

func TestGap_everyStepAndTheRemainder(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := newPlace(t, s, "XD", 1, "XD/East")
		dock := p.site("East", "Dock", thn.ChannelCommunity)
		quiet := p.site("East", "Quiet", thn.ChannelCommunity)
		jan := func(day int) thn.Date { return thn.MustDate(2026, time.January, day) }
		p.move(dock, jan(2), thn.MovementOpening, 100)
		p.move(dock, jan(3), thn.MovementReceived, 200)
		p.move(dock, jan(5), thn.MovementSent, 40, func(m *thn.Movement) { m.Other = quiet.ID })
		p.move(dock, jan(6), thn.MovementExpired, 10)
		bag := thn.Bag{ID: thn.NewID(), Site: dock.ID, Account: thn.NewID()}
		require.NoError(t, s.OpenBag(t.Context(), p.programme.ID, "", bag))
		p.move(dock, jan(6), thn.MovementIssued, 30, func(m *thn.Movement) { m.Bag = bag.ID })
		for range 2 {
			p.give(dock, jan(8), "paid_worker", first(20, 20), repeat(thn.ReasonUsedOther, 12), repeat("lost", 6), repeat("confiscated", 5), repeat(thn.ReasonNotAsked, 9))
		}
		p.move(dock, jan(20), thn.MovementCount, 0, func(m *thn.Movement) { m.Counted = 110 })
		p.give(quiet, jan(9), "paid_worker", first(7, 7))

		table := p.build("gap", p.spec(winter, report.BySite))
		require.Equal(t, []string{"300", "40", "10", "-6", "140"}, gapLine(t, table, string(dock.ID))[:5],
			"of 116 on the shelf 110 were found, and 30 are in a bag of the site")
		require.Equal(t, []string{"104", "58", "24", "12", "0", "10", "0", "0", "0"}, gapLine(t, table, string(dock.ID))[5:])
		require.Equal(t, "not reported", gapLine(t, table, string(quiet.ID))[0], "no stock is kept there: that is not zero")
		require.Equal(t, []string{"7", "7", "0", "0", "0", "0", "0", "0", "0"}, gapLine(t, table, string(quiet.ID))[5:])

		months := p.build("gap", p.spec(winter, report.ByMonth))
		require.Equal(t, []string{"0", "0", "0", "0"}, gapLine(t, months, "2026-02")[:4])
		require.Equal(t, gapLine(t, months, "2026-01")[4], gapLine(t, months, "2026-03")[4], "what is on hand stays on hand")
	})
}

func TestGap_smallCountsDoNotShow(t *testing.T) {
	t.Parallel()
	p := newPlace(t, storetest.SQLite(t), "XD", 1, "XD/East")
	dock, mill := p.site("East", "Dock", thn.ChannelCommunity), p.site("East", "Mill", thn.ChannelCommunity)
	p.give(dock, thn.MustDate(2026, time.January, 8), "paid_worker", first(20, 20), repeat("confiscated", 3))
	p.give(mill, thn.MustDate(2026, time.January, 8), "paid_worker", first(20, 20), repeat("confiscated", 30))
	table := p.build("gap", p.spec(winter, report.BySite))
	require.Equal(t, "too few to show", shown(t, table, string(dock.ID), "told_confiscated"))
	require.Equal(t, "too few to show", shown(t, table, string(dock.ID), "unexplained"), "else 23 less 20 tells")
	require.Equal(t, "too few to show", shown(t, table, string(mill.ID), "told_confiscated"), "else the total tells")
	require.Equal(t, "23", shown(t, table, string(dock.ID), "given"))
}
