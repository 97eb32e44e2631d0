// Days, never times. A shift that ends at night belongs to the day it began on:
// until four in the morning it is still yesterday.
const ENDS = 4; // by the programme's clock, also in the nights when that is put forward or back
const DAY = 864e5; // milliseconds
const clocks = new Map(); // by zone: making one takes longer than saving may

/** Today in the programme's zone, 2026-03-31; in the phone's own until a programme is known. */
export function today(outfit) {
  const of = Object.fromEntries(clock(outfit?.programme?.zone).formatToParts(Date.now()).map((p) => [p.type, p.value]));
  const day = `${of.year}-${of.month}-${of.day}`;
  return Number(of.hour) < ENDS ? addDays(day, -1) : day;
}

function clock(timeZone) {
  if (!clocks.has(timeZone)) clocks.set(timeZone, made(timeZone));
  return clocks.get(timeZone);
}

function made(timeZone) {
  const options = { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", hourCycle: "h23" };
  try {
    return new Intl.DateTimeFormat("en-GB", { ...options, timeZone });
  } catch { // a zone that this browser does not know
    return new Intl.DateTimeFormat("en-GB", options);
  }
}

/** So many days after a day. */
export const addDays = (day, n) => new Date(Date.parse(day) + n * DAY).toISOString().slice(0, 10);

/** Whole days from one day to another. */
export const daysBetween = (from, to) => Math.round((Date.parse(to) - Date.parse(from)) / DAY);

/** The name of a month so many months before a day's. */
export function monthName(day, before) {
  const at = new Date(day);
  at.setUTCDate(1);
  at.setUTCMonth(at.getUTCMonth() - before);
  return new Intl.DateTimeFormat(document.documentElement.lang, { month: "long", year: "numeric", timeZone: "UTC" }).format(at);
}
