package app

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/config"
	"thntracker/internal/phone"
	"thntracker/internal/thn"
)

func TestNoteHeads_onceADay(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, time.March, 1, 23, 30, 0, 0, time.UTC)
	var log bytes.Buffer
	dir := t.TempDir()
	a, err := Open(t.Context(), config.Config{Database: "sqlite:" + filepath.Join(dir, "t.db")}, Options{Now: func() time.Time { return now }, Log: &log})
	require.NoError(t, err)
	defer a.Close()
	require.Equal(t, "2026-03-01", a.noteHeads(t.Context(), ""))
	require.Empty(t, log.String(), "nothing to note yet")

	programme := thn.Programme{ID: thn.NewID(), Name: "Test", Country: "XD", Zone: "UTC", Fiscal: 1}
	require.NoError(t, a.Store.Found(t.Context(), thn.Founding{Programme: programme, Country: thn.Area{ID: thn.NewID(), Kind: thn.AreaCountry, Name: "Testland"}}))
	require.Equal(t, "2026-03-01", a.noteHeads(t.Context(), "2026-03-01"))
	require.Empty(t, log.String(), "noted already on this day")
	now = now.Add(time.Hour)
	require.Equal(t, "2026-03-02", a.noteHeads(t.Context(), "2026-03-01"))
	heads, err := a.Store.AuditHeads(t.Context())
	require.NoError(t, err)
	require.Contains(t, log.String(), "programme="+string(programme.ID)+" seq=1 link="+heads[programme.ID].Link)
	require.Equal(t, 1, strings.Count(log.String(), "\n"))
}

// The day after its first birthday an answer is gone, on the programme's own
// calendar, and the log says no more than the day.
func TestEraseAnswers_afterTwelveMonths(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, time.March, 1, 23, 30, 0, 0, time.UTC)
	var log bytes.Buffer
	a, err := Open(t.Context(), config.Config{Database: "sqlite:" + filepath.Join(t.TempDir(), "t.db")}, Options{Now: func() time.Time { return now }, Log: &log})
	require.NoError(t, err)
	defer a.Close()
	p := thn.Programme{ID: thn.NewID(), Name: "Test", Country: "XD", Zone: "Asia/Kolkata", Fiscal: 1} // there it is 2 March
	root, site, product := thn.NewID(), thn.NewID(), thn.NewID()
	require.NoError(t, a.Store.Found(t.Context(), thn.Founding{Programme: p, Country: thn.Area{ID: root, Kind: thn.AreaCountry, Name: "Testland"},
		Products: []thn.Product{{ID: product, Code: "spray", Name: "Spray", Route: "nasal"}}}))
	require.NoError(t, a.Store.AddSites(t.Context(), p.ID, "", thn.Site{ID: site, Area: root, Name: "Harbour", Setting: "gp", Channel: thn.ChannelCommunity, Supplier: "nurse"}))
	ids := map[thn.Date]thn.ID{}
	for _, day := range []thn.Date{thn.MustDate(2025, 3, 1), thn.MustDate(2025, 3, 2)} {
		ids[day] = thn.NewID()
		d := thn.Distribution{ID: ids[day], Day: day, Site: site, Area: root, Setting: "gp", Supplier: "nurse", Channel: thn.ChannelCommunity, Product: product, Training: "brief",
			Lines: []thn.Line{{Recipient: thn.RecipientAtRisk, Supply: thn.SupplyFirst, People: 1, Kits: 1, Gender: "woman"}}}
		_, err := a.Store.Append(t.Context(), []thn.Submission{{Programme: p.ID, Record: d}})
		require.NoError(t, err)
	}
	gender := func(day thn.Date) thn.Gender {
		f, _, err := a.Store.Fact(t.Context(), p.ID, ids[day])
		require.NoError(t, err)
		return f.(thn.Distribution).Lines[0].Gender
	}
	for range 2 {
		a.eraseAnswers(t.Context())
		require.Empty(t, gender(thn.MustDate(2025, 3, 1)))
		require.Equal(t, thn.Gender("woman"), gender(thn.MustDate(2025, 3, 2)))
	}
	require.Equal(t, 1, strings.Count(log.String(), "erased answers"))
	require.NotContains(t, log.String(), "woman")
	now = now.Add(24 * time.Hour)
	a.eraseAnswers(t.Context())
	require.Empty(t, gender(thn.MustDate(2025, 3, 2)))
	report, err := a.Store.VerifyAudit(t.Context(), p.ID)
	require.NoError(t, err)
	require.Empty(t, report.Findings)
}

// A key goes once it was replaced eighteen months ago, without anybody's doing.
func TestDestroyKeys_afterEighteenMonths(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, time.March, 1, 12, 0, 0, 0, time.UTC)
	var log bytes.Buffer
	a, err := Open(t.Context(), config.Config{Database: "sqlite:" + filepath.Join(t.TempDir(), "t.db")}, Options{Now: func() time.Time { return now }, Log: &log})
	require.NoError(t, err)
	defer a.Close()
	p := thn.Programme{ID: thn.NewID(), Name: "Test", Country: "XD", Zone: "UTC", Fiscal: 1}
	require.NoError(t, a.Store.Found(t.Context(), thn.Founding{Programme: p, Country: thn.Area{ID: thn.NewID(), Kind: thn.AreaCountry, Name: "Testland"}}))
	ring := phone.NewKeyring(a.Store, a.now)
	for range 2 {
		_, err := ring.Rotate(t.Context(), p, "")
		require.NoError(t, err)
	}
	for _, months := range []int{0, 18} {
		now = time.Date(2026, time.March+time.Month(months), 1, 12, 0, 0, 0, time.UTC)
		a.destroyKeys(t.Context())
		require.Empty(t, log.String())
	}
	now = now.AddDate(0, 1, 0)
	a.destroyKeys(t.Context())
	a.destroyKeys(t.Context())
	require.Equal(t, 1, strings.Count(log.String(), "destroyed keys"))
	keys, err := a.Store.SealingKeys(t.Context(), p.ID)
	require.NoError(t, err)
	require.Equal(t, []bool{true, false}, []bool{keys[0].Private == "", keys[1].Private == ""})
}
