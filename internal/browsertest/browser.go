// Package browsertest lets a test look at a page as a person would: in a real
// headless Chromium, at a given size, in the dark, on paper, with script off,
// and through the rules of axe. It knows nothing of this program's pages, and
// no other package's code. Start at New, or at NewPhone for a browser that can
// be killed and started again; put With into TestMain.
package browsertest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// patience bounds every single step in the browser.
const patience = time.Minute

// runner is what With wraps: a *testing.M, or another package's wrapping of it.
type runner interface{ Run() int }

// With makes tests close the browser when they are done:
//
//	func TestMain(m *testing.M) { os.Exit(browsertest.With(m).Run()) }
//
// It composes with storetest.Main, which takes what With returns. Chromium
// dies with the test process in any case; With also removes its folder.
func With(m runner) runner { return closing{m} }

type closing struct{ inner runner }

// Run runs the tests, then prints their figures and closes the browser if one
// was started.
func (c closing) Run() int {
	code := c.inner.Run()
	printFigures()
	if shared.stop != nil {
		shared.stop()
	}
	return code
}

// shared is the one Chromium of a test process, started by the first New.
var shared browser

type browser struct {
	once sync.Once
	ctx  context.Context
	stop func()
	err  error
}

// names are the programs tried, in this order, in PATH and then as paths.
var names = []string{
	"chromium", "chromium-browser", "google-chrome", "google-chrome-stable",
	"/Applications/Chromium.app/Contents/MacOS/Chromium",
	"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
}

// need starts the browser, or skips the test where there is none; under
// CI=true and REQUIRE_BROWSER=1 that is a failure.
func (b *browser) need(t testing.TB) {
	t.Helper()
	path, ok := find()
	if !ok {
		missing(t, "no Chromium on this machine (Debian: apt-get install chromium)")
	}
	b.once.Do(func() { b.start(path) })
	if b.err != nil {
		t.Fatalf("browsertest: start %s: %v", path, b.err)
	}
}

// missing ends a test for want of something on the machine.
func missing(t testing.TB, what string) {
	t.Helper()
	if os.Getenv("CI") == "true" || os.Getenv("REQUIRE_BROWSER") == "1" {
		t.Fatal("browsertest: " + what)
	}
	t.Skip("browsertest: NOT TESTED IN A BROWSER: " + what)
}

func find() (string, bool) {
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path, true
		}
	}
	return "", false
}

// start runs Chromium and waits until it answers.
func (b *browser) start(path string) {
	allocator, freeAllocator := chromedp.NewExecAllocator(context.Background(), options(path)...)
	ctx, closeBrowser := chromedp.NewContext(allocator)
	b.ctx, b.stop = ctx, func() {
		// Asked politely, Chromium removes its temporary files; killed, it cannot.
		slow := time.AfterFunc(patience, closeBrowser)
		defer slow.Stop()
		_ = chromedp.Cancel(ctx) // it is going either way
		freeAllocator()
	}
	// The first run binds the browser to its context, so the deadline for
	// starting is a timer beside it and not a context around it.
	slow := time.AfterFunc(patience, closeBrowser)
	b.err = chromedp.Do(ctx)
	if !slow.Stop() && b.err == nil {
		b.err = fmt.Errorf("no answer within %s", patience)
	}
}

// options start Chromium with everything off that would call out of the machine.
// chromedp adds --no-sandbox by itself where Chromium cannot do without: as root.
func options(path string) []chromedp.ExecAllocatorOption {
	return append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path),
		chromedp.Flag("disable-gpu", true),
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("no-pings", true),
		chromedp.Flag("lang", "en-GB"),
		chromedp.Flag("font-render-hinting", "none"), // the same widths on every machine
	)
}

// moduleRoot is the folder of go.mod: go test runs each package in its own.
func moduleRoot() (string, error) {
	dir, err := os.Getwd()
	for err == nil {
		if _, missing := os.Stat(filepath.Join(dir, "go.mod")); missing == nil {
			return dir, nil
		}
		if up := filepath.Dir(dir); up != dir {
			dir = up
			continue
		}
		err = errors.New("no go.mod above the working folder")
	}
	return "", err
}
