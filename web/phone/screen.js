// The screens: a form for each kind of record, and what this phone holds. One is
// drawn at a time, from its template.
import { check, clear, show } from "./check.js";
import { dropDraft, DRAFT_LIFE, endDraft, keepDraft, readDraft } from "./draft.js";
import { answersOf, clone, furnish, restore, sayChosen, short, supplied } from "./form.js";
import { againWords, isRepeatable, records } from "./record.js";
import { forget, kept } from "./db.js";
import { save } from "./save.js";
import { prepare } from "./seal.js";
import { drawPhone } from "./thisphone.js";
import { n, t } from "./words.js";

const FORMS = ["give_out", "several", "used", "count", "training"];

/**
 * What the page knows until it is closed: the outfit, how the clock stood and what
 * is proposed when the form was opened, whether it is half filled, and of the last
 * record what "same again" and undo need. No answer in it is ever written down.
 */
export const state = { outfit: undefined, clock: "unknown", assumed: {}, dirty: false, swap: false, last: null, saved: null, fixing: "" };

const NAME = document.title; // neutral, whatever is on the screen: phones show it among their other apps
const screen = document.getElementById("screen");
/** Where it is said what became of a record. */
export const say = document.getElementById("say");

/** Draws the screen that the address names; a form that was interrupted comes back. */
export async function openScreen() {
  // Read first, so that a form is never there without what belongs in it.
  const [draft, assumed, clock] = await Promise.all([readDraft().catch(() => null), kept("assumed"), kept("clock")]);
  Object.assign(state, { assumed: assumed ?? {}, clock: clock?.clock ?? "unknown" });
  const wanted = location.hash.slice(1) || draft?.kind || "give_out";
  const name = !state.outfit && FORMS.includes(wanted) ? "new" : document.getElementById(`screen-${wanted}`) ? wanted : "give_out";
  screen.replaceChildren(clone(`screen-${name}`));
  state.dirty = false;
  for (const a of document.querySelectorAll(".bar a")) {
    const here = a.hash === `#${name}` || (a.hash === "#more" && ["count", "training", "phone", "more"].includes(name));
    a.toggleAttribute("aria-current", here);
    if (here) a.setAttribute("aria-current", "page");
  }
  document.title = NAME;
  if (FORMS.includes(name)) openForm(name, draft);
  if (name === "phone") await drawPhone();
  document.dispatchEvent(new CustomEvent("ready"));
}

function openForm(kind, draft) {
  const form = screen.querySelector("form");
  furnish(form, state.outfit, state.assumed);
  if (draft?.kind === kind) {
    restore(form, draft.answers);
    state.dirty = true;
  }
  form.addEventListener("submit", (event) => { event.preventDefault(); submit(form, kind); });
  form.addEventListener("input", (event) => changed(form, kind, event.target));
  form.addEventListener("click", (event) => step(form, event));
  offerAgain(form, kind);
  prepare(state.outfit.key).catch(() => {}); // told when something is saved
}

function changed(form, kind, field) {
  if (form.dataset.busy) return; // it is being saved as it was
  field.dataset.touched = "yes";
  if (field.name === "site") supplied(form, state.outfit);
  state.dirty = true;
  sayChosen(form);
  clear(form, field.name);
  keepDraft({ kind, answers: answersOf(form) });
  offerAgain(form, kind);
  clearTimeout(state.wipe);
  state.wipe = setTimeout(() => { if (state.dirty) { dropDraft(); openScreen(); } }, DRAFT_LIFE);
}

