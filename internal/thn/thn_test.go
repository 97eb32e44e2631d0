package thn

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestParseDate(t *testing.T) {
	for _, good := range []string{"2026-03-01", "2024-02-29", "1999-12-31"} {
		d, err := ParseDate(good)
		require.NoError(t, err)
		require.Equal(t, good, d.String())
	}
	for _, bad := range []string{"", "2026-02-29", "2026-06-31", "2026-13-01", "2026-3-1", "01/02/2026", "2026-03-01T10:00", "2026-00-10", "1026-01-01", "+026-01-01", "2026--1-01", "2026-01-1 "} {
		_, err := ParseDate(bad)
		require.Error(t, err, bad)
	}
}

func TestDate_survivesJSON(t *testing.T) {
	for _, d := range []Date{{}, MustDate(2024, time.February, 29)} {
		b, err := json.Marshal(d)
		require.NoError(t, err)
		require.Equal(t, `"`+d.String()+`"`, string(b))
		var back Date
		require.NoError(t, json.Unmarshal(b, &back))
		require.Equal(t, d, back)
	}
	var d Date
	require.Error(t, json.Unmarshal([]byte(`"2026-02-30"`), &d))
}

func TestDate_arithmeticAgreesWithTheCalendar(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := DateOf(time.Unix(rapid.Int64Range(0, 4e9).Draw(t, "t"), 0), time.UTC)
		n := rapid.IntRange(-800, 800).Draw(t, "n")
		if got := d.DaysUntil(d.AddDays(n)); got != n {
			t.Fatalf("%s + %d days is %d days away", d, n, got)
		}
	})
}

func TestPeriod_shapes(t *testing.T) {
	cases := map[string]struct {
		p     Period
		shape Shape
		days  int
	}{
		"month":     {Month(2024, time.February), ShapeMonth, 29},
		"quarter":   {Quarter(2026, 2), ShapeQuarter, 91},
		"year":      {YearFrom(2025, time.January), ShapeYear, 365},
		"financial": {YearFrom(2016, time.April), ShapeFiscal, 365},
		"odd":       {Period{MustDate(2026, 1, 3), MustDate(2026, 1, 9)}, ShapeDays, 6},
	}
	for name, c := range cases {
		require.Equal(t, c.shape, c.p.Shape(), name)
		require.Equal(t, c.days, c.p.Days(), name)
	}
	require.Equal(t, Quarter(2026, 1), Quarter(2026, 2).Before())
	require.Equal(t, Month(2025, time.December), Month(2026, time.January).Before())
	require.Equal(t, Quarter(2025, 2), Quarter(2026, 2).YearEarlier())
	require.Len(t, YearFrom(2016, time.April).Months(), 12)
	_, err := NewPeriod(MustDate(2026, 1, 1), MustDate(2026, 1, 1))
	require.Error(t, err)
}

// DX-18: 122 bits of an id are random.
func TestID(t *testing.T) {
	a, b := NewID(), NewID()
	require.NotEqual(t, a, b)
	got, err := ParseID(string(a))
	require.NoError(t, err)
	require.Equal(t, a, got)
	// A version 7 id tells the minute it was made.
	_, err = ParseID("01890a5d-ac96-774b-bcce-b302099a8057")
	require.ErrorContains(t, err, "version 4")
	for _, bad := range []string{"", "x", "7c1e0000-0000-4000-8000-00000000000z", "7c1e00000000400080000000000000000000"} {
		_, err := ParseID(bad)
		require.Error(t, err, bad)
	}
}

func TestLine_Check(t *testing.T) {
	ok := Line{Recipient: RecipientAtRisk, Supply: SupplyFirst, People: 1, Kits: 1}
	require.NoError(t, ok.Check())
	for name, change := range map[string]func(*Line){
		"no kits":          func(l *Line) { l.Kits = 0 },
		"negative kits":    func(l *Line) { l.Kits = -1 },
		"too many kits":    func(l *Line) { l.Kits = 100 },
		"nobody":           func(l *Line) { l.People = 0 },
		"repeat, silent":   func(l *Line) { l.Supply = SupplyRepeat },
		"first and reason": func(l *Line) { l.Reason = "lost" },
	} {
		l := ok
		change(&l)
		require.Error(t, l.Check(), name)
	}
}

func TestCount(t *testing.T) {
	require.Equal(t, "236.5", Count{473, 473}.String())
	require.Equal(t, "1–4", Count{2, 8}.String())
	require.Equal(t, "8159", ExactKits(6497).Plus(ExactKits(700)).Plus(ExactKits(962)).String())
	require.Equal(t, Count{2, 8}, ExactKits(10).Minus(Count{12, 18}))
}

func TestActor_deniesByDefault(t *testing.T) {
	worker := Actor{Grant: Grant{Role: RoleWorker}}
	require.True(t, worker.May(VerbRecord))
	require.False(t, worker.May(VerbCoverage))
	require.False(t, Actor{}.May(VerbRecord))
	worker.Account.Disabled = true
	require.False(t, worker.May(VerbRecord))

	site, area := NewID(), NewID()
	bound := Actor{Grant: Grant{Role: RoleWorker, Site: site}}
	require.True(t, bound.Reaches(Site{ID: site, Area: area}))
	require.False(t, bound.Reaches(Site{ID: NewID(), Area: area}))
	require.False(t, bound.ReachesArea(area))
	manager := Actor{Grant: Grant{Role: RoleManager, Area: area}, Areas: []ID{area}}
	require.True(t, manager.Reaches(Site{ID: site, Area: area}))
	require.False(t, manager.Reaches(Site{ID: site, Area: NewID()}))
}

func TestParsePeriod(t *testing.T) {
	for s, want := range map[string]Period{
		"2026-03": Month(2026, time.March), "2026-Q2": Quarter(2026, 2), "2026": YearFrom(2026, time.January), "FY2016": YearFrom(2016, time.April),
		"2026-01-03..2026-01-09": {MustDate(2026, 1, 3), MustDate(2026, 1, 9)},
	} {
		got, err := ParsePeriod(s, time.April)
		require.NoError(t, err, s)
		require.Equal(t, want, got, s)
		again, err := ParsePeriod(got.Param(), time.April)
		require.NoError(t, err)
		require.Equal(t, want, again)
	}
	for _, bad := range []string{"", "x", "26", "2026-13", "2026-Q5", "2026-Q", "FY2026-Q1", "2026-1", "2026-01-09..2026-01-03", "2026-06-31..2026-07-01", "99999", "2026-01-01"} {
		_, err := ParsePeriod(bad, time.April)
		require.Error(t, err, bad)
	}
	require.Equal(t, Period{MustDate(2025, 11, 1), MustDate(2026, 11, 1)}, Twelve(MustDate(2026, 11, 23)))
}

func TestRefresherDue(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		day     Date
		setting Setting
		want    string
	}{
		"staff":       {MustDate(2026, 3, 31), "drug_treatment", "2029-03-31"},
		"police":      {MustDate(2026, 3, 31), "police", "2027-03-31"},
		"nowhere":     {MustDate(2026, 3, 31), "", "2029-03-31"},
		"29 February": {MustDate(2024, 2, 29), "gp", "2027-03-01"},
	} {
		if got := RefresherDue(c.day, c.setting).String(); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}
