package release_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/fault"
	"thntracker/internal/release"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

// record stores many kits given out in 2025 at a site of the first area.
func (p *place) record(t *testing.T, site thn.ID, kits thn.Kits) {
	t.Helper()
	products, err := p.Products(t.Context(), p.programme.ID)
	require.NoError(t, err)
	d := thn.Distribution{ID: thn.NewID(), Day: thn.MustDate(2025, 3, 4), Site: site, Area: p.areas[0], Setting: "needle_exchange", Supplier: "nurse", Channel: thn.ChannelCommunity,
		Product: products[0].ID, Training: "brief", Lines: []thn.Line{{Recipient: thn.RecipientAtRisk, Supply: thn.SupplyFirst, People: int(kits), Kits: kits}}}
	out, err := p.Append(t.Context(), []thn.Submission{{Programme: p.programme.ID, Record: d}})
	require.NoError(t, err)
	require.Equal(t, []thn.Outcome{thn.Stored}, out)
}

// A release to which nothing was added in this hour is as at the hour before, so
// that what comes in later changes nothing of it; otherwise it holds what came in.
func TestClose_asAtAnHourThatIsOver(t *testing.T) {
	t.Parallel()
	storetest.EachURL(t, func(t *testing.T, url string) {
		p := newPlace(t, url)
		site := thn.NewID()
		require.NoError(t, p.AddSites(t.Context(), p.programme.ID, "", thn.Site{ID: site, Area: p.areas[0], Name: "Quay", Setting: "needle_exchange", Channel: thn.ChannelCommunity, Supplier: "nurse"}))
		p.record(t, site, 90)
		*p.now = p.now.Add(90 * time.Minute)
		o := p.order()
		o.AsAt = time.Time{}
		e, err := p.releases.Close(t.Context(), o)
		require.NoError(t, err)
		require.Equal(t, storetest.Noon.UTC().Truncate(time.Hour), e.AsAt)
		require.NoError(t, p.releases.Publish(t.Context(), p.programme.ID, "", e.Number, time.Time{}))
		_, err = p.releases.Revise(t.Context(), release.Order{Programme: p.programme}, e.Number, "late records")
		key, _ := fault.Sentence(err)
		require.Equal(t, "edition.error.unchanged", key)
		p.record(t, site, 50)
		for range 2 {
			_, same, err := p.releases.Check(t.Context(), p.programme, e.Number)
			require.NoError(t, err)
			require.True(t, same, "at %s", *p.now)
			*p.now = p.now.Add(10 * time.Minute)
		}
		revised, err := p.releases.Revise(t.Context(), release.Order{Programme: p.programme}, e.Number, "late records")
		require.NoError(t, err)
		require.Equal(t, p.now.Truncate(time.Hour), revised.AsAt, "what was just recorded is in it")
		const whole = `"Low":280,"High":280` // counts are kept in halves
		require.True(t, strings.Contains(string(revised.Body), whole))
		require.False(t, strings.Contains(string(e.Body), whole))
	})
}
