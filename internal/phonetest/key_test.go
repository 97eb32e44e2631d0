package phonetest

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/browsertest"
	"thntracker/internal/thn"
)

// F-40: phones that hold records under a key that was replaced hand them in as
// before, and seal to the new one once they have heard of it. What comes after
// the old key is gone waits for the manager, who is told how many.
func TestKeyRotated(t *testing.T) {
	t.Parallel()
	w := open(t)
	away, tab := phone(w), phone(w)
	firstKit(tab)
	settled(t, tab, 1)
	w.proxy.Stop()
	firstKit(away)
	saveMany(t, away, 1)
	away.Goto("about:blank") // for eighteen months
	saveMany(t, tab, 2)
	require.Contains(t, w.thn("keys", "rotate"), "phones seal to key 2 from now on")
	w.proxy.Start()
	tab.SetClock(2 * time.Hour) // so that it fetches its outfit again
	w.ready(tab)
	records := settled(t, tab, 3)
	require.Equal(t, map[string]int{"received": 3}, states(records))
	firstKit(tab)
	records = settled(t, tab, 4)
	w.once(records)
	require.True(t, strings.HasSuffix(records[2].KID, ".1"))
	require.True(t, strings.HasSuffix(records[3].KID, ".2"), "the new key is in use")

	w.query(`UPDATE sealing_keys SET retired_on = '2020-01-01' WHERE number = 1`)
	require.Contains(t, w.thn("keys", "destroy"), "1 keys destroyed")
	w.ready(away)
	late := settled(t, away, 2)
	require.Equal(t, map[string]int{"look": 2}, states(late))
	require.Len(t, w.held(), 2)
	manager := browsertest.New(t)
	w.signInSite(manager, thn.RoleManager)
	require.Equal(t, http.StatusOK, manager.Goto(w.proxy.URL()+"/review"))
	require.Contains(t, manager.Text("main"), "2 of them cannot be read")
}
