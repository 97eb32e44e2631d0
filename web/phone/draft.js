// A half-filled form outlives a call that comes in, or a phone that runs out of
// memory: for ten minutes, encrypted with a key made for this one draft that the
// phone will use but not show. It is gone when the record is saved, hidden or old.
import { forget, keep, kept } from "./db.js";

const LIFE = 10 * 60_000;
let key, newest, tail = Promise.resolve();

const cipher = (iv) => ({ name: "AES-GCM", iv });

/**
 * Keeps what is answered so far: {kind, answers}. The newest wins. The disk is not
 * waited for, so that whoever saves in this moment need not wait for it twice.
 */
export function keepDraft(draft) {
  newest = draft;
  tail = tail.then(async () => {
    if (draft !== newest) return; // there is more by now
    key ??= await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const sealed = await crypto.subtle.encrypt(cipher(iv), key, new TextEncoder().encode(JSON.stringify(draft)));
    await keep({ key: "draft", until: Date.now() + LIFE, iv, sealed, lock: key }, "relaxed");
  }).catch(() => {}); // a draft that cannot be kept costs an interruption, not a record
  return tail;
}

/** Gives the draft if it is young enough, and wipes it otherwise. */
export async function readDraft() {
  const row = await kept("draft");
  if (!row) return null;
  const left = row.until - Date.now();
  if (left <= 0 || left > LIFE) {
    await dropDraft();
    return null;
  }
  try {
    const text = await crypto.subtle.decrypt(cipher(row.iv), row.lock, row.sealed);
    return JSON.parse(new TextDecoder().decode(text));
  } catch {
    return null;
  }
}

/** Wipes it. */
export function dropDraft() {
  key = undefined;
  tail = tail.then(() => forget("draft")).catch(() => {});
  return tail;
}

/** Wipes it as part of a transaction on the kept things: that of the record it became. */
export function endDraft(kept) {
  key = undefined;
  return kept.delete("draft");
}

/** Waits until what is on its way to be kept is, so that none comes after its end. */
export const draftAtRest = () => tail;

/** How long a draft lives, in milliseconds. */
export const DRAFT_LIFE = LIFE;
