// "This phone": what it holds, sending by hand, the rescue file, signing out.
import { keep, kept } from "./db.js";
import { rescue, takeIn } from "./outbox.js";
import { signOut } from "./outfit.js";
import { openScreen, state } from "./screen.js";
import { draw } from "./status.js";
import { n, t } from "./words.js";

const at = (id) => document.getElementById(id);

/** Draws the screen and makes its buttons work. */
export async function drawPhone() {
  at("who").textContent = state.outfit ? t("signed_in", { Handle: state.outfit.handle, Programme: state.outfit.programme.name }) : t("nobody");
  at("leave").hidden = !state.outfit;
  at("enter").hidden = Boolean(state.outfit);
  at("persisted").textContent = await safe();
  at("send-now").onclick = () => document.dispatchEvent(new CustomEvent("send"));
  at("share").onclick = share;
  at("take-in").onchange = take;
  at("leave").onclick = out;
  const hand = (await kept("hand"))?.hand === "left";
  at("left-hand").checked = hand;
  at("left-hand").onchange = async (event) => {
    await keep({ key: "hand", hand: event.target.checked ? "left" : "right" });
    document.documentElement.dataset.hand = event.target.checked ? "left" : "right";
  };
  await draw(state.outfit);
}

async function safe() {
  if (isHomeScreenNeeded()) return t("install_first");
  return (await navigator.storage?.persisted?.()) ? t("kept_safe") : t("kept_best");
}

/** On an iPhone a page outside the home screen may lose what it keeps after a week. */
const isHomeScreenNeeded = () => /iPhone|iPad|iPod/.test(navigator.userAgent) && !navigator.standalone;

async function share() {
  const file = await rescue();
  if (navigator.canShare?.({ files: [file] })) {
    await navigator.share({ files: [file] }).catch(() => {}); // closed again: nothing has happened
    return;
  }
  const a = Object.assign(document.createElement("a"), { href: URL.createObjectURL(file), download: file.name });
  a.click();
  setTimeout(() => URL.revokeObjectURL(a.href), 60_000);
}

async function take(event) {
  const [file] = event.target.files;
  if (!file) return;
  const told = at("taken");
  try {
    told.textContent = n("taken_in", await takeIn(await file.text(), state.outfit));
    document.dispatchEvent(new CustomEvent("send"));
  } catch (error) {
    told.textContent = error.message === "file" ? t("no_rescue_file") : t("not_kept");
  }
  event.target.value = "";
}

async function out() {
  const c = await draw(state.outfit);
  state.outfit = undefined;
  state.last = state.saved = null;
  state.dirty = false;
  await signOut();
  at("say").replaceChildren();
  await openScreen();
  at("out-words").textContent = n("out", c.waiting + c.retry);
  at("out-words").hidden = false;
}
