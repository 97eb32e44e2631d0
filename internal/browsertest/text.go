package browsertest

// Texts lists what a page says, in the order of the document: every text, seen
// or not, and what only people who do not see the page are told. What script
// and style hold is no text, nor what stands there for browsers without script.
func (tab *Tab) Texts() []string {
	tab.t.Helper()
	return Eval[[]string](tab, textsScript)
}

const textsScript = `(() => {
	const found = [];
	const say = (text) => { text = text.replace(/\s+/g, " ").trim(); if (text) found.push(text); };
	const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
	for (let node = walker.currentNode; node; node = walker.nextNode()) {
		if (node.nodeType === Node.TEXT_NODE) {
			if (!node.parentElement.closest("script, style, noscript:not(:has(*))")) say(node.data);
			continue;
		}
		for (const name of ["aria-label", "alt", "title", "placeholder", "label", "data-of"]) {
			if (node.hasAttribute(name)) say(node.getAttribute(name));
		}
	}
	return found;
})()`

// Clipped names the elements whose own text does not fit into them: it is cut
// off, or runs out of the box that is drawn around it. What scrolls, and what
// is there for people who do not see it, is not meant.
func (tab *Tab) Clipped() []string {
	tab.t.Helper()
	return Eval[[]string](tab, clippedScript)
}

const clippedScript = `(() => {
	const own = (element) => [...element.childNodes].some((n) => n.nodeType === Node.TEXT_NODE && n.data.trim());
	const name = (element) => element.localName + (element.id ? "#" + element.id : "") +
		[...element.classList].map((c) => "." + c).join("");
	return [...document.body.querySelectorAll("*")].filter((element) => {
		if (!own(element) || !element.checkVisibility({visibilityProperty: true}) || element.clientWidth <= 1) return false;
		const style = getComputedStyle(element);
		if (style.overflowX === "auto" || style.overflowX === "scroll" || style.textOverflow === "ellipsis") return false;
		return element.scrollWidth > element.clientWidth + 1 ||
			style.overflowY === "hidden" && element.scrollHeight > element.clientHeight + 1;
	}).map((element) => name(element) + " holds " + element.scrollWidth + " in " + element.clientWidth + ": " + element.textContent.trim().slice(0, 60));
})()`
