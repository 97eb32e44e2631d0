// New releases of the app. The worker fetches all of one or nothing; it takes over
// at the next start, or on a tap while no form is half filled. The old one is kept
// until the new one has drawn a screen.
import { state } from "./screen.js";

/** Registers the worker, tells it that its release has drawn, and offers a new one. */
export async function listenForUpdates() {
  const worker = navigator.serviceWorker;
  if (!worker) return;
  const drawn = () => worker.controller?.postMessage("drawn");
  const had = worker.controller; // the worker whose release this page is of; none: the page is what the network gave
  drawn();
  worker.addEventListener("controllerchange", () => {
    if (state.swap) location.reload();
    else if (!had) drawn(); // a page of an older release says nothing of the one that took over
  });
  let registration;
  try {
    registration = await worker.register("/app/worker.js", { scope: "/app/", updateViaCache: "none" });
  } catch {
    return; // no signal, or an update that did not arrive whole: the one that is here goes on
  }
  if (!registration) return; // switched off in this browser
  offer(registration);
  registration.addEventListener("updatefound", () => {
    registration.installing?.addEventListener("statechange", () => offer(registration));
  });
}

function offer(registration) {
  const box = document.getElementById("update");
  if (!registration.waiting || !navigator.serviceWorker.controller) return;
  box.hidden = false;
  box.querySelector("button").onclick = () => {
    if (state.dirty) return;
    state.swap = true;
    registration.waiting.postMessage("swap");
  };
}
