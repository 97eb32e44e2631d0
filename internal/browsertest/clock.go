package browsertest

import (
	"fmt"
	"time"

	"github.com/chromedp/cdproto/emulation"
)

// SetClock makes the clock of the page, and of every page that the tab opens
// after it, differ from the machine's: "now" is so much later (or earlier).
// Workers and timers keep to the machine.
func (tab *Tab) SetClock(later time.Duration) {
	tab.t.Helper()
	tab.eachDocument(fmt.Sprintf("(%s)(%d)", clockScript, later.Milliseconds()))
}

// SetZone carries the page to another time zone, by its IANA name.
func (tab *Tab) SetZone(name string) {
	tab.t.Helper()
	run(tab, "set the zone", call(emulation.SetTimezoneOverride, emulation.SetTimezoneOverrideParams{TimezoneID: name}))
}

const clockScript = `(later) => {
	const Real = Date.real || Date;
	globalThis.Date = class extends Real {
		constructor(...given) { given.length ? super(...given) : super(Real.now() + later); }
		static now() { return Real.now() + later; }
		static real = Real;
	};
}`

// HurryTimers makes waits of a second and more so many times shorter on this
// page and every later one of the tab, and keeps what was asked for: see
// Waited.
func (tab *Tab) HurryTimers(times int) {
	tab.t.Helper()
	tab.eachDocument(fmt.Sprintf("(%s)(%d)", hurryScript, times))
}

const hurryScript = `(times) => {
	const wait = globalThis.setTimeout;
	globalThis.thnWaited = [];
	globalThis.setTimeout = (then, ms = 0, ...given) => {
		if (ms < 1000) return wait(then, ms, ...given);
		thnWaited.push(ms);
		return wait(then, ms / times, ...given);
	};
}`

// Waited gives the waits of a second and more that the page has asked for
// since HurryTimers or the page began.
func (tab *Tab) Waited() []time.Duration {
	tab.t.Helper()
	var waits []time.Duration
	for _, ms := range Eval[[]float64](tab, "thnWaited") {
		waits = append(waits, time.Duration(ms*float64(time.Millisecond)))
	}
	return waits
}
