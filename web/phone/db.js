// What the phone keeps, in one database. Nothing in it can be read by whoever
// holds the phone, the phone's own script included: see seal.js. It is opened for
// each operation, because some systems drop the connection of a page that was in
// the background, and opened once more when that has happened.
//
//   queue  {n, id, v, kid, sealed, day, state}   n orders what was saved; state is
//          waiting, retry (offered, not taken), received or look
//   kept   {key, …}   outfit, draft, epoch and a few settings, one row each
//
// The version counts shapes of this database, not releases of the app: every
// release reads every queue of the last 18 months.
import { openDB } from "idb";

const NAME = "notes";
const VERSION = 1;
let open; // promise of the connection

function connect() {
  open ??= openDB(NAME, VERSION, {
    upgrade(db) {
      const queue = db.createObjectStore("queue", { keyPath: "n", autoIncrement: true });
      queue.createIndex("id", "id", { unique: true });
      queue.createIndex("state", ["state", "day"]);
      db.createObjectStore("kept", { keyPath: "key" });
    },
    // Another tab wants a newer shape: let go, so that it is not kept waiting.
    blocking(_old, _next, event) { event.target.close(); open = undefined; },
    terminated() { open = undefined; },
  }).catch((error) => { open = undefined; throw error; });
  return open;
}

const DROPPED = ["InvalidStateError", "UnknownError", "TransactionInactiveError"];

async function once(work) {
  const db = await connect();
  return work(db);
}

/** Runs work on the database, a second time on a new connection if the first had been dropped. */
export async function withDatabase(work) {
  try {
    return await once(work);
  } catch (error) {
    if (!DROPPED.includes(error?.name)) throw error;
    open = undefined;
    return once(work);
  }
}

/**
 * Runs work on one store or several in one transaction that is on the disk when the
 * promise is kept: "saved" is only said after that. Either all of it is, or nothing.
 * With "relaxed" the disk is not waited for.
 */
export function write(names, work, durability = "strict") {
  return withDatabase(async (db) => {
    const tx = db.transaction(names, "readwrite", { durability: BROKEN === "relaxed" ? "relaxed" : durability });
    const done = tx.done;
    done.catch(() => {}); // told by the await below; a failed request rejects both
    let result;
    try {
      result = await work(...[names].flat().map((name) => tx.objectStore(name)));
    } catch (error) {
      try { tx.abort(); } catch { /* the failed request has ended it */ }
      throw error;
    }
    await done;
    return result;
  });
}

/** Gives a row of the kept things, or undefined. */
export const kept = (key) => withDatabase((db) => db.get("kept", key));

/** Keeps a row under its key. */
export const keep = (row, durability) => write("kept", (store) => store.put(row), durability);

/** Lets go of a row. */
export const forget = (...keys) => write("kept", async (store) => { for (const key of keys) await store.delete(key); });
