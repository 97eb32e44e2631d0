// Sealing: what was answered is encrypted to the server at the moment of saving
// (HPKE, RFC 9180), and the phone keeps nothing else of it. There is no key on the
// phone that opens it again. The format is documented beside its reader,
// internal/seal.
import { fromBase64, squeezed } from "./bytes.js";
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from "@hpke/core";

const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });
const info = new TextEncoder().encode("thn-outbox/1");
const BLOCK = 320; // every record is a multiple of this, so that its length tells nothing

let ahead = {}; // what prepare made: for one key, and for one record

/** Makes ready to seal one record to a key, while somebody is still answering. */
export function prepare(key) {
  if (ahead.to !== key.public) ahead = { to: key.public, sender: senderTo(key) };
  ahead.sender.catch(() => { ahead = {}; }); // told where it is needed
  return ahead.sender;
}

async function senderTo(key) {
  const recipientPublicKey = await suite.kem.importKey("raw", fromBase64(key.public).buffer, true);
  return suite.createSenderContext({ recipientPublicKey, info });
}

/** Gives the sealed bytes of an envelope; key is the outfit's {kid, public}, id the record's. */
export async function seal(key, id, envelope) {
  const made = prepare(key);
  ahead = {}; // the next record has a key of its own
  const text = new TextEncoder().encode(JSON.stringify(envelope));
  const [sender, plain] = await Promise.all([made, packed(text)]);
  const closed = await sender.seal(plain, new TextEncoder().encode(id));
  return joined(new Uint8Array(sender.enc), new Uint8Array(closed));
}

/** How it is packed, its length, itself, and zeros up to the next block. */
async function packed(text) {
  let how = 0;
  if (typeof CompressionStream === "function") {
    const small = await squeezed("deflate-raw", text).catch(() => null); // not every browser has this one
    if (small && small.length < text.length) [how, text] = [1, small];
  }
  const out = new Uint8Array(Math.ceil((text.length + 3) / BLOCK) * BLOCK);
  out.set([how, text.length >> 8, text.length & 255]);
  out.set(text, 3);
  return out;
}

function joined(a, b) {
  const out = new Uint8Array(a.length + b.length);
  out.set(a);
  out.set(b, a.length);
  return out;
}
