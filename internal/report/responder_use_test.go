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

// on makes uses that responders report: each person was given naloxone by each of
// the services.
func on(persons int, givers ...thn.Giver) func(int, *thn.Use) {
	return func(_ int, u *thn.Use) {
		u.Reporter, u.Persons = "police", nil
		for range persons {
			p := thn.UsePerson{Outcome: thn.Survived, Relation: "unknown"}
			for _, g := range givers {
				p.Given = append(p.Given, thn.Administration{Giver: g, Doses: 1, Response: "unknown"})
			}
			u.Persons = append(u.Persons, p)
		}
	}
}

func line(t *testing.T, table report.Table, row string, columns ...string) (cells []string) {
	t.Helper()
	for _, c := range columns {
		cells = append(cells, shown(t, table, row, c))
	}
	return cells
}

// patrol is a quarter of events: with one service, with two, with two persons,
// and with no responder; and police officers of whom some hold a kit in date.
func patrol(t *testing.T, s *store.Store) *place {
	p := newPlace(t, s, "XF", 1, "XF/East", "XF/West")
	october := thn.MustDate(2025, time.October, 6)
	p.usesOf("East", october, 10, on(1, "police"))
	p.usesOf("East", october.AddMonths(1), 8, on(2, "police", "ambulance"))
	p.usesOf("West", october.AddMonths(1), 7, on(1, "ambulance"))
	p.usesOf("West", october.AddMonths(2), 20) // by people who were there
	p.usesOf("West", october, 6, func(_ int, u *thn.Use) {
		u.Persons = append(u.Persons, thn.UsePerson{Outcome: thn.Survived, Relation: "unknown", Given: []thn.Administration{{Giver: "fire", Doses: 2, Response: "alert"}}})
	})
	return p
}

func (p *place) equip(station thn.Site, n int, day, expiry thn.Date) {
	var list []thn.Fact
	for range n {
		list = append(list, happened(station, thn.NewID(), "issued", day, expiry))
	}
	p.record(list...)
}

func TestResponderUses_eventsPersonsAndAdministrationsApart(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := patrol(t, s)
		levels := []string{"events", "persons", "administrations", "officers_equipped", "per_100_officers"}
		bare := p.build("responder-uses", p.spec(autumn, report.ByNone))
		require.Equal(t, []string{"18", "26", "26", "not reported", "no denominator"}, line(t, bare, "police", levels...), "nobody recorded who holds a kit")
		require.Equal(t, []string{"15", "23", "23", "–", "–"}, line(t, bare, "ambulance", levels...))
		require.Equal(t, []string{"6", "6", "6"}, line(t, bare, "fire", levels[:3]...), "whoever else was given naloxone by somebody there is not counted")
		require.Equal(t, []string{"0", "0", "0"}, line(t, bare, "prison", levels[:3]...))
		require.Equal(t, []string{"31", "39", "55", "–", "–"}, line(t, bare, "total", levels...), "8 events of two services are 8")

		day := thn.MustDate(2025, time.September, 1)
		quay, crew := p.unit("East", "Quay", "police", thn.Date{}), p.unit("East", "Crew", "ambulance", thn.Date{})
		p.equip(quay, 20, day, thn.MustDate(2027, time.June, 30))
		p.equip(quay, 16, day, thn.MustDate(2025, time.November, 15))
		p.equip(crew, 50, day, thn.MustDate(2027, time.June, 30))
		table := p.build("responder-uses", p.spec(autumn, report.ByNone))
		require.Equal(t, []string{"20", "90.0"}, line(t, table, "police", levels[3:]...), "16 kits are past their date on the last day, and a crew is no police")

		months := p.build("responder-uses", p.spec(autumn, report.ByMonth))
		rate := append([]string{"events", "police", "ambulance", "fire", "prison"}, levels[3:]...)
		require.Equal(t, []string{"16", "10", "0", "6", "0", "36", "27.8"}, line(t, months, "2025-10", rate...), "in October all 36 are in date")
		require.Equal(t, []string{"15", "8", "15", "0", "0", "20", "40.0"}, line(t, months, "2025-11", rate...))
		require.Equal(t, []string{"0", "0", "0", "0", "0", "20", "0.0"}, line(t, months, "2025-12", rate...))
		require.Equal(t, []string{"31", "18", "15", "6", "0", "20", "90.0"}, line(t, months, "total", rate...))
		areas := p.build("responder-uses", p.spec(autumn, report.ByArea))
		require.Equal(t, []string{"13", "0", "7", "6", "0", "0", "no denominator"}, line(t, areas, "WE", rate...), "no station there")
		p.golden("responder_uses", table, months, areas)

		require.Equal(t, report.KindNotReported, p.build("kits", p.spec(autumn, report.ByNone)).Cell("total", "all").Kind(), "uses are never given out")
	})
}

func TestResponderUses_fewEventsAreHidden(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := patrol(t, s)
		p.usesOf("East", thn.MustDate(2025, time.December, 24), 2, on(1, "police"))
		p.usesOf("East", thn.MustDate(2025, time.December, 24), 9, on(1, "prison"))
		p.equip(p.unit("East", "Quay", "police", thn.Date{}), 20, autumn.From, thn.MustDate(2027, time.June, 30))
		months := p.build("responder-uses", p.spec(autumn, report.ByMonth))
		for _, column := range []string{"police", "prison", "per_100_officers"} {
			require.True(t, months.Cell("2025-12", column).Is(report.KindMasked), "%s: 2 of 11 would show by what is left", column)
		}
		require.True(t, months.Cell("2025-11", "police").Is(report.KindMasked), "or by the other months")
		require.Equal(t, "20", shown(t, months, "total", "police"))

		few := newPlace(t, s, "XG", 1)
		few.usesOf("XG", autumn.From, 3, on(1, "police"))
		table := few.build("responder-uses", few.spec(autumn, report.ByNone))
		require.True(t, table.Cell("police", "events").Is(report.KindMasked))
		require.True(t, table.Cell("total", "events").Is(report.KindMasked), "the total is that one service")
		require.Equal(t, "nothing", few.build("responder-uses", few.spec(thn.Month(2020, 1), report.ByNone)).Missing[0].Code)
	})
}
