/**
 * Named random streams. A stream is a seed and a name; its numbers are a pure function of (seed, name, step,
 * position), so nothing is consumed, adding a stream moves no other, and any draw can be made again alone.
 * Generator: Philox4x32-10 with key = seed and counter = (block, step, name's hash, 0); see
 * docs/decisions/random-streams.md. Two names of one seed share numbers if their 32-bit hashes collide.
 */
import { cos, log, sin } from "./elementary.ts";
import { philox4x32Into } from "./philox.ts";

/** Where a stream's numbers come from; plain data. */
export interface RandomStream {
  /** The seed's low and high 32 bits. */
  readonly key: readonly [low: number, high: number];
  /** FNV-1a of the name's UTF-8 bytes. */
  readonly id: number;
}

/** 32-bit FNV-1a of the UTF-8 bytes of `text` (Fowler, Noll, Vo; IETF draft-eastlake-fnv). */
export function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

/**
 * The stream called `name` of `seed`.
 * @param seed whole number 0 … 2^53 − 1
 * @throws RangeError for any other seed.
 * @example normals(randomStream(0, "mixing"), 3)
 */
export function randomStream(seed: number, name: string): RandomStream {
  requireWhole("randomStream", "seed", seed, Number.MAX_SAFE_INTEGER);
  return { key: [seed >>> 0, Math.floor(seed / 2 ** 32)], id: fnv1a(name) };
}

/**
 * The first `count` 32-bit words of a step of the stream; a longer draw begins with a shorter one.
 * @param step whole number 0 … 2^32 − 1; steps of a stream are independent of each other
 * @returns [count]
 * @throws RangeError when count or step is not such a number.
 */
export function words(stream: RandomStream, count: number, step = 0): Uint32Array {
  requireWhole("words", "count", count, 2 ** 32);
  requireWhole("words", "step", step, 2 ** 32 - 1);
  const blocks = Math.ceil(count / 4);
  const out = new Uint32Array(4 * blocks);
  for (let block = 0; block < blocks; block++) {
    philox4x32Into(out, 4 * block, [block, step, stream.id, 0], stream.key);
  }
  return out.length === count ? out : out.slice(0, count);
}

/**
 * Uniform numbers (word + ½)/2^32: never 0, never 1, symmetric about ½, exact in float64.
 * @returns [count]
 */
export function uniforms(stream: RandomStream, count: number, step = 0): Float64Array {
  return Float64Array.from(words(stream, count, step), (word) => (word + 0.5) / 2 ** 32);
}

/**
 * Standard normal numbers by Box and Muller 1958: uniforms 2i and 2i + 1 give normals 2i and 2i + 1. Same bits on every
 * host. |z| ≤ 6.77, the price of 32-bit uniforms (the chance of more is 1.3e-11).
 * @returns [count]
 */
export function normals(stream: RandomStream, count: number, step = 0): Float64Array {
  const pairs = Math.ceil(count / 2);
  const u = uniforms(stream, 2 * pairs, step);
  for (let i = 0; i < 2 * pairs; i += 2) {
    const radius = Math.sqrt(-2 * log(u[i]!));
    const angle = 2 * Math.PI * u[i + 1]!;
    u[i] = radius * cos(angle);
    u[i + 1] = radius * sin(angle);
  }
  return u.length === count ? u : u.slice(0, count);
}

function requireWhole(where: string, name: string, value: number, largest: number): void {
  if (Number.isInteger(value) && value >= 0 && value <= largest) return;
  throw new RangeError(
    `${where}: ${name} must be a whole number from 0 to ${largest}, got ${value}. Choose one in that range.`,
  );
}
