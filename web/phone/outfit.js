// The outfit: what a worker needs to record without signal. Where they may record,
// which kits there are, the key to seal with and the grant that lets records be
// credited to them. It is theirs, and goes when they sign out.
import { forget, keep, kept } from "./db.js";

const FRESH = 36e5; // milliseconds for which it is not fetched again

/** Gives the outfit, or undefined where nobody has signed in. */
export const outfit = async () => (await kept("outfit"))?.outfit;

/**
 * Fetches it with the sign-in of this browser, unless it is fresh and nothing waits,
 * and tells how many records wait here. Gives {outfit, lost} or why not: "signed-out",
 * "denied", or "silent". An older one stays in use.
 */
export async function fetchOutfit(waiting) {
  const had = await kept("outfit");
  if (waiting === 0 && had && Math.abs(Date.now() - had.at) < FRESH) return { outfit: had.outfit, lost: 0 };
  let body;
  try {
    const response = await fetch("/api/v1/outfit", {
      method: "POST", headers: { "Content-Type": "application/json" }, redirect: "manual", cache: "no-store",
      body: JSON.stringify({ waiting, grant: had?.outfit.grant.token ?? "" }), signal: AbortSignal.timeout?.(25_000),
    });
    if (response.status === 401) return "signed-out";
    if (response.status === 403) return "denied";
    body = await response.json();
  } catch {
    return "silent";
  }
  if (body?.proto !== "thn-outfit/1") return "silent";
  const { lost = 0, ...fresh } = body;
  wear(fresh.programme.face);
  await keep({ key: "outfit", outfit: fresh, at: Date.now() });
  return { outfit: fresh, lost };
}

/** Shows the name and icon that the programme chose, for whoever puts this on the home screen. */
function wear(face) {
  for (const link of document.querySelectorAll("link[rel=manifest]")) link.href = link.getAttribute("href").replace(/\.\w+\.webmanifest/, `.${face}.webmanifest`);
}

/**
 * Signs out, with or without signal: everything that is one person's goes at once.
 * The sealed records stay and will be sent; the sign-in of the browser ends now, or
 * as soon as there is signal.
 */
export async function signOut() {
  await forget("outfit", "draft");
  await keep({ key: "leaving", leaving: true });
  return leave();
}

/** Ends the browser's sign-in if that is still to be done. */
export async function leave() {
  if (!(await kept("leaving"))) return;
  try {
    const response = await fetch("/sign-out", { method: "POST", redirect: "manual", cache: "no-store" });
    if (response.type === "opaqueredirect" || response.status === 401) await forget("leaving");
  } catch { /* no signal: at the next start */ }
}
