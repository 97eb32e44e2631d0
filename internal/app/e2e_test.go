package app_test

import (
	"context"
	"net"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/app"
	"thntracker/internal/browsertest"
	"thntracker/internal/config"
	"thntracker/internal/demo"
	"thntracker/internal/lang"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(browsertest.With(m))) }

// clock stands at an afternoon, so that "today" is one day in every zone a
// programme of the demonstration uses.
func clock() time.Time { return time.Date(2026, time.November, 23, 14, 30, 0, 0, time.UTC) }

// serve starts the whole program on a free port.
func serve(t *testing.T, settings config.Config, pseudo ...lang.Pseudo) (address string, a *app.App) {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	a, err := app.Open(ctx, settings, app.Options{Now: clock, Log: logTo{t}, Pseudo: pseudo})
	require.NoError(t, err)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	done := make(chan error, 1)
	go func() { done <- a.Serve(ctx, listener) }()
	t.Cleanup(func() {
		stop()
		require.NoError(t, <-done)
		require.NoError(t, a.Close())
	})
	return "http://" + listener.Addr().String(), a
}

type logTo struct{ t *testing.T }

func (l logTo) Write(p []byte) (int, error) {
	if strings.Contains(string(p), "level=ERROR") {
		l.t.Log(strings.TrimSpace(string(p)))
	}
	return len(p), nil
}

// as opens a tab and signs in with one of the demonstration's accounts.
func as(t *testing.T, address string, role thn.Role) *browsertest.Tab {
	t.Helper()
	tab := browsertest.New(t)
	tab.SetViewport(360, 640, true, true)
	tab.Goto(address + "/sign-in")
	for _, s := range demo.SignIns() {
		if s.Role == role {
			tab.Fill("#handle", s.Handle)
			tab.Fill("#password", s.Password)
			tab.Follow("main button.go")
			return tab
		}
	}
	t.Fatalf("no demonstration account for %s", role)
	return nil
}

func TestWorker_givesOutAKit(t *testing.T) {
	for _, script := range []string{"with script", "without script"} {
		t.Run(script, func(t *testing.T) {
			tab := as(t, demonstration(t), thn.RoleWorker)
			tab.DisableScript(script == "without script")
			tab.Goto(strings.TrimSuffix(tab.URL(), "/give-out") + "/give-out")
			require.False(t, tab.Exists(".saved"))

			// A complete record of a repeat supply: five taps and no typing.
			tab.Click("#recipient-0")
			tab.Click("#supply-1")
			tab.Click("#reason-2")
			tab.Click(".thumb .go")
			tab.Wait(".saved")
			require.Contains(t, tab.Text(".saved"), "1 kit")
			tab.Screenshot("worker-saved-360-" + strings.ReplaceAll(script, " ", "-"))

			tab.Follow(".saved a.button")
			tab.Click("#supply-0")
			tab.Follow(".thumb .go")
			require.Contains(t, strings.ToLower(tab.Text(".saved")), "first kit")

			require.True(t, tab.Exists(".again"), "a first kit may be repeated in one tap")
			tab.Follow(".again button")
			require.Contains(t, tab.Text(".saved"), "1 kit")
			tab.Follow(".saved form button")
			require.Contains(t, tab.Text(".saved"), "Taken out")
		})
	}
}

func TestWorker_isToldWhatToPutRight(t *testing.T) {
	tab := as(t, demonstration(t), thn.RoleWorker)
	tab.Fill("#kits", "many")
	tab.Follow(".thumb .go")
	require.Equal(t, "problems", browsertest.Eval[string](tab, "document.activeElement.id"))
	require.True(t, strings.HasPrefix(browsertest.Eval[string](tab, "document.title"), "Error: "))
	require.Equal(t, "many", tab.Value("#kits"), "the answer stays")
	for _, link := range []string{"recipient", "supply", "kits"} {
		require.True(t, tab.Exists(`.problems a[href="#`+link+`"]`), link)
		require.True(t, browsertest.Eval[bool](tab, `document.getElementById("`+link+`") !== null`), link)
	}
	require.Empty(t, tab.Axe())
	tab.Screenshot("worker-error-360")
}

func TestWorker_countsAGroup(t *testing.T) {
	address := demonstration(t)
	tab := as(t, address, thn.RoleWorker)
	tab.Follow(`main a[href="/give-out/several"]`)
	for range 7 {
		tab.Click(`button[value="risk_first"]`)
	}
	for range 5 {
		tab.Click(`button[value="family_first"]`)
	}
	tab.Screenshot("worker-several-360")
	tab.Follow(".thumb .go") // the thirteenth tap
	require.Contains(t, tab.Text(".saved"), "12 kits")
	tab.Goto(address + "/today")
	require.Contains(t, tab.Text(".figures"), "12")
}
