// The questions: the same ones as on the site, cloned from the shell, with the
// outfit's sites and kits filled in. Answers are read and checked as the server
// will read and check them; its rules came with the form.
import { monthName, today } from "./day.js";
import { t } from "./words.js";

/** Clones a template of the shell. */
export const clone = (id) => document.getElementById(id).content.cloneNode(true);

/** Fills a list of buttons: [{value, label, hint}], the first is chosen unless one is named. */
function fillChoices(form, name, options, chosen = options[0]?.value) {
  const box = form.querySelector(`#${name} .choices`);
  if (!box) return;
  box.replaceChildren(...options.map((o, i) => {
    const label = clone("option").firstElementChild;
    const input = label.querySelector("input");
    Object.assign(input, { name, value: o.value, id: `${name}-${i}` });
    input.toggleAttribute("checked", o.value === chosen); // what a reset goes back to
    label.querySelector("b").textContent = o.label;
    label.querySelector("small").textContent = o.hint ?? "";
    return label;
  }));
}

/** Puts the outfit into a form: where, which kit, out of what, and what the programme asks. */
export function furnish(form, outfit, assumed) {
  const lang = document.documentElement.lang;
  fillChoices(form, "site", outfit.sites.map((s) => ({ value: s.id, label: s.name })), assumed.site);
  fillChoices(form, "product", outfit.kits.map((k) => ({ value: k.value, label: k.name, hint: k.note[lang] })), assumed.product);
  const from = form.querySelector("#from");
  if (from && outfit.bags.length > 0) {
    from.querySelector("input").value = outfit.bags[0].id;
  } else {
    from?.closest("details").remove();
  }
  for (const name of ["age_band", "gender", "carriage"]) {
    if (!outfit.asks[name]) form.querySelector(`#${name}`)?.parentElement.remove();
  }
  if (!form.querySelector(".asked fieldset")) form.querySelector(".asked")?.remove();
  const product = form.querySelector("select[name=product]");
  for (const [id, name] of new Map(outfit.kits.map((k) => [k.value.split(":")[0], k.name]))) product?.add(new Option(name, id));
  furnishMonths(form, outfit);
  if (form.matches(".sheet")) furnishSheet(form, outfit);
  supplied(form, outfit);
  foldAssumed(form);
  sayChosen(form);
}

/** What is assumed takes one line of a small screen until somebody wants to change it. */
function foldAssumed(form) {
  const assumed = form.querySelector(".assumed");
  if (!assumed) return;
  const all = clone("all-assumed").firstElementChild;
  assumed.replaceWith(all);
  all.append(assumed);
}

/** A count is of a shelf or of one's own bag, line by line. */
function furnishSheet(form, outfit) {
  const bags = outfit.bags.map((bag) => ({ value: `${bag.site}:${bag.id}`, label: t("own_bag") }));
  fillChoices(form, "site", [...bags, ...outfit.sites.map((s) => ({ value: s.id, label: s.name }))]);
  form.querySelector("#tallies").replaceChildren(...outfit.kits.map((kit, i) => {
    const line = clone("count-line").firstElementChild;
    const [label, input] = [line.querySelector("label"), line.querySelector("input")];
    label.htmlFor = input.id = `kit-${i}`;
    input.dataset.kit = kit.value;
    label.querySelector("b").textContent = kit.name;
    label.querySelector("small").textContent = kit.note[document.documentElement.lang];
    return line;
  }));
}

function furnishMonths(form, outfit) {
  for (const [value, before] of [["this", 0], ["last", 1]]) {
    const input = form.querySelector(`#when input[value=${value}]`);
    if (input) input.nextElementSibling.textContent = monthName(today(outfit), before);
  }
}

/** Who gives, as a role, is what the chosen site says until somebody says otherwise. */
export function supplied(form, outfit) {
  const site = outfit.sites.find((s) => s.id === form.elements.site?.value);
  for (const name of ["trainer", "recorder"]) {
    const field = form.elements[name];
    if (field && !field.dataset?.touched && site) field.value = site.supplier;
  }
}

/** Says on each closed question what is chosen in it. */
export function sayChosen(form) {
  for (const details of form.querySelectorAll(".assumed details, .more")) {
    const chosen = details.querySelector("input:checked + span");
    const span = details.querySelector("summary > span");
    if (!chosen || !span) continue;
    if (!span.textContent) details.open = false; // the shell has it open: nothing was chosen there
    listed(span, [short(chosen), chosen.querySelector("small")?.textContent]);
  }
  const all = form.querySelector(".all-assumed > summary span");
  if (all) listed(all, [...form.querySelectorAll(".assumed input:checked + span")].map(short));
}

/** Names stand apart from each other, whichever way each is written. */
function listed(span, names) {
  span.replaceChildren(...names.filter(Boolean).flatMap((name, i) => [i > 0 ? " · " : "", Object.assign(document.createElement("bdi"), { textContent: name })]));
}

/** The label of what is chosen, without its small print. */
export const short = (chosen) => (chosen.querySelector("b") ?? chosen).textContent.trim();

/** The answers as the server's form names them; what was left open is left out. */
export function answersOf(form) {
  const answers = {};
  for (const [name, value] of new FormData(form)) {
    if (value !== "") answers[name] = String(value).trim();
  }
  return answers;
}

/** Puts answers back into a form. */
export function restore(form, answers) {
  for (const [name, value] of Object.entries(answers)) {
    const field = form.elements[name];
    if (field) field.value = value;
  }
  sayChosen(form);
}

/** Reads a whole number as people write it, digits of any script; NaN if it is none. */
export function count(text) {
  const plain = String(text ?? "").trim().normalize("NFKC").replace(/\p{Nd}/gu, digit);
  return /^\d+$/.test(plain) ? Number(plain) : Number.NaN;
}

/** The value of a digit: each script's ten stand in a row that begins with its nought. */
function digit(d) {
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(d.codePointAt(0) - value - 1))) value++;
  return String(value);
}
