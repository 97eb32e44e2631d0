package browsertest

import (
	"fmt"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// Lacking makes the browser one that lacks something, for instance
// Lacking("navigator", "locks"), on this page and every later one of the tab.
func (tab *Tab) Lacking(owner, name string) {
	tab.t.Helper()
	tab.eachDocument(fmt.Sprintf("Object.defineProperty(%s, %q, {value: undefined})", owner, name))
}

// eachDocument runs a script in this document and before any other script of
// every later one.
func (tab *Tab) eachDocument(script string) {
	tab.t.Helper()
	now := true
	run(tab, "add a script", call(page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{
		Source: script, RunImmediately: &now,
	}))
}

// countTaps counts from now on how often the page is touched. The number is
// kept for the tab and not for the document: a form that leads to another page
// goes on counting.
func (tab *Tab) countTaps() {
	tab.t.Helper()
	tab.bind("thnTap", func() { tab.mu.Lock(); tab.taps++; tab.mu.Unlock() })
	tab.eachDocument(`addEventListener("pointerdown", () => thnTap(""), {capture: true})`)
}

// Taps is how often the page of a phone's tab has been touched since the last
// call of Taps.
func (tab *Tab) Taps() int {
	tab.t.Helper()
	Eval[bool](tab, "true") // what was touched before has been told after this
	tab.mu.Lock()
	defer tab.mu.Unlock()
	taps := tab.taps
	tab.taps = 0
	return taps
}

// bind makes a function of the page that takes one string and calls told,
// before anything else that the page does reaches the test. told must be quick
// and may ask nothing of the browser.
func (tab *Tab) bind(name string, told func()) {
	tab.t.Helper()
	run(tab, "bind "+name, call(runtime.AddBinding, runtime.AddBindingParams{Name: name}))
	err := chromedp.Listen(tab.ctx, func(event any) {
		if called, ok := event.(*runtime.EventBindingCalled); ok && called.Name == name {
			told()
		}
	})
	if err != nil {
		tab.t.Fatalf("browsertest: bind %s: %v", name, err)
	}
}

// Tap touches the middle of the first visible element that a CSS selector
// finds, waiting for it to appear. What lies over it is touched instead, as on
// a phone, and so fails the test.
func (tab *Tab) Tap(selector string) {
	tab.t.Helper()
	at := tab.where(selector)
	run(tab, "tap "+selector, chromedp.TapXY(at.X, at.Y))
}

// place is where an element can be touched, or what keeps a finger from it.
type place struct {
	X, Y   float64
	Hidden string
}

// where brings an element to where it can be touched.
func (tab *Tab) where(selector string) place {
	tab.t.Helper()
	run(tab, "wait for "+selector, chromedp.WaitVisible(chromedp.CSS(selector)))
	at := Eval[place](tab, fmt.Sprintf(`(%s)(%s)`, whereScript, quote(selector)))
	if at.Hidden != "" {
		tab.t.Fatalf("browsertest: touch %s: %s", selector, at.Hidden)
	}
	return at
}

// whereScript scrolls to an element and answers with its middle, and with what
// lies over it.
const whereScript = `(selector) => {
	const seen = (e) => e.checkVisibility({visibilityProperty: true}) && e.getBoundingClientRect().width > 0;
	const element = [...document.querySelectorAll(selector)].find(seen);
	if (!element) return {Hidden: "nothing to be seen"};
	element.scrollIntoView({block: "center", behavior: "instant"});
	const box = element.getClientRects()[0]; // the first line of what runs over several
	const x = box.x + box.width / 2, y = box.y + box.height / 2;
	const top = document.elementFromPoint(x, y);
	const ours = top && (element.contains(top) || [...(element.labels || [])].some((l) => l.contains(top)));
	return {X: x, Y: y, Hidden: ours ? "" : "covered by " + (top ? top.outerHTML.slice(0, 80) : "nothing")};
}`

// SlowDown makes the page's processor so many times slower; 1 is full speed.
func (tab *Tab) SlowDown(times float64) {
	tab.t.Helper()
	run(tab, "slow down", call(emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: times}))
}

// signal calls now, at once and from the thread that reads the browser, when a
// CSS selector first finds something visible on this page. The channel is
// closed after that.
func (tab *Tab) signal(selector string, now func()) <-chan struct{} {
	tab.t.Helper()
	tab.signals++
	name := fmt.Sprintf("thnSignal%d", tab.signals)
	shown := make(chan struct{})
	tab.bind(name, func() { now(); close(shown) })
	Eval[bool](tab, fmt.Sprintf(`(%s)(%s, %s)`, signalScript, quote(selector), name))
	return shown
}

const signalScript = `(selector, tell) => {
	let told = false;
	const look = () => {
		if (told || ![...document.querySelectorAll(selector)].some((e) => e.checkVisibility())) return;
		told = true;
		watch.disconnect();
		tell("");
	};
	const watch = new MutationObserver(look);
	watch.observe(document, {subtree: true, childList: true, attributes: true, characterData: true});
	look();
	return true;
}`

// Freeze stops everything on the page as a phone does that goes to sleep in a
// pocket, until Thaw.
func (tab *Tab) Freeze() { tab.t.Helper(); tab.life(page.SetWebLifecycleStateStateFrozen) }

// Thaw lets a frozen page go on.
func (tab *Tab) Thaw() { tab.t.Helper(); tab.life(page.SetWebLifecycleStateStateActive) }

func (tab *Tab) life(state page.SetWebLifecycleStateState) {
	tab.t.Helper()
	run(tab, "set the page "+string(state), call(page.SetWebLifecycleState, page.SetWebLifecycleStateParams{State: state}))
}
