// The worker that ends the worker: served in its place when the phone's screen has
// to be taken back. It lets go of the shell and of itself, and leaves the queue
// alone: the page goes on sending it.
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(retire()));

async function retire() {
  for (const name of await caches.keys()) {
    if (name.startsWith("shell-")) await caches.delete(name);
  }
  await registration.unregister();
}
