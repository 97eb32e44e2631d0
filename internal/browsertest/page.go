package browsertest

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/chromedp"
)

// call makes a protocol command an action.
func call[P, R any](command cdp.Command[P, R], params P) chromedp.Action[R] {
	return func(ctx context.Context, target *chromedp.Target) (R, error) {
		return cdp.Call(ctx, target, command, params)
	}
}

// complain keeps a console message, unless it only repeats the status of an
// answer.
func (tab *Tab) complain(message chromedp.ConsoleMessage) {
	if strings.Contains(message.Text, "the server responded with a status of") {
		return
	}
	tab.mu.Lock()
	defer tab.mu.Unlock()
	tab.complaints = append(tab.complaints, message.String())
}

// Goto opens an address, waits until the page is loaded and gives the status
// of the answer.
func (tab *Tab) Goto(url string) int {
	tab.t.Helper()
	response := run(tab, "go to "+url, chromedp.NavigateResponse(url))
	if response == nil {
		return 0 // about:blank and its like
	}
	return int(response.Status)
}

// URL is the address of the page.
func (tab *Tab) URL() string {
	tab.t.Helper()
	return run(tab, "read the address", chromedp.Location())
}

// Click presses the first visible element that a CSS selector finds, waiting
// for it to appear. It does not wait for what the click does: where that is
// another page, use Follow.
func (tab *Tab) Click(selector string) {
	tab.t.Helper()
	tab.bring(selector)
	run(tab, "click "+selector, chromedp.Click(chromedp.CSS(selector)))
}

// bring scrolls an element to the middle, as a person would who sees it half
// under a bar that stays at the edge of the screen.
func (tab *Tab) bring(selector string) {
	tab.t.Helper()
	Eval[bool](tab, "(e => { if (e) e.scrollIntoView({block: 'center', behavior: 'instant'}); return true })(document.querySelector("+quote(selector)+"))")
}

// Follow presses an element that leads to another page or sends a form, waits
// until that page is loaded and gives the status of the answer.
func (tab *Tab) Follow(selector string) int {
	tab.t.Helper()
	tab.bring(selector)
	press := chromedp.Click(chromedp.CSS(selector))
	response := run(tab, "follow "+selector, func(ctx context.Context, _ *chromedp.Target) (int, error) {
		answer, err := chromedp.RunResponse(ctx, press)
		if err != nil || answer == nil {
			return 0, err
		}
		return int(answer.Status), nil
	})
	return response
}

// Press types keys into whatever has the focus; see package kb of chromedp for
// keys without a letter ("\t" is the tabulator, "\r" enter).
func (tab *Tab) Press(keys string) {
	tab.t.Helper()
	run(tab, "press a key", chromedp.KeyEvent(keys))
}

// Fill gives a field its value and tells the page of it as a person's typing
// would: text, numbers, dates, lists (by option value), and check boxes and
// radio buttons ("true" or "false").
func (tab *Tab) Fill(selector, value string) {
	tab.t.Helper()
	run(tab, "find "+selector, chromedp.WaitReady(chromedp.CSS(selector)))
	refusal := Eval[string](tab, fmt.Sprintf(`(%s)(%s, %s)`, fillScript, quote(selector), quote(value)))
	if refusal != "" {
		tab.t.Fatalf("browsertest: fill %s with %q: %s", selector, value, refusal)
	}
}

// fillScript answers with what it could not do, or nothing.
const fillScript = `(selector, value) => {
	const field = document.querySelector(selector);
	if (field.disabled || field.readOnly) return "it cannot be changed";
	field.focus();
	if (field.type === "checkbox" || field.type === "radio") {
		if (String(field.checked) !== value) field.click();
		return String(field.checked) === value ? "" : "it did not switch";
	}
	field.value = value;
	if (field.value !== value) return "the field now holds " + JSON.stringify(field.value);
	field.dispatchEvent(new Event("input", {bubbles: true}));
	field.dispatchEvent(new Event("change", {bubbles: true}));
	return "";
}`

// Text is the visible text of the first element that a CSS selector finds,
// waiting for it to be there. The page looks for itself: a node that is named
// from outside can be gone by the time its text is asked for.
func (tab *Tab) Text(selector string) string {
	tab.t.Helper()
	return strings.TrimSpace(Eval[string](tab, `new Promise(found => {
		const look = () => {
			const node = document.querySelector(`+quote(selector)+`);
			node ? found(node.innerText) : setTimeout(look, 20);
		};
		look();
	})`))
}

// Value is what a field holds.
func (tab *Tab) Value(selector string) string {
	tab.t.Helper()
	return run(tab, "read "+selector, chromedp.Value(chromedp.CSS(selector), chromedp.NodeReady))
}

// Exists tells, without waiting, whether a CSS selector finds anything.
func (tab *Tab) Exists(selector string) bool {
	tab.t.Helper()
	return Eval[bool](tab, `document.querySelector(`+quote(selector)+`) !== null`)
}

// Wait waits until a CSS selector finds something visible.
func (tab *Tab) Wait(selector string) {
	tab.t.Helper()
	run(tab, "wait for "+selector, chromedp.WaitVisible(chromedp.CSS(selector)))
}

// Overflow lists the elements that reach beyond the side of the viewport, as
// short selectors. What stands in a box that scrolls or clips by itself does
// not count, and neither does what is hidden from sight on purpose.
func (tab *Tab) Overflow() []string {
	tab.t.Helper()
	return Eval[[]string](tab, overflowScript)
}

const overflowScript = `(() => {
	const width = document.documentElement.clientWidth;
	const contained = (element) => {
		for (let box = element.parentElement; box && box !== document.body; box = box.parentElement) {
			if (getComputedStyle(box).overflowX !== "visible") return true;
		}
		return false;
	};
	const name = (element) => element.localName + (element.id ? "#" + element.id : "") +
		[...element.classList].map((c) => "." + c).join("");
	const wide = [...document.body.querySelectorAll("*")].filter((element) => {
		const box = element.getBoundingClientRect();
		return box.width > 1 && box.height > 1 && (box.right > width + 1 || box.left < -1) &&
			getComputedStyle(element).visibility === "visible" && !contained(element);
	});
	const found = wide.map((element) => name(element) + " reaches to " + Math.round(element.getBoundingClientRect().right) + " of " + width);
	if (found.length === 0 && document.documentElement.scrollWidth > width) {
		found.push("html scrolls sideways to " + document.documentElement.scrollWidth + " of " + width);
	}
	return found;
})()`

// quote writes a string as JavaScript.
func quote(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		return `""` // a string always can be written
	}
	return string(b)
}
