// Saving: sealed, on the disk, and only then said to be saved.
import { newID } from "./bytes.js";
import { write } from "./db.js";
import { today } from "./day.js";
import { draftAtRest } from "./draft.js";
import { seal } from "./seal.js";

/**
 * Seals and saves records, all or none, and gives their ids. They are frozen from
 * here on: what was wrong is put right by a record of its own. Rejects when they
 * could not be written; nothing is saved then. along(kept) gives the writes that
 * belong to them, of the same moment: a phone that dies has both or neither.
 */
export async function save(outfit, clock, list, along = () => []) {
  const on = today(outfit);
  const rows = [];
  for (const { kind, answers, id = newID() } of list) {
    const envelope = { v: 1, grant: outfit.grant.token, kind, on, clock, answers };
    rows.push({ id, v: 1, kid: outfit.key.kid, sealed: await seal(outfit.key, id, envelope), day: on, state: "waiting" });
  }
  await draftAtRest();
  await write(["queue", "kept"], (queue, kept) => {
    const writes = [...rows.map((row) => queue.add(row)), ...along(kept)];
    queue.transaction.commit?.(); // there is nothing more to come: to the disk at once
    return Promise.all(writes);
  });
  return rows.map((row) => row.id);
}
