// Handing over. The only thing that lets go of a record is an answer in our own
// protocol that names its id: a page of a hotel's network, a half answer or an
// error proves nothing, and changes nothing here. Sending twice is harmless.
import { keep, kept, write } from "./db.js";
import { item, meet, settle, waiting } from "./outbox.js";
import { squeezed } from "./bytes.js";

const PROTOCOL = "thn-sync/1";
const MOST = 50; // records in one exchange
const PATIENCE = 25_000; // milliseconds for one exchange
const NEAR = 10 * 60_000; // how far the phone's clock may be from the server's
const OUTCOMES = ["stored", "duplicate", "held", "retry"];

/**
 * Sends what waits. Gives "sent" when nothing is left, or why not: "portal" (the
 * network wants a log-in), "silent" (no answer), "trouble" (the server could not),
 * "busy" (another tab is sending).
 */
export function flush() {
  if (!navigator.locks) return leased();
  return navigator.locks.request("send", { ifAvailable: true }, (lock) => (lock ? run() : "busy"));
}

/** Without locks: a lease that another tab respects, and that ends by itself. */
async function leased() {
  if (!await write("kept", take, "relaxed")) return "busy";
  try {
    return await run();
  } finally {
    await keep({ key: "lease", until: 0 }, "relaxed");
  }
}

/** Takes the lease unless somebody has it: looked at and taken in one transaction. */
async function take(store) {
  const now = Date.now();
  const lease = await store.get("lease");
  if (lease && lease.until > now && lease.until < now + 2 * PATIENCE) return false;
  await store.put({ key: "lease", until: now + PATIENCE });
  return true;
}

async function run() {
  const tried = new Set(); // what was offered in this run and not taken waits for the next
  let most = MOST;
  let met = false; // once a run: a server that cannot make up its mind must not be asked for ever
  for (;;) {
    const rows = await waiting(most, tried);
    if (rows.length === 0) return tried.size === 0 ? "sent" : "trouble";
    const answer = await exchange(rows);
    if (answer === "large" && rows.length > 1) {
      most = Math.ceil(rows.length / 2);
      continue;
    }
    if (typeof answer === "string") return answer === "large" ? "trouble" : answer;
    await settle(answer.outcomes);
    for (const row of rows) {
      if (!["stored", "duplicate", "held"].includes(answer.outcomes[row.id])) tried.add(row.id);
    }
    if (answer.epoch && !met) await meet(answer.epoch);
    met = true;
  }
}

/** One exchange: the outcomes by id, or why there are none. */
async function exchange(rows) {
  let response, text;
  try {
    ({ response, text } = await post(rows));
  } catch {
    return "silent"; // no network, no server, cut off, a certificate that is not ours
  }
  if (response.type === "opaqueredirect" || response.status === 511) return "portal";
  if (BROKEN === "let-go-on-200" && response.status === 200) return { outcomes: Object.fromEntries(rows.map((r) => [r.id, "stored"])) };
  const answer = read(text, response, rows);
  if (answer) {
    await compare(response);
    return answer;
  }
  if (response.status === 413) return "large"; // for a box on the way: fewer may pass
  return response.ok ? "portal" : "trouble";
}

async function post(rows) {
  const headers = { "Content-Type": "application/json" };
  let body = JSON.stringify(rows.map(item));
  if (rows.length > 1 && typeof CompressionStream === "function") {
    body = await squeezed("gzip", new TextEncoder().encode(body));
    headers["Content-Encoding"] = "gzip";
  }
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const response = await fetch("/api/v1/sync", { method: "POST", headers, body, redirect: "manual", credentials: "omit", cache: "no-store", signal: stop.signal });
    return { response, text: await response.text() };
  } finally {
    clearTimeout(timer);
  }
}

/** Reads an answer; null when it is not ours. */
function read(text, response, rows) {
  if (response.status !== 200 || !response.headers.get("Content-Type")?.startsWith("application/json")) return null;
  let body;
  try {
    body = JSON.parse(text);
  } catch {
    return null;
  }
  if (body?.proto !== PROTOCOL || !Array.isArray(body.results)) return null;
  const ours = new Set(rows.map((row) => row.id));
  const outcomes = {};
  for (const { id, outcome } of body.results) {
    if (ours.has(id) && OUTCOMES.includes(outcome)) outcomes[id] = outcome;
  }
  return { outcomes, epoch: typeof body.epoch === "string" ? body.epoch : "" };
}

/** Notes whether the phone's clock agrees with the server's. */
async function compare(response) {
  const theirs = Date.parse(response.headers.get("Date") ?? "");
  if (Number.isNaN(theirs)) return;
  const clock = Math.abs(theirs - Date.now()) > NEAR ? "off" : "near";
  if ((await kept("clock"))?.clock !== clock) await keep({ key: "clock", clock });
}