function step(form, event) {
  const button = event.target.closest("button.step");
  if (!button) return;
  event.preventDefault();
  const input = button.parentElement.querySelector("input");
  const least = input.name === "kits" ? 1 : 0;
  const most = Number(input.dataset.most ?? 99);
  const by = ["1", "-1"].includes(button.value) ? Number(button.value) : 1;
  input.value = String(Math.min(most, Math.max(least, (Number.parseInt(input.value, 10) || 0) + by)));
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

/** The same once more is offered while nothing is answered yet. */
function offerAgain(form, kind) {
  const button = form.querySelector(".again-button");
  if (!button) return;
  button.hidden = state.dirty || state.fixing !== "" || state.last?.kind !== kind;
  if (button.hidden) return;
  button.querySelector("small").textContent = againWords(form, state.last.answers, state.outfit);
  button.onclick = () => store(form, kind, records(kind, { ...state.last.answers, day: "today" }), state.last.answers);
}

async function submit(form, kind) {
  const problems = check(form, state.outfit);
  if (problems.length > 0) return show(form, problems);
  const answers = answersOf(form);
  const list = records(kind, answers, form);
  if (state.fixing) list[0].answers.corrects = state.fixing;
  await store(form, kind, list, answers);
}

async function store(form, kind, list, answers) {
  if (form.dataset.busy) return; // a second tap while the first is being written
  form.dataset.busy = "yes";
  const ids = await attempt(list, () => form.requestSubmit(), form, endOf(answers));
  if (!ids) {
    delete form.dataset.busy;
    return;
  }
  state.last = isRepeatable(kind, answers) ? { kind, answers } : null;
  state.saved = { kind, ids };
  state.fixing = "";
  sayResult(clone("said-saved"));
  offerUndo();
  navigator.vibrate?.(40);
  await seen();
  await openScreen();
  document.dispatchEvent(new CustomEvent("saved"));
}

/** Lets the browser show what was said before the next form is drawn; it shows nothing of a page in the background. */
const seen = () => new Promise((done) => { requestAnimationFrame(() => setTimeout(done)); setTimeout(done, 100); });

/** Saves, or says that it is not saved and leaves everything as it stands. */
async function attempt(list, again, form, along) {
  try {
    return await save(state.outfit, state.clock, list, along);
  } catch (error) {
    console.warn(error?.name); // never what was answered
    sayResult(clone("said-lost"));
    say.querySelector(".retry").onclick = again;
    if (form) say.querySelector(".answers").replaceChildren(...written(form));
    say.firstElementChild.focus();
    return null;
  }
}

/** What is written with a record: that its form is done, and where and which kit are proposed next time, which are of no person. */
const endOf = ({ site, product }) => (kept) =>
  [kept.put({ key: "assumed", site: site ?? state.assumed.site, product: product ?? state.assumed.product }), endDraft(kept)];

function sayResult(words) {
  say.replaceChildren(words);
  scrollTo({ top: 0 });
}

/** For ten seconds the last record can be taken back; corrected, as long as the page is open. */
function offerUndo() {
  const { kind, ids } = state.saved;
  const undo = say.querySelector(".undo"), fix = say.querySelector(".fix");
  undo.onclick = async () => {
    if (!await attempt(ids.map((record) => ({ kind: "void", answers: { record } })), undo.onclick)) return;
    state.saved = state.last = null;
    await openScreen();
    sayResult(clone("said-undone"));
    document.dispatchEvent(new CustomEvent("saved"));
  };
  fix.hidden = kind !== "give_out";
  fix.onclick = async () => {
    state.fixing = ids[0];
    say.replaceChildren();
    await openScreen();
    screen.querySelector("h1").textContent = t("fix_title");
    screen.querySelector("#fixing").hidden = false;
  };
  setTimeout(() => undo.remove(), 10_000);
}

/** The answers in words, for writing down when the phone cannot keep them. */
function written(form) {
  const rows = [];
  for (const [name, value] of Object.entries(answersOf(form))) {
    const field = form.querySelector(`#${name}`);
    const chosen = form.querySelector(`input[name="${name}"]:checked + span`);
    const label = (field?.querySelector("legend") ?? form.querySelector(`label[for="${name}"]`))?.firstChild.textContent.trim();
    if (!label || name === "recorder" || name === "site") continue; // whoever writes knows where they are
    const li = document.createElement("li");
    li.append(Object.assign(document.createElement("b"), { textContent: label }), ` ${chosen ? short(chosen) : form.elements[name].selectedOptions?.[0].text ?? value}`);
    rows.push(li);
  }
  return rows;
}

/** Leaves to a page that says nothing: covered first, then gone; a half-filled form goes too. */
export async function hide() {
  document.getElementById("cover").hidden = false;
  document.title = "";
  screen.replaceChildren();
  say.replaceChildren();
  // Gone before the page is: a page that leaves takes what it has not yet written along.
  await Promise.race([dropDraft(), new Promise((late) => setTimeout(late, 500))]);
  location.replace(`/app/away/${document.documentElement.lang}`);
}

/** Says that records have been lost with this phone's storage, as far as the server knew of them, until somebody has entered them. */
export async function showLost() {
  const lost = (await kept("lost"))?.lost ?? 0;
  if (lost === 0) return;
  sayResult(clone("said-empty"));
  say.querySelector(".words").textContent = n("lost", lost);
  say.querySelector(".entered").onclick = async () => {
    await forget("lost");
    say.replaceChildren();
  };
}
