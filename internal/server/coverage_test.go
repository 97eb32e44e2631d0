package server_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/stretchr/testify/require"

	"thntracker/internal/page"
	"thntracker/internal/thn"
)

// spread is the plain programme with a second region, so that areas stand side
// by side: 30 kits in the first region and 12 in the second in October, 20 and 10
// a year before.
func spread(t *testing.T, h *house) (home, thn.ID) {
	t.Helper()
	m := h.homes["two"]
	other := thn.NewID()
	ctx, id := t.Context(), m.programme.ID
	require.NoError(t, h.Store.AddAreas(ctx, id, "", thn.Area{ID: other, Parent: m.root, Kind: "region", Code: "OT", Name: "Other region"}))
	for area, kits := range map[thn.ID][2]int64{m.area: {20, 30}, other: {10, 12}} {
		require.NoError(t, h.Store.AddDenominators(ctx, id, "", thn.Denominator{ID: thn.NewID(), Kind: thn.AtRisk, Area: area, Period: thn.YearFrom(2025, time.January),
			Value: 100, Low: 90, High: 110, Definition: "People at risk", Source: "Survey"}))
		for i, month := range []thn.Period{thn.Month(2025, time.October), thn.Month(2026, time.October)} {
			require.NoError(t, h.Store.AddTotals(ctx, id, "", thn.PeriodTotal{ID: thn.NewID(), Measure: thn.MeasureKits, Area: area, Period: month,
				Count: thn.ExactKits(kits[i]), Source: "Report"}))
		}
	}
	return m, other
}

func texts(s *goquery.Selection) []string {
	return s.Map(func(_ int, x *goquery.Selection) string { return strings.Join(strings.Fields(x.Text()), " ") })
}

func TestCoverage_saysWhereKitsAreMissing(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	_, other := spread(t, h)
	manager := h.signIn(t, "plain-manager")
	doc := h.see(t, "/coverage?period=2026-10", manager)
	said := texts(doc.Find("p.say"))
	require.Equal(t, "In October 2026, 42 kits were given out.", said[0])
	require.Equal(t, "Kits are missing most in Other region: 144 (131–160) a year for each 100 people at risk. Look at Other region", said[2])
	require.Equal(t, "/coverage?area="+string(other)+"&period=2026-10", doc.Find("p.say").Eq(2).Find("a").AttrOr("href", ""))
	require.Equal(t, "Other region", doc.Find("#areas table tbody tr").First().Find("th a").Text(), "the least first")
	for _, s := range page.SectionsOf(true) {
		figure := doc.Find("#" + s.ID)
		if figure.Length() == 0 {
			continue
		}
		require.Equal(t, 1, figure.Find(`.files a[href^="/coverage/`+s.ID+`.csv?"]`).Length(), s.ID)
		require.NotZero(t, figure.Find("details.definition").Length(), s.ID)
		file := h.ask(t, http.MethodGet, "/coverage/"+s.ID+".csv?period=2026-10", manager, nil)
		require.Equal(t, http.StatusOK, file.status, s.ID)
	}
	require.Zero(t, doc.Find("#releases").Length(), "what has nothing to say is no table")
	require.Contains(t, texts(doc.Find("#absent li")), "Prison release: no month of releases has been recorded. Begin")
	require.Equal(t, "/releases", doc.Find(`#absent a[href="/releases"]`).AttrOr("href", ""))
}

