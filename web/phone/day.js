// Days, never times. A shift that ends at night belongs to the day it began on:
// until four in the morning it is still yesterday.
const ENDS = 4 * 36e5;

/** Today in the programme's zone, 2026-03-31; in the phone's own until a programme is known. */
export function today(outfit) {
  const options = { year: "numeric", month: "2-digit", day: "2-digit", timeZone: outfit?.programme?.zone };
  const at = new Date(Date.now() - ENDS);
  let parts;
  try {
    parts = new Intl.DateTimeFormat("en-GB", options).formatToParts(at);
  } catch { // a zone that this browser does not know
    parts = new Intl.DateTimeFormat("en-GB", { ...options, timeZone: undefined }).formatToParts(at);
  }
  const of = Object.fromEntries(parts.map((p) => [p.type, p.value]));
  return `${of.year}-${of.month}-${of.day}`;
}

/** Whole days from one day to another. */
export const daysBetween = (from, to) => Math.round((Date.parse(to) - Date.parse(from)) / 864e5);

/** The name of a month so many months before a day's. */
export function monthName(day, before) {
  const at = new Date(day);
  at.setUTCDate(1);
  at.setUTCMonth(at.getUTCMonth() - before);
  return new Intl.DateTimeFormat(document.documentElement.lang, { month: "long", year: "numeric", timeZone: "UTC" }).format(at);
}
