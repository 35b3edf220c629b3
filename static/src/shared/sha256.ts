// The SHA-256 of a photo, computed here where plain http has no crypto.subtle.

export async function sha256(bytes: ArrayBuffer): Promise<string> {
  if (globalThis.crypto?.subtle) return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
  return sha256Slowly(new Uint8Array(bytes));
}

/** FIPS 180-4, section 6.2. */
export function sha256Slowly(message: Uint8Array): string {
  const padded = pad(message);
  const view = new DataView(padded.buffer);
  const hash = new Uint32Array(START);
  const w = new Uint32Array(64);
  for (let block = 0; block < padded.length; block += 64) mix(hash, w, view, block);
  const out = new DataView(new ArrayBuffer(32));
  hash.forEach((word, i) => out.setUint32(i * 4, word));
  return hex(new Uint8Array(out.buffer));
}

const hex = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

function pad(message: Uint8Array): Uint8Array<ArrayBuffer> {
  const padded = new Uint8Array(Math.ceil((message.length + 9) / 64) * 64);
  padded.set(message);
  padded[message.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor((message.length * 8) / 2 ** 32));
  view.setUint32(padded.length - 4, (message.length * 8) >>> 0);
  return padded;
}

function mix(hash: Uint32Array, w: Uint32Array, view: DataView, block: number): void {
  for (let i = 0; i < 16; i++) w[i] = view.getUint32(block + i * 4);
  for (let i = 16; i < 64; i++) {
    const a = at(w, i - 15);
    const b = at(w, i - 2);
    w[i] = (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10)) + at(w, i - 7) +
      (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + at(w, i - 16);
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = hash;
  for (let i = 0; i < 64; i++) {
    const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + at(K, i) + at(w, i)) | 0;
    const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, i) => (hash[i] = at(hash, i) + word));
}

const at = (words: Uint32Array, i: number): number => words[i] ?? 0;
const turn = (word: number, by: number): number => (word >>> by) | (word << (32 - by));

/** First 32 bits of the fractional parts of the roots of the first primes, as the standard says. */
const PRIMES = [...Array(320).keys()].filter((n) => n > 1 && everyBelow(n, (d) => n % d !== 0)).slice(0, 64);
const START = PRIMES.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));
const K = new Uint32Array(PRIMES.map((prime) => fraction(Math.cbrt(prime))));

function fraction(root: number): number {
  return Math.floor((root - Math.floor(root)) * 2 ** 32);
}

function everyBelow(n: number, holds: (d: number) => boolean): boolean {
  for (let d = 2; d * d <= n; d++) if (!holds(d)) return false;
  return true;
}
