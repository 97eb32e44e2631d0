package server_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/thn"
)

// A manager lets another programme add the figures, and reads what follows from it;
// the other one sees whose figures it may add before it closes a period.
func TestContribution(t *testing.T) {
	h := newHouse(t)
	manager := h.signIn(t, "plain-manager")
	d := h.see(t, "/contribution", manager)
	require.Contains(t, d.Find("main").Text(), "There is no other programme of this country here.")

	neighbour := thn.Programme{ID: thn.NewID(), Name: "Harbour programme", Country: h.homes["two"].programme.Country, Zone: "UTC", Fiscal: 1, Demo: h.homes["two"].programme.Demo}
	require.NoError(t, h.Store.Found(t.Context(), thn.Founding{Programme: neighbour, Country: thn.Area{ID: thn.NewID(), Kind: thn.AreaCountry, Name: "Country"},
		Products: []thn.Product{{ID: thn.NewID(), Code: "nasal", Name: "Nasal", Route: "nasal"}}}))
	got := h.ask(t, http.MethodPost, "/contribution", manager, url.Values{"publisher": {"somebody"}})
	require.Equal(t, http.StatusUnprocessableEntity, got.status)
	require.Contains(t, htmlOf(t, got).Find("main").Text(), "Choose a programme from the list, or nobody.")
	require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, "/contribution", manager, url.Values{"publisher": {string(neighbour.ID)}}).status)
	require.Contains(t, h.see(t, "/contribution", manager).Find("table").Text(), "Harbour programme may add our figures to its own.")
	require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, "/contribution", manager, url.Values{"publisher": {"nobody"}}).status)
	require.Contains(t, h.see(t, "/contribution", manager).Find("table tbody tr").First().Text(), "Nobody may add our figures.")

	require.NoError(t, h.Store.AddContribution(t.Context(), "", thn.Contribution{Programme: neighbour.ID, Publisher: h.homes["two"].programme.ID}))
	require.Contains(t, h.see(t, "/editions/new", manager).Find("main").Text(), "One programme lets this one add its figures: Harbour programme.")
}