func TestCoverage_besideTheYearBefore(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	spread(t, h)
	manager := h.signIn(t, "plain-manager")
	doc := h.see(t, "/coverage?period=2026-10&compare=year", manager)
	require.Contains(t, doc.Find(".figures dt").First().Text(), "12 more than in October 2025. That is +40 in 100.")
	at := slices.Index(texts(doc.Find("#areas thead th")), "Kits, October 2025") - 1
	require.Equal(t, "Kits: change, in 100", texts(doc.Find("#areas thead th"))[at+2])
	rows := doc.Find("#areas tbody tr")
	require.Equal(t, []string{"10", "too few then"}, texts(rows.Eq(0).Find("td"))[at:at+2], "2 more than 10")
	require.Equal(t, []string{"20", "50"}, texts(rows.Eq(1).Find("td"))[at:at+2], "10 more than 20")
	require.Contains(t, doc.Find("#areas").Text(), "from October 2025 to October 2026")
	require.NotZero(t, doc.Find("#areas svg line.then").Length(), "and it is drawn")
	csv := h.ask(t, http.MethodGet, "/coverage/areas.csv?period=2026-10&compare=year", manager, nil).body
	require.Contains(t, csv, "kits_change", "the file has what the page has")
	before := h.see(t, "/coverage?period=2026-10&compare=before", manager)
	require.Contains(t, before.Find(".figures dt").First().Text(), "October 2026.")
	require.Contains(t, texts(before.Find("#areas thead th")), "Kits, September 2026")
}

func TestCoverage_goesDownAndBack(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	m, other := spread(t, h)
	manager := h.signIn(t, "plain-manager")
	top := h.see(t, "/coverage?period=2026-10&compare=year", manager)
	require.Zero(t, top.Find("nav.trail").Length())
	down := top.Find("#areas .chart-wide svg a").First().AttrOr("href", "")
	require.Equal(t, "/coverage?area="+string(other)+"&compare=year&period=2026-10", down, "a bar leads there, and the rest of the view stays")
	require.Equal(t, "group", top.Find("#areas .chart-wide svg").AttrOr("role", ""), "what is in a picture cannot be followed")
	doc := h.see(t, "/coverage?period=2026-10&area="+string(m.area), manager)
	require.Equal(t, []string{"Plain country", "Plain region"}, texts(doc.Find("nav.trail li")))
	require.Equal(t, "/coverage?area="+string(m.root)+"&period=2026-10", doc.Find("nav.trail a").AttrOr("href", ""))
	require.Zero(t, doc.Find("#areas").Length(), "an area that is not divided shows its sites")
	doc = h.see(t, "/coverage?period=2026-11&area="+string(m.area), manager)
	require.Equal(t, "Plain site", texts(doc.Find("#sites tbody th"))[0])
	doc = h.see(t, "/coverage?period=2026-11&channel=community_outlet", manager)
	require.Equal(t, []string{"Everywhere", "Community outlet"}, texts(doc.Find("nav.trail li")))
}

func TestCoverage_outOfReachIsNotFound(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	m, other := spread(t, h)
	ctx := t.Context()
	_, err := h.Accounts.Create(ctx, "", thn.Account{Handle: "plain-regional"}, password, thn.Grant{Programme: m.programme.ID, Role: thn.RoleManager, Area: m.area})
	require.NoError(t, err)
	regional := h.signIn(t, "plain-regional")
	require.Equal(t, http.StatusOK, h.ask(t, http.MethodGet, "/coverage?area="+string(m.area), regional, nil).status)
	for _, path := range []string{"/coverage?area=" + string(other), "/coverage/areas.csv?area=" + string(other), "/coverage?area=" + string(h.homes["one"].area), "/coverage?channel=nowhere"} {
		require.Equal(t, http.StatusNotFound, h.ask(t, http.MethodGet, path, regional, nil).status, path)
	}
	page := h.ask(t, http.MethodGet, "/coverage?period=2026-10", regional, nil).body
	require.NotContains(t, page, "Other region")
	require.NotContains(t, h.ask(t, http.MethodGet, "/digest?week=2026-10-14", regional, nil).body, "Other region")
}

