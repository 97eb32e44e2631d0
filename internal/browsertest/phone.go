package browsertest

import (
	"context"
	"os"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// Phone is a Chromium of its own, with a profile that outlives its process: it
// can be killed at any moment and started again on what it had kept. Several
// tabs of one phone share what it keeps. A Phone is for one goroutine.
type Phone struct {
	t       testing.TB
	path    string
	profile string
	ctx     context.Context // of the process that runs; nil while none does
	release func()
}

// NewPhone makes a phone with an empty profile and starts it. Whatever is left
// of it goes when the test ends.
func NewPhone(t testing.TB) *Phone {
	t.Helper()
	path, ok := find()
	if !ok {
		missing(t, "no Chromium on this machine (Debian: apt-get install chromium)")
	}
	// Not t.TempDir: Chromium's children may still write while it is removed.
	profile, err := os.MkdirTemp("", "thn-phone-")
	if err != nil {
		t.Fatalf("browsertest: %v", err)
	}
	p := &Phone{t: t, path: path, profile: profile}
	t.Cleanup(func() {
		if p.ctx != nil {
			p.Kill()
		}
		p.remove()
	})
	p.Start()
	return p
}

// Start starts the browser on the profile as the last one left it.
func (p *Phone) Start() {
	p.t.Helper()
	if p.ctx != nil {
		p.t.Fatal("browsertest: this phone is on already")
	}
	// A browser that is killed leaves its temporary files: they go with the profile.
	with := append(options(p.path), chromedp.UserDataDir(p.profile), chromedp.Env("TMPDIR="+p.profile))
	allocator, freeAllocator := chromedp.NewExecAllocator(context.Background(), with...)
	ctx, closeBrowser := chromedp.NewContext(allocator)
	p.ctx, p.release = ctx, func() { closeBrowser(); freeAllocator() }
	slow := time.AfterFunc(patience, closeBrowser)
	defer slow.Stop()
	if err := chromedp.Do(ctx); err != nil {
		p.t.Fatalf("browsertest: start %s: %v", p.path, err)
	}
}

// Tab opens a tab of 360 by 640 pixels that is touched and not clicked.
func (p *Phone) Tab() *Tab {
	p.t.Helper()
	return open(p.t, p.ctx).touched()
}

// Kill ends the browser as a flat battery would: at once, with nothing said
// (SIGKILL). What it had handed to the operating system is still there. Its
// tabs are of no more use.
func (p *Phone) Kill() {
	p.t.Helper()
	p.kill()
	p.gone()
}

// kill sends the signal and waits for nothing.
func (p *Phone) kill() { _ = chromedp.FromContext(p.ctx).Browser.Process().Kill() } // it is dead already, or dies

// gone waits until the browser is.
func (p *Phone) gone() {
	p.release()
	p.ctx = nil
}

// Close closes the browser as a person would.
func (p *Phone) Close() {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	if err := chromedp.Cancel(ctx); err != nil {
		p.t.Fatalf("browsertest: close the browser: %v", err)
	}
	p.gone()
}

// KillWhen taps an element and kills the browser in the very moment when a CSS
// selector first finds something visible in the tab: the page itself gives the
// signal, from within the change that it made.
func (p *Phone) KillWhen(tab *Tab, shown, tap string) {
	p.t.Helper()
	told := tab.signal(shown, p.kill)
	at := tab.where(tap)
	_ = chromedp.Do(tab.ctx, chromedp.TapXY(at.X, at.Y)) // the browser that would answer is being killed
	select {
	case <-told:
	case <-time.After(patience):
		p.t.Fatalf("browsertest: %s never appeared", shown)
	}
	p.gone()
}

// remove deletes the profile, which dying processes may still write to.
func (p *Phone) remove() {
	var err error
	for range 50 {
		if err = os.RemoveAll(p.profile); err == nil {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	p.t.Errorf("browsertest: remove the profile: %v", err)
}
