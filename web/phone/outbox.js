// The outbox: what was saved on this phone, sealed, until the server has said of
// each record that it has it; and its receipts for 35 days after that, to be
// offered again if the server is put back to an earlier day. Records leave by
// their own id and for one of two reasons only: a receipt that is old enough, or
// nothing. There is no way to empty it.
import { keep, kept, withDatabase, write } from "./db.js";
import { fromBase64, toBase64 } from "./bytes.js";
import { addDays, today } from "./day.js";

export const PROTOCOL = "thn-outbox/1"; // of the rescue file
const KEPT_DAYS = 35;
const ALL = 1e6; // more than a phone can hold
const OUT = ["waiting", "retry"];
const IN = ["received", "look"];

const inState = (state) => IDBKeyRange.bound([state], [state, []]); // of every day

/** Gives up to so many records to send, those saved first on top. */
export function waiting(most, except = new Set()) {
  return withDatabase(async (db) => {
    const rows = [];
    for (const state of OUT) rows.push(...await db.getAllFromIndex("queue", "state", inState(state), most + except.size));
    return rows.filter((row) => !except.has(row.id)).sort((a, b) => a.n - b.n).slice(0, most);
  });
}

/** Notes what the server said of records: {id: outcome}. What it did not name stays as it is. */
export function settle(outcomes) {
  const states = { stored: "received", duplicate: "received", held: "look", retry: "retry" };
  return write("queue", async (queue) => {
    for (const [id, outcome] of Object.entries(outcomes)) {
      const row = await queue.index("id").get(id);
      if (row && OUT.includes(row.state) && states[outcome]) await queue.put({ ...row, state: states[outcome] });
    }
  });
}

/**
 * Compares the server's epoch with the one known. Another one means that it was put
 * back to an earlier day: everything it has ever confirmed and we still hold is
 * offered again.
 */
export async function meet(epoch) {
  const known = await kept("epoch");
  if (known?.epoch === epoch) return;
  if (known) {
    await write("queue", async (queue) => {
      for (let c = await queue.openCursor(); c; c = await c.continue()) {
        if (IN.includes(c.value.state)) await c.update({ ...c.value, state: "waiting" });
      }
    });
  }
  await keep({ key: "epoch", epoch });
}

/** Lets go of receipts that are older than any backup that may be put back. */
export async function prune(outfit) {
  const last = addDays(today(outfit), -KEPT_DAYS);
  await write("queue", async (queue) => {
    for (let c = await queue.openCursor(); c; c = await c.continue()) {
      if (IN.includes(c.value.state) && c.value.day < last) await c.delete();
    }
  });
}

/**
 * Counts: {waiting, retry, received, look} of all, today's receipts, and the day of
 * the oldest that waits, "" for none. It reads keys only, however long the queue.
 */
export function counts(outfit) {
  const day = today(outfit);
  return withDatabase(async (db) => {
    const index = db.transaction("queue").store.index("state");
    const c = { today: 0, oldest: "" };
    for (const state of [...OUT, ...IN]) c[state] = await index.count(inState(state));
    for (const state of IN) c.today += await index.count([state, day]);
    for (const state of OUT) {
      const oldest = (await index.openKeyCursor(inState(state)))?.key[1];
      if (oldest && (!c.oldest || oldest < c.oldest)) c.oldest = oldest;
    }
    return c;
  });
}

/** How a record goes over the wire and into a rescue file. */
export const item = (row) => ({ id: row.id, v: row.v, kid: row.kid, sealed: toBase64(row.sealed) });

/** The rescue file: everything that waits, as it is. */
export async function rescue() {
  const rows = await waiting(ALL);
  return new File([JSON.stringify({ proto: PROTOCOL, records: rows.map(item) })], "notes.json", { type: "application/json" });
}

/** Takes a rescue file into the queue and gives how many records are new here. Throws "file" when it is none. */
export async function takeIn(text, outfit) {
  let records;
  try {
    const file = JSON.parse(text);
    if (file.proto !== PROTOCOL) throw new Error("file");
    records = file.records.map((r) => ({ id: String(r.id), v: Number(r.v), kid: String(r.kid), sealed: fromBase64(r.sealed), day: today(outfit), state: "waiting" }));
  } catch {
    throw new Error("file");
  }
  return write("queue", async (queue) => {
    let fresh = 0;
    for (const row of records) {
      if (await queue.index("id").getKey(row.id)) continue;
      await queue.add(row);
      fresh++;
    }
    return fresh;
  });
}
