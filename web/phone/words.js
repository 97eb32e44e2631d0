// The words of the shell's language, from its <template id="words">. A plural has
// one text for each number that stands for a form; which form a number takes is
// the browser's own knowledge.
const words = {};
for (const p of document.getElementById("words").content.children) {
  (words[p.dataset.key] ??= []).push({ n: Number(p.dataset.n), text: p.textContent });
}
const rules = new Intl.PluralRules(document.documentElement.lang);
const number = new Intl.NumberFormat(document.documentElement.lang);

const fill = (text, blanks) => text.replace(/\{(\w+)\}/g, (whole, name) => blanks[name] ?? whole);

/** The text of a key, with its blanks filled. */
export const t = (key, blanks = {}) => fill(words[key][0].text, blanks);

/** The text of a key for a number. */
export function n(key, count, blanks = {}) {
  const form = words[key].find((w) => rules.select(w.n) === rules.select(count)) ?? words[key].at(-1);
  return fill(form.text, { ...blanks, N: number.format(count) });
}