func TestCoverage_badPeriodsSayWhatToDo(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	manager := h.signIn(t, "plain-manager")
	for query, want := range map[string]string{
		"period=rain":                    "The period in the address is not one this page knows. Choose it from the list.",
		"from=2026-02-30&to=2026-03-01":  "Enter the first day as year, month and day, such as 2026-01-31.",
		"from=2026-03-01":                "Enter the last day as year, month and day, such as 2026-03-31.",
		"from=2026-03-31&to=2026-01-01":  "The last day is before the first. Enter a day that is not.",
		"period=2026-1":                  "The period in the address is not one this page knows. Choose it from the list.",
		"period=2026-03-01..2026-03-01":  "The period in the address is not one this page knows. Choose it from the list.",
		"period=FY2026&from=x&to=y":      "Enter the first day as year, month and day, such as 2026-01-31.",
		"from=%3Cb%3E&to=2026-01-01":     "Enter the first day as year, month and day, such as 2026-01-31.",
		"from=2026-01-01&to=2026-01-011": "Enter the last day as year, month and day, such as 2026-03-31.",
	} {
		got := h.ask(t, http.MethodGet, "/coverage?"+query, manager, nil)
		require.Equal(t, http.StatusUnprocessableEntity, got.status, query)
		doc, err := goquery.NewDocumentFromReader(strings.NewReader(got.body))
		require.NoError(t, err)
		require.Equal(t, want, strings.TrimSpace(doc.Find("#problems li").Text()), query)
		_, open := doc.Find("details.choose").Attr("open")
		require.True(t, open, query)
		values, err := url.ParseQuery(query)
		require.NoError(t, err)
		require.Equal(t, values.Get("from"), doc.Find("#from").AttrOr("value", ""), "their own words come back")
		require.Equal(t, http.StatusUnprocessableEntity, h.ask(t, http.MethodGet, "/coverage/months.csv?"+query, manager, nil).status)
	}
}

// TestCoverage_addressesRoundTrip: every address that a view gives shows the same
// period again, and one tap leads to the period before and after.
func TestCoverage_addressesRoundTrip(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	spread(t, h)
	manager := h.signIn(t, "plain-manager")
	for query, want := range map[string][3]string{
		"period=2026-05":                 {"April 2026", "May 2026", "June 2026"},
		"period=2026-Q1":                 {"October to December 2025", "January to March 2026", "April to June 2026"},
		"period=2025":                    {"2024", "2025", "2026"},
		"period=FY2024":                  {"April 2023 to March 2024", "April 2024 to March 2025", "April 2025 to March 2026"},
		"from=2026-03-02&to=2026-03-08":  {"23 February 2026 to 1 March 2026", "2 to 8 March 2026", "9 to 15 March 2026"},
		"":                               {"November 2024 to October 2025", "November 2025 to October 2026", "November 2026 to October 2027"},
		"period=2026-11":                 {"October 2026", "November 2026", ""},
		"period=2026-Q1&from=&to=":       {"October to December 2025", "January to March 2026", "April to June 2026"},
		"period=2026-05-01..2026-05-02&": {"30 April 2026", "1 May 2026", "2 May 2026"},
	} {
		doc := h.see(t, "/coverage?"+query, manager)
		require.Equal(t, want[1], doc.Find(".turn strong").Text(), query)
		require.Equal(t, want[0], strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(doc.Find(".turn a[rel=prev]").Contents().Last().Text()), "‹")), query)
		next := doc.Find(".turn a[rel=next]")
		require.Equal(t, want[2] != "", next.Length() == 1, query)
		again := h.see(t, doc.Find(`p.note a[href^="/coverage?"]`).AttrOr("href", ""), manager)
		require.Equal(t, want[1], again.Find(".turn strong").Text(), query)
		require.Equal(t, doc.Find("#months").Text(), again.Find("#months").Text(), query)
		before := h.see(t, doc.Find(".turn a[rel=prev]").AttrOr("href", ""), manager)
		require.Equal(t, want[0], before.Find(".turn strong").Text(), query)
		require.Equal(t, 1, doc.Find("#period option[selected]").Length(), "%s: one period is chosen", query)
	}
	groups := h.see(t, "/coverage", manager).Find("#period optgroup").Map(func(_ int, x *goquery.Selection) string { return x.AttrOr("label", "") })
	require.Equal(t, []string{"Months", "Quarters", "Calendar years", "Financial years"}, groups)
}
