/**
 * SHA-256, FIPS 180-4. The browser's digest is a promise and Node's needs `node:crypto`; ids are wanted at once and
 * everywhere, of texts and files small enough for plain TypeScript (about 100 MB/s).
 */

const rotate = (x: number, by: number): number => (x >>> by) | (x << (32 - by));

/** First 32 bits of the fractional part of the `degree`-th root of each of the first `count` primes. */
function rootConstants(count: number, degree: 2 | 3): Uint32Array {
  const constants = new Uint32Array(count);
  for (let n = 2, found = 0; found < count; n++) if (isPrime(n)) constants[found++] = rootFraction(n, degree);
  return constants;
}

function isPrime(n: number): boolean {
  for (let divisor = 2; divisor * divisor <= n; divisor++) if (n % divisor === 0) return false;
  return true;
}

/** ⌊2³² · n^(1/degree)⌋ mod 2³², by bisection in whole numbers, so that no host's root matters. */
function rootFraction(n: number, degree: 2 | 3): number {
  const target = BigInt(n) << BigInt(32 * degree);
  let low = 0n;
  let high = BigInt(n) << 32n;
  while (low < high) {
    const middle = (low + high + 1n) / 2n;
    if (middle ** BigInt(degree) <= target) low = middle;
    else high = middle - 1n;
  }
  return Number(low & 0xffffffffn);
}

const K = rootConstants(64, 3);
const initialHash = rootConstants(8, 2);

/** The SHA-256 of bytes, or of a text's UTF-8, as 64 hexadecimal digits. */
export function sha256(message: Uint8Array | string): string {
  const bytes = typeof message === "string" ? new TextEncoder().encode(message) : message;
  const hash = initialHash.slice();
  const schedule = new Uint32Array(64);
  const wholeBlocks = bytes.length - (bytes.length % 64);
  const head = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let offset = 0; offset < wholeBlocks; offset += 64) compress(hash, schedule, head, offset);
  const tail = paddedTail(bytes.subarray(wholeBlocks), bytes.length);
  for (let offset = 0; offset < tail.byteLength; offset += 64) compress(hash, schedule, tail, offset);
  return Array.from(hash, (word) => word.toString(16).padStart(8, "0")).join("");
}

/** §5.1.1: the last bytes, a one bit, zeros, and the message's length in bits. */
function paddedTail(rest: Uint8Array, length: number): DataView {
  const tail = new Uint8Array(rest.length < 56 ? 64 : 128);
  tail.set(rest);
  tail[rest.length] = 0x80;
  const view = new DataView(tail.buffer);
  view.setUint32(tail.length - 8, Math.floor(length / 2 ** 29));
  view.setUint32(tail.length - 4, (length << 3) >>> 0);
  return view;
}

/** §6.2.2: one block of 64 bytes at `offset`, into `hash`. `w` is scratch for the message schedule. */
function compress(hash: Uint32Array, w: Uint32Array, block: DataView, offset: number): void {
  expand(w, block, offset);
  let a = hash[0]!;
  let b = hash[1]!;
  let c = hash[2]!;
  let d = hash[3]!;
  let e = hash[4]!;
  let f = hash[5]!;
  let g = hash[6]!;
  let h = hash[7]!;
  for (let t = 0; t < 64; t++) {
    const sum1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const choice = (e & f) ^ (~e & g);
    const temporary1 = (h + sum1 + choice + K[t]! + w[t]!) | 0;
    const sum0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    h = g;
    g = f;
    f = e;
    e = (d + temporary1) | 0;
    d = c;
    c = b;
    b = a;
    a = (temporary1 + sum0 + majority) | 0;
  }
  [a, b, c, d, e, f, g, h].forEach((word, i) => {
    hash[i]! += word;
  });
}

function expand(w: Uint32Array, block: DataView, offset: number): void {
  for (let t = 0; t < 16; t++) w[t] = block.getUint32(offset + 4 * t);
  for (let t = 16; t < 64; t++) {
    const sigma0 = rotate(w[t - 15]!, 7) ^ rotate(w[t - 15]!, 18) ^ (w[t - 15]! >>> 3);
    const sigma1 = rotate(w[t - 2]!, 17) ^ rotate(w[t - 2]!, 19) ^ (w[t - 2]! >>> 10);
    w[t] = w[t - 16]! + sigma0 + w[t - 7]! + sigma1;
  }
}
