// What the phone says of its queue, in four plain states: waiting, received, needs
// a look, not received. Totals count receipts only, so that the phone can never
// claim what the server does not have.
import { daysBetween, today } from "./day.js";
import { kept } from "./db.js";
import { counts } from "./outbox.js";
import { n, t } from "./words.js";

let last = ""; // why the latest try to send ended

/** Draws the badge, and the list where it is on the screen. why is what flush gave. */
export async function draw(outfit, why = last) {
  last = why;
  const c = await counts(outfit);
  const waits = c.waiting + c.retry;
  const age = c.oldest ? daysBetween(c.oldest, today(outfit)) : 0;
  const badge = document.getElementById("badge");
  // Days, because no time is kept: the warning may come early, never late.
  badge.dataset.age = age >= 3 ? "old" : age >= 1 ? "day" : "";
  badge.dataset.waits = waits;
  badge.lastElementChild.textContent = waits === 0 ? t("nothing_waits") : n("waits", waits);
  // In the way only when somebody can do something about it; all of it on the phone's own screen.
  document.getElementById("why").textContent = waits === 0 ? "" : [ageWords(age), last === "portal" ? t("portal") : ""].filter(Boolean).join(" ");
  const here = document.getElementById("why-here");
  if (here) here.textContent = waits === 0 || last === "portal" ? "" : whyWords(last);
  const list = document.getElementById("states");
  if (list) {
    for (const [key, value] of Object.entries({ waiting: c.waiting, received: c.received, look: c.look, retry: c.retry, today: c.today })) {
      const dd = list.querySelector(`[data-count=${key}]`);
      if (dd) dd.textContent = new Intl.NumberFormat(document.documentElement.lang).format(value);
    }
  }
  document.getElementById("grant-over").hidden = !outfit || outfit.grant.until >= today(outfit);
  const clock = document.getElementById("clock");
  clock.hidden = (await kept("clock"))?.clock !== "off";
  return c;
}

const ageWords = (age) => (age >= 1 ? n("oldest", age) : "");

const whyWords = (why) => ({ silent: t("silent"), trouble: t("trouble") }[why] ?? "");
