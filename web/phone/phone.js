// The phone's screen: starts the outbox, the forms and the sending, and keeps them
// apart from each other. Nothing here waits for the network before a form can be
// used. Start at begin.
import { keep, kept } from "./db.js";
import { flush } from "./send.js";
import { counts, prune } from "./outbox.js";
import { fetchOutfit, leave, outfit } from "./outfit.js";
import { hide, openScreen, say, showLost, state } from "./screen.js";
import { clone } from "./form.js";
import { draw } from "./status.js";
import { listenForUpdates } from "./update.js";

const FIRST = 2_000, MOST = 5 * 60_000; // milliseconds between tries
let pause = FIRST, timer;

/** Sends, says how it went, and tries again later while something waits. */
async function send(byHand = false) {
  clearTimeout(timer);
  if (byHand) pause = FIRST;
  const why = await flush().catch(() => "trouble");
  const c = await draw(state.outfit, why === "busy" ? undefined : why);
  if (c.waiting + c.retry === 0) {
    pause = FIRST;
    return;
  }
  timer = setTimeout(send, pause * (0.75 + Math.random() / 2)); // not all phones at once
  pause = Math.min(pause * 2, MOST);
  navigator.serviceWorker?.ready.then((r) => r.sync?.register("send")).catch(() => {});
}

/** Asks the browser not to evict what waits; once a week until it agrees. */
async function askToPersist() {
  if (!navigator.storage?.persist || await navigator.storage.persisted()) return;
  const asked = (await kept("persist"))?.on ?? 0;
  if (Date.now() - asked < 7 * 864e5) return;
  await keep({ key: "persist", on: Date.now() });
  await navigator.storage.persist();
}

/** Two links have something to do first: a language is kept, and whoever signed out without signal is signed out. */
async function follow(event) {
  const a = event.target.closest("a[data-language], a[href^='/sign-in']");
  if (!a) return;
  event.preventDefault();
  if (a.dataset.language) await keep({ key: "lang", lang: a.dataset.language }).catch(() => {});
  else await leave().catch(() => {});
  location.assign(a.href);
}

async function refresh() {
  await leave();
  if (await kept("leaving")) return; // whoever signed out here stays signed out
  const c = await counts(state.outfit);
  const got = await fetchOutfit(c.waiting + c.retry);
  if (typeof got === "string") return; // an older one stays in use
  const first = !state.outfit;
  state.outfit = got.outfit;
  if (first) await openScreen();
  if (got.lost > 0) await keep({ key: "lost", lost: got.lost });
  await showLost();
}

async function begin() {
  state.outfit = await outfit();
  const hand = await kept("hand");
  if (hand) document.documentElement.dataset.hand = hand.hand;
  await openScreen();
  listenForUpdates(); // at once: this release has drawn, whatever becomes of the rest
  addEventListener("hashchange", () => {
    say.replaceChildren();
    state.fixing = ""; // whoever goes elsewhere does not correct any more
    openScreen();
  });
  document.getElementById("hide").addEventListener("click", hide);
  document.addEventListener("saved", () => { send(); askToPersist(); });
  document.addEventListener("send", () => send(true));
  addEventListener("online", () => send(true));
  document.addEventListener("visibilitychange", () => { if (!document.hidden) send(); });
  document.addEventListener("click", follow);
  new ResizeObserver(([{ target }]) => document.documentElement.style.setProperty("--bar", `${target.offsetHeight}px`)).observe(document.querySelector(".bar"));
  await draw(state.outfit);
  await showLost();
  await refresh().catch(() => {});
  await prune(state.outfit);
  await send();
}

// A browser that keeps nothing, in a private window for instance, must not pretend to.
const broken = () => document.getElementById("screen").replaceChildren(clone("screen-broken"));
setTimeout(() => { if (!document.getElementById("screen").firstChild) broken(); }, 5_000); // it may also just never answer
begin().catch(broken);
