package server_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/stretchr/testify/require"

	"thntracker/internal/thn"
)

// reached gives the second home Scotland's 32,969 people and three estimates of
// how many are at risk, in place of its own.
func (h *house) reached(t *testing.T) home {
	t.Helper()
	m, ctx := h.homes["two"], t.Context()
	require.NoError(t, h.Store.AddDenominators(ctx, m.programme.ID, "", thn.Denominator{ID: thn.NewID(), Corrects: m.denominator, Void: true}))
	fiscal := func(year int) thn.Period { return thn.YearFrom(year, time.April) }
	require.NoError(t, h.Store.AddTotals(ctx, m.programme.ID, "", thn.PeriodTotal{ID: thn.NewID(), Measure: thn.MeasurePeople, Supply: thn.SupplyFirst, Recipient: thn.RecipientAtRisk,
		Area: m.root, Period: thn.Period{From: fiscal(2011).From, To: fiscal(2021).From}, Count: thn.ExactKits(32_969), Source: "Public Health Scotland"}))
	for _, d := range []thn.Denominator{
		{Period: fiscal(2020), Value: 57_300, Low: 57_300, High: 57_300, Definition: "implied by the published 57.53 per cent"},
		{Period: fiscal(2019), Value: 47_100, Low: 45_700, High: 48_600, Definition: "opioid dependence, 2019/20 model"},
		{Period: fiscal(2022), Value: 43_400, Low: 41_900, High: 45_100, Definition: "opioid dependence, 2022/23 model"},
	} {
		d.ID, d.Kind, d.Area, d.Source = thn.NewID(), thn.AtRisk, m.root, "Public Health Scotland"
		require.NoError(t, h.Store.AddDenominators(ctx, m.programme.ID, "", d))
	}
	return m
}

func cellsOf(s *goquery.Selection) (list []string) {
	s.Children().Each(func(_ int, c *goquery.Selection) { list = append(list, strings.TrimSpace(c.Text())) })
	return list
}

func TestDenominators_theChoiceAndWhatItDoes(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.reached(t)
	manager := h.signIn(t, "plain-manager")

	list := htmlOf(t, h.ask(t, http.MethodGet, "/denominators", manager, nil))
	require.Equal(t, 3, list.Find("table tbody tr").Length(), "the series of a place stand side by side")
	link, ok := list.Find(`a[href^="/denominators/effect"]`).Attr("href")
	require.True(t, ok)
	require.Equal(t, 1, list.Find(`a[href^="/denominators/effect"]`).Length(), "once for each place")

	effect := htmlOf(t, h.ask(t, http.MethodGet, link+"&period=2022-04-01..2023-04-01", manager, nil))
	got := map[string]string{}
	var use string
	effect.Find("table tbody tr").Each(func(_ int, row *goquery.Selection) {
		cells := cellsOf(row)
		got[cells[2]] = cells[3]
		if cells[2] == "47,100" {
			use, _ = row.Find("a.act").Attr("href")
		}
	})
	require.Equal(t, map[string]string{"57,300": "57.5", "47,100": "70.0 (67.8–72.1)", "43,400": "76.0 (73.1–78.7)"}, got)
	require.Contains(t, effect.Find("main h2").First().Text(), "57.5 or 76.0")

	one := htmlOf(t, h.ask(t, http.MethodGet, use, manager, nil))
	require.Contains(t, one.Find("table tbody").Text(), "70.0 (67.8–72.1)")
	require.NotContains(t, one.Find("table tbody").Text(), "76.0", "set against one alone")
	require.Equal(t, "opioid dependence, 2019/20 model (Public Health Scotland)", one.Find(`select[name="base"] option[selected]`).Text())
	file := h.ask(t, http.MethodGet, strings.Replace(use, "/figures/reach?", "/figures/reach.csv?", 1), manager, nil)
	require.Contains(t, file.body, "70.0")
	require.NotContains(t, file.body, "76.0")

	page := htmlOf(t, h.ask(t, http.MethodGet, "/coverage?period=2022-04-01..2023-04-01", manager, nil))
	require.Contains(t, page.Find("p.say").Text(), "between 58 and 76 have ever had a kit, depending on which of 3 estimates is used")
	require.Equal(t, 1, page.Find(`#reach a[href^="/denominators/effect"]`).Length())
	chosen := htmlOf(t, h.ask(t, http.MethodGet, "/coverage?period=2022-04-01..2023-04-01&base="+url.QueryEscape("opioid dependence, 2022/23 model"), manager, nil))
	require.Contains(t, chosen.Find("p.say").Text(), "76 in 100 people at risk")

	require.Equal(t, http.StatusNotFound, h.ask(t, http.MethodGet, "/figures/reach?base=nobody+counted+this", manager, nil).status)
	require.Equal(t, http.StatusNotFound, h.ask(t, http.MethodGet, "/denominators/effect?kind=trees", manager, nil).status)
	require.Equal(t, http.StatusNotFound, h.ask(t, http.MethodGet, "/denominators/effect?area="+string(h.homes["one"].area), manager, nil).status)
}

func TestTargets_setReadAndEnded(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.reached(t)
	manager := h.signIn(t, "plain-manager")
	f := url.Values{"id": {string(thn.NewID())}, "indicator": {"reach"}, "area": {""}, "value": {"often"}, "from-day": {"1"}, "from-month": {"4"}, "from-year": {"2022"},
		"source": {"Strategy 2022"}, "url": {""}}
	got := h.ask(t, http.MethodPost, "/targets", manager, f)
	require.Equal(t, http.StatusUnprocessableEntity, got.status)
	require.Equal(t, "often", htmlOf(t, got).Find("#value").AttrOr("value", ""), "nothing typed is lost")
	f.Set("value", "72,5")
	require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, "/targets", manager, f).status)

	judged := func(period string) (list []string) {
		htmlOf(t, h.ask(t, http.MethodGet, "/figures/reach?period="+period, manager, nil)).Find("table tbody tr td:last-child").Each(func(_ int, c *goquery.Selection) {
			list = append(list, strings.TrimSpace(c.Text()))
		})
		return list
	}
	after, before := judged("2022-04-01..2023-04-01"), judged("2021-04-01..2022-04-01")
	require.Equal(t, []string{"Reached 72.5: 104.8 (100.8–108.5)% of it", "Below 72.5: 79.4% of it", "Below 72.5: 96.5 (93.6–99.5)% of it"}, after)
	require.Contains(t, before[0], "Below 90", "what the time before was read against")

	list := htmlOf(t, h.ask(t, http.MethodGet, "/targets", manager, nil))
	require.Contains(t, list.Find("table").First().Text(), "72.5")
	end := list.Find(`a[href$="/close"]`).First().AttrOr("href", "")
	require.Equal(t, http.StatusOK, h.ask(t, http.MethodGet, end, manager, nil).status)
	day := url.Values{"from-day": {"1"}, "from-month": {"4"}, "from-year": {"2022"}}
	ended := 0
	list.Find(`a[href$="/close"]`).Each(func(_ int, a *goquery.Selection) {
		if h.ask(t, http.MethodPost, a.AttrOr("href", ""), manager, day).status == http.StatusSeeOther {
			ended++
		}
	})
	require.Positive(t, ended)
	require.Contains(t, judged("2022-04-01..2023-04-01")[0], "Below 90", "one that never held holds nowhere")
}
