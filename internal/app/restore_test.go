package app

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/config"
	"thntracker/internal/phone"
	"thntracker/internal/thn"
)

// watched is a listener that does something before it lets anybody in.
type watched struct {
	net.Listener
	once  sync.Once
	first func()
}

func (w *watched) Accept() (net.Conn, error) {
	w.once.Do(w.first)
	return w.Listener.Accept()
}

// DX-22: whoever puts back a backup of before something was erased reads it no more.
// What goes by its age is gone again before the server lets anybody in. (There is no
// other kind of erasing: a record that is taken out stays in the ledger as it was.)
func TestServe_erasesOnceMoreWhatABackupBrings(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, time.March, 1, 12, 0, 0, 0, time.UTC)
	file := filepath.Join(t.TempDir(), "t.db")
	opened := func() *App {
		a, err := Open(t.Context(), config.Config{Database: "sqlite:" + file}, Options{Now: func() time.Time { return now }})
		require.NoError(t, err)
		return a
	}
	a := opened()
	p := thn.Programme{ID: thn.NewID(), Name: "Test", Country: "XD", Zone: "UTC", Fiscal: 1}
	root, site, product, record := thn.NewID(), thn.NewID(), thn.NewID(), thn.NewID()
	require.NoError(t, a.Store.Found(t.Context(), thn.Founding{Programme: p, Country: thn.Area{ID: root, Kind: thn.AreaCountry, Name: "Testland"},
		Products: []thn.Product{{ID: product, Code: "spray", Name: "Spray", Route: "nasal"}}}))
	require.NoError(t, a.Store.AddSites(t.Context(), p.ID, "", thn.Site{ID: site, Area: root, Name: "Harbour", Setting: "gp", Channel: thn.ChannelCommunity, Supplier: "nurse"}))
	d := thn.Distribution{ID: record, Day: thn.DateOf(now, time.UTC), Site: site, Area: root, Setting: "gp", Supplier: "nurse", Channel: thn.ChannelCommunity, Product: product, Training: "brief",
		Lines: []thn.Line{{Recipient: thn.RecipientAtRisk, Supply: thn.SupplyFirst, People: 1, Kits: 1, Gender: "woman"}}}
	_, err := a.Store.Append(t.Context(), []thn.Submission{{Programme: p.ID, Record: d}})
	require.NoError(t, err)
	ring := phone.NewKeyring(a.Store, a.now)
	for range 2 {
		_, err := ring.Rotate(t.Context(), p, "")
		require.NoError(t, err)
	}
	kept := func(a *App) []string {
		f, _, err := a.Store.Fact(t.Context(), p.ID, record)
		require.NoError(t, err)
		keys, err := a.Store.SealingKeys(t.Context(), p.ID)
		require.NoError(t, err)
		return []string{string(f.(thn.Distribution).Lines[0].Gender), keys[0].Private}
	}
	require.NoError(t, a.Close())
	backup, err := os.ReadFile(file)
	require.NoError(t, err)

	now = now.AddDate(0, 20, 0)
	a = opened()
	a.eraseAnswers(t.Context())
	a.destroyKeys(t.Context())
	require.Equal(t, []string{"", ""}, kept(a))
	require.NoError(t, a.Close())

	require.NoError(t, os.WriteFile(file, backup, 0o600))
	a = opened()
	require.Equal(t, "woman", kept(a)[0], "the backup has it")
	require.NotEmpty(t, kept(a)[1])
	inner, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	ctx, stop := context.WithCancel(t.Context())
	var found []string
	require.NoError(t, a.Serve(ctx, &watched{Listener: inner, first: func() { found = kept(a); stop() }}))
	require.Equal(t, []string{"", ""}, found, "when the first could come in")
	require.NoError(t, a.Close())
}
