package browsertest

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// Tab is one tab in a browser profile of its own: no cookie, cache or service
// worker of another test. What goes wrong in the browser fails the test, so no
// method returns an error. A Tab is for one goroutine.
type Tab struct {
	t     testing.TB
	ctx   context.Context
	dark  bool
	print bool
	plain bool // the page's own scripts are off

	signals int // so far, to name the next

	mu         sync.Mutex
	complaints []string
	taps       int
}

// New opens a tab of 1280 by 800 pixels and closes it when the test ends.
func New(t testing.TB) *Tab {
	t.Helper()
	shared.need(t)
	return open(t, shared.ctx, chromedp.WithNewBrowserContext())
}

// Touch opens a tab of 360 by 640 pixels that is touched and not clicked. It
// costs less than a Phone, and cannot be killed.
func Touch(t testing.TB) *Tab {
	t.Helper()
	return New(t).touched()
}

// Another opens a further such tab in the same profile.
func (tab *Tab) Another() *Tab {
	tab.t.Helper()
	return open(tab.t, tab.ctx).touched()
}

// touched makes a tab one of a phone.
func (tab *Tab) touched() *Tab {
	tab.t.Helper()
	tab.SetViewport(360, 640, true, true)
	tab.countTaps()
	return tab
}

// Shut closes the tab before its test ends, as a person would: nothing in it
// goes on.
func (tab *Tab) Shut() {
	tab.t.Helper()
	if err := chromedp.Cancel(tab.ctx); err != nil {
		tab.t.Fatalf("browsertest: close a tab: %v", err)
	}
}

// open opens a tab in a browser that runs.
func open(t testing.TB, browser context.Context, options ...chromedp.ContextOption) *Tab {
	t.Helper()
	ctx, closeTab := chromedp.NewContext(browser, options...)
	tab := &Tab{t: t, ctx: ctx}
	t.Cleanup(closeTab)
	// Binding the tab to a context with a deadline would close it at the deadline.
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("browsertest: open a tab: %v", err)
	}
	tab.listen()
	tab.SetViewport(1280, 800, false, false)
	tab.media()
	return tab
}

// run does one step within the time a person would wait at most.
func run[T any](tab *Tab, doing string, action chromedp.Action[T]) T {
	tab.t.Helper()
	ctx, cancel := context.WithTimeout(tab.ctx, patience)
	defer cancel()
	value, err := chromedp.Run(ctx, action)
	if err != nil {
		tab.t.Fatalf("browsertest: %s: %v", doing, err)
	}
	return value
}

// Eval gives the value of a JavaScript expression on the page; a promise is
// waited for. It works through the browser's debugger, so neither the page's
// content security policy nor switched-off script stands in its way.
func Eval[T any](tab *Tab, expression string) T {
	tab.t.Helper()
	return run(tab, "evaluate "+shorten(expression), chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
}

func shorten(s string) string {
	if len(s) > 60 {
		return s[:60] + "…"
	}
	return s
}

// SetViewport sets the size of the page in CSS pixels. A mobile page obeys its
// viewport meta tag and is drawn with two device pixels to one.
func (tab *Tab) SetViewport(width, height int64, mobile, touch bool) {
	tab.t.Helper()
	scale := 1.0
	if mobile {
		scale = 2
	}
	run(tab, "set the viewport", chromedp.EmulateViewport(width, height,
		func(size *emulation.SetDeviceMetricsOverrideParams, fingers *emulation.SetTouchEmulationEnabledParams) {
			size.DeviceScaleFactor, size.Mobile = scale, mobile
			fingers.Enabled = touch
		}))
}

// SetDark switches between the light and the dark colour scheme.
func (tab *Tab) SetDark(on bool) {
	tab.t.Helper()
	tab.dark = on
	tab.media()
}

// SetPrint switches between the screen and paper.
func (tab *Tab) SetPrint(on bool) {
	tab.t.Helper()
	tab.print = on
	tab.media()
}

// media sends what SetDark and SetPrint remember: one command sets both. It
// always asks for reduced motion, so that no picture is taken mid-way.
func (tab *Tab) media() {
	tab.t.Helper()
	scheme, medium := "light", "screen"
	if tab.dark {
		scheme = "dark"
	}
	if tab.print {
		medium = "print"
	}
	run(tab, "set the medium", call(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Media: medium,
		Features: []*emulation.MediaFeature{
			{Name: "prefers-color-scheme", Value: scheme},
			{Name: "prefers-reduced-motion", Value: "reduce"},
		},
	}))
}

// SetLanguage makes the browser ask for a language from the next page on.
func (tab *Tab) SetLanguage(code string) {
	tab.t.Helper()
	run(tab, "set the language", call(network.SetExtraHTTPHeaders, network.SetExtraHTTPHeadersParams{
		Headers: network.Headers{"Accept-Language": code},
	}))
}

// DisableScript switches the page's own scripts off or on again, from the next
// page on.
func (tab *Tab) DisableScript(off bool) {
	tab.t.Helper()
	tab.plain = off
	tab.disableScript(off)
}

func (tab *Tab) disableScript(off bool) {
	tab.t.Helper()
	run(tab, "switch script", call(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: off}))
}

// Screenshot writes the whole page as name.png into the folder that
// THN_SCREENSHOTS names, and does nothing when it names none.
func (tab *Tab) Screenshot(name string) {
	tab.t.Helper()
	folder := os.Getenv("THN_SCREENSHOTS")
	if folder == "" {
		return
	}
	picture := run(tab, "take a picture", chromedp.FullScreenshot(100))
	if err := os.MkdirAll(folder, 0o755); err != nil {
		tab.t.Fatalf("browsertest: %v", err)
	}
	if err := os.WriteFile(filepath.Join(folder, name+".png"), picture, 0o644); err != nil {
		tab.t.Fatalf("browsertest: %v", err)
	}
}

// Complaints lists what the browser wrote to its console as an error so far:
// exceptions, and what the content security policy refused. Answers with an
// error status are no complaint; a refused form has one.
func (tab *Tab) Complaints() []string {
	tab.mu.Lock()
	defer tab.mu.Unlock()
	return append([]string(nil), tab.complaints...)
}

// listen gathers complaints until the tab is closed.
func (tab *Tab) listen() {
	messages := chromedp.Console(tab.ctx)
	go func() {
		for message, err := range messages {
			if err != nil {
				return
			}
			if message.Type == chromedp.ConsoleError || message.IsException() {
				tab.complain(message)
			}
		}
	}()
}
