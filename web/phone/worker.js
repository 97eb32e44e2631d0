// The worker of the phone's screen. It keeps one release of the shell, complete and
// with every hash right, or none; it answers for those files and nothing else, so
// that nothing behind the sign-in is ever kept. It never touches the queue, and
// never takes over while a form is open. `release` {version, files: [{url,
// integrity}]} is put in front of this file by the server.
import { kept } from "./db.js";
import { flush } from "./send.js";

const PREFIX = "shell-";
const cacheName = PREFIX + release.version;
const urls = new Set(release.files.map((f) => f.url));

addEventListener("install", (event) => event.waitUntil(install()));

/** Takes the whole release before it keeps any of it. */
async function install() {
  const files = await Promise.all(release.files.map(take)); // or the browser keeps what it has, and asks again later
  const known = await caches.has(cacheName); // after a release was taken back, it may be the one in use
  const cache = await caches.open(cacheName);
  try {
    await Promise.all(files.map(([url, file]) => cache.put(url, file)));
  } catch (error) {
    if (!known) await caches.delete(cacheName);
    throw error;
  }
}

/** Takes a file from a release that is here when its content is the same, else from the server, checked by its hash. */
async function take({ url, integrity }) {
  for (const name of await shells()) {
    const had = await caches.match(url, { cacheName: name });
    if (had?.headers.get("X-Integrity") === integrity) return [url, had];
  }
  const response = await fetch(url, { integrity, cache: "no-cache", credentials: "omit", redirect: "error" });
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  const headers = new Headers(response.headers);
  headers.set("X-Integrity", integrity);
  return [url, new Response(await response.blob(), { headers })];
}

/** The releases that are here, in the order in which they came. */
const shells = async () => (await caches.keys()).filter((name) => name.startsWith(PREFIX));

addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("message", (event) => {
  if (event.data === "swap") skipWaiting();
  // An older release is let go of only once this one has drawn a screen.
  if (event.data === "drawn") event.waitUntil(tidy());
});

/** What came after this release waits to take its place: it stays, whole. */
async function tidy() {
  const all = await shells();
  for (const name of all.slice(0, Math.max(0, all.indexOf(cacheName)))) await caches.delete(name);
}

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate" && url.pathname === "/app/") return event.respondWith(start(request));
  if (urls.has(url.pathname)) event.respondWith(answer(url.pathname, request));
});

const answer = async (path, request) => (await caches.match(path, { cacheName })) ?? fetch(request);

/** The start page is the shell in the phone's language. */
async function start(request) {
  const shells = [...urls].filter((u) => /^\/app\/[a-z]{2}$/.test(u));
  const chosen = (await kept("lang").catch(() => null))?.lang;
  const wanted = [chosen, ...navigator.languages].map((l) => `/app/${String(l).slice(0, 2)}`).find((u) => shells.includes(u));
  return Response.redirect(wanted ?? shells[0] ?? request.url, 302);
}

addEventListener("sync", (event) => { if (event.tag === "send") event.waitUntil(flush().then(again)); });

/** Tells the browser to come back when not everything could be sent. */
const again = (why) => { if (why !== "sent" && why !== "busy") throw new Error(why); };

flush().catch(() => {}); // whenever the worker starts
