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

async function install() {
  try {
    const cache = await caches.open(cacheName);
    await Promise.all(release.files.map((file) => fetchFile(cache, file)));
  } catch (error) {
    await caches.delete(cacheName);
    throw error; // the browser keeps the release that it has, and asks again later
  }
}

/** Takes a file from an older release when its content is the same, else from the server, checked by its hash. */
async function fetchFile(cache, { url, integrity }) {
  for (const name of await caches.keys()) {
    if (!name.startsWith(PREFIX) || name === cacheName) continue;
    const old = await (await caches.open(name)).match(url);
    if (old && old.headers.get("X-Integrity") === integrity) return cache.put(url, old);
  }
  const response = await fetch(url, { integrity, cache: "no-cache", credentials: "omit", redirect: "error" });
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  const headers = new Headers(response.headers);
  headers.set("X-Integrity", integrity);
  return cache.put(url, new Response(await response.blob(), { headers }));
}

addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("message", (event) => {
  if (event.data === "swap") skipWaiting();
  // An older release is let go of only once this one has drawn a screen.
  if (event.data === "drawn") event.waitUntil(tidy());
});

async function tidy() {
  for (const name of await caches.keys()) {
    if (name.startsWith(PREFIX) && name !== cacheName) await caches.delete(name);
  }
}

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate" && url.pathname === "/app/") return event.respondWith(start(request));
  if (urls.has(url.pathname)) event.respondWith(answer(url.pathname, request));
});

const answer = async (path, request) => (await (await caches.open(cacheName)).match(path)) ?? fetch(request);

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
