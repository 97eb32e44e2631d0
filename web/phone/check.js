// Checks a form by the rules that the server wrote on it, and says what to put
// right above the form and beside the question, in the words the site uses. What
// is sealed cannot be put right any more, so nothing is sealed before it is whole.
//
//   {name, ask: "choose"}            an answer has to be chosen
//   {name, ask: "enter"}             something has to be entered
//   {name, ask: "count", least, most} a whole number in reach
//   {name, ask: "day"}               another day has to exist and not be ahead
//   {names, ask: "some", most, say}  at least one of several counts
//   {ask: "lines", most, say}        at least one line of a count
//   any with when: "name=value"      only if that was answered
import { today } from "./day.js";
import { answersOf, clone, count } from "./form.js";
import { t } from "./words.js";

/** Gives what is wrong, in the order of the questions: [{name, text}]. */
export function check(form, outfit) {
  const answers = answersOf(form);
  return JSON.parse(form.dataset.rules).flatMap((rule) => {
    if (rule.when) {
      const [name, value] = rule.when.split("=");
      if (answers[name] !== value) return [];
    }
    return asked[rule.ask](rule, answers, form, outfit);
  });
}

const label = (form, name) => {
  const field = form.querySelector(`#${name}`);
  const said = field?.tagName === "FIELDSET" ? field.querySelector("legend") : form.querySelector(`label[for="${name}"]`);
  return (said?.firstChild?.textContent ?? name).trim();
};

const outOfReach = (value, least, most) => Number.isNaN(value) || value < least || value > most;

const asked = {
  choose: (rule, answers, form) => (answers[rule.name] ? [] : [{ name: rule.name, text: t("choose_for", { Field: label(form, rule.name) }) }]),
  enter: (rule, answers, form) => (answers[rule.name] ? [] : [{ name: rule.name, text: t("missing", { Field: label(form, rule.name) }) }]),
  count: (rule, answers, form) => (outOfReach(count(answers[rule.name]), rule.least, rule.most)
    ? [{ name: rule.name, text: t("range", { Field: label(form, rule.name), Min: rule.least, Max: rule.most }) }] : []),
  day(rule, answers, form, outfit) {
    if (answers[rule.name] !== "other") return [];
    const day = dayOf(answers, rule.name);
    if (!day) return [{ name: rule.name, text: t("date", { Field: label(form, rule.name) }) }];
    return day > today(outfit) ? [{ name: rule.name, text: t("ahead") }] : [];
  },
  some(rule, answers, form) {
    const typed = rule.names.filter((name) => answers[name] && answers[name] !== "0");
    const wrong = typed.filter((name) => outOfReach(count(answers[name]), 0, rule.most));
    if (typed.length === 0) return [{ name: rule.names[0], text: t(rule.say) }];
    return wrong.map((name) => ({ name, text: t("range", { Field: label(form, name), Min: 0, Max: rule.most }) }));
  },
  lines(rule, _answers, form) {
    const lines = [...form.querySelectorAll("input[data-kit]")].filter((input) => input.value.trim() !== "");
    const wrong = lines.filter((input) => outOfReach(count(input.value), 0, rule.most));
    if (lines.length === 0) return [{ name: "tallies", text: t(rule.say) }];
    return wrong.map(({ id }) => ({ name: id, text: t("range", { Field: label(form, id), Min: 0, Max: rule.most }) }));
  },
};

/** Reads day, month and year; "" when there is no such day. Months may be named: the server reads those. */
function dayOf(answers, name) {
  const part = (what) => answers[`${name}-${what}`] ?? "";
  const [d, m, y] = [count(part("day")), count(part("month")), count(part("year"))];
  if (Number.isNaN(m) && /\p{L}/u.test(part("month")) && d >= 1 && d <= 31 && y > 0) return "0000-00-00"; // told by the server
  const at = new Date(Date.UTC(y < 100 ? 2000 + y : y, m - 1, d));
  if (Number.isNaN(at.getTime()) || at.getUTCMonth() !== m - 1 || at.getUTCDate() !== d) return "";
  return at.toISOString().slice(0, 10);
}

/** Draws what is wrong and goes there. */
export function show(form, problems) {
  clear(form);
  const box = clone("problems-box").firstElementChild;
  box.querySelector("ul").replaceChildren(...problems.map(({ name, text }) => {
    const a = Object.assign(document.createElement("a"), { href: `#${name}`, textContent: text });
    a.addEventListener("click", (event) => { event.preventDefault(); goTo(form, name); });
    const li = document.createElement("li");
    li.append(a);
    return li;
  }));
  form.before(box);
  for (const { name, text } of problems) mark(form, name, text);
  document.title = `${t("error_prefix")} ${document.title}`;
  box.focus();
}

function goTo(form, name) {
  const field = form.querySelector(`#${name}`);
  for (let d = field?.closest("details"); d; d = d.parentElement.closest("details")) d.open = true;
  (field?.matches("input, select") ? field : field?.querySelector("input, select"))?.focus();
}

function mark(form, name, text) {
  const field = form.querySelector(`#${name}`);
  const holder = field?.closest(".field, .tally") ?? field;
  if (!holder) return;
  holder.classList.add("wrong");
  const p = clone("problem").firstElementChild;
  p.id = `${name}-error`;
  p.lastElementChild.textContent = text;
  holder.querySelector("legend, label").after(p);
  field.setAttribute("aria-describedby", p.id);
  if (field.matches("input, select")) field.setAttribute("aria-invalid", "true");
  for (let d = holder.closest("details"); d; d = d.parentElement.closest("details")) d.open = true;
}

/** Takes the marks off one question, or off all. */
export function clear(form, name) {
  const every = name ? [form.querySelector(`#${CSS.escape(name)}`)?.closest(".wrong")].filter(Boolean) : form.querySelectorAll(".wrong");
  for (const holder of every) {
    holder.classList.remove("wrong");
    holder.querySelector(".error")?.remove();
    for (const x of [holder, ...holder.querySelectorAll("[aria-invalid]")]) { x.removeAttribute("aria-invalid"); x.removeAttribute("aria-describedby"); }
  }
  if (!form.querySelector(".wrong")) {
    form.parentElement?.querySelector(".problems")?.remove();
    document.title = document.title.replace(`${t("error_prefix")} `, "");
  }
}
