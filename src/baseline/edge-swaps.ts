/**
 * Edge swaps: two features exchange one neuron each, which keeps the size of every codeword and the degree of every
 * neuron, until codewords overlap as evenly as they can.
 *
 * What is lowered is Σ over pairs of features of their overlap squared, a proxy of the loss: the degrees fix the sum of
 * the overlaps, so the squares say how unevenly they are spread, and a pair that shares two neurons is answered worst.
 * Swaps that change nothing are taken too: they lead out of dead ends, as well as annealing does.
 * Cost: about a nanosecond for each swap tried and each feature.
 */
import { type Matrix, matrix } from "../numeric/matrix.ts";
import { type RandomStream, randomStream, words } from "../numeric/random.ts";

/** A code after swaps. */
export interface EdgeSwaps {
  /** [neurons, features] */
  readonly code: Matrix<Float64Array>;
  /** Σ over pairs of features of the neurons that they share, squared. */
  readonly squaredOverlaps: number;
  /** The same before. */
  readonly before: number;
}

/** How long. */
export interface EdgeSwapOptions {
  /** Swaps tried for each edge (each 1 of the code); 2000 unless told. */
  readonly sweeps?: number;
  /** 0 unless told. */
  readonly seed?: number;
}

/** What the walk changes: the code, how many neurons features share, and its edges: feature i drives neuron k. */
interface Walk {
  readonly code: Matrix<Float64Array>;
  /** [features, features] */
  readonly shared: Int32Array;
  /** Of every edge, [edges] */
  readonly features: Int32Array;
  readonly neurons: Int32Array;
}

/** Swaps tried with the numbers of one step of the stream. */
const chunk = 4096;

/**
 * Swaps edges of a code at random and keeps what does not raise the overlaps. Deterministic by seed.
 *
 * @param code 1 where feature i drives neuron k, else 0, [neurons, features]
 * @throws on entries other than 0 and 1, and on sweeps below 0.
 */
export function edgeSwaps(code: Matrix, { sweeps = 2000, seed = 0 }: EdgeSwapOptions = {}): EdgeSwaps {
  checkArguments(code, sweeps);
  const walk = walkOf(code);
  const before = squaredOverlaps(walk);
  trySwaps(walk, sweeps, randomStream(seed, "edge swaps"), (change) => change <= 0);
  return { code: walk.code, squaredOverlaps: squaredOverlaps(walk), before };
}

/** A random code with the sizes and degrees of another: every swap is taken. @returns [neurons, features] */
export function shuffleEdges(code: Matrix, sweeps: number, seed: number): Matrix<Float64Array> {
  const walk = walkOf(code);
  trySwaps(walk, sweeps, randomStream(seed, "shuffled edges"), () => true);
  return walk.code;
}

function checkArguments(code: Matrix, sweeps: number): void {
  const bad = Array.from(code.data).find((bit) => bit !== 0 && bit !== 1);
  if (bad !== undefined) {
    throw new Error(`edgeSwaps: need a code of 0 and 1, got ${bad}. Pass codewords(W_in).code.`);
  }
  if (!(sweeps >= 0 && Number.isFinite(sweeps))) {
    throw new Error(`edgeSwaps: need sweeps of 0 or more, got ${sweeps}. Try 2000.`);
  }
}

function walkOf(original: Matrix): Walk {
  const [neurons, features] = original.shape;
  const code = matrix(neurons, features, original.data);
  const places = Array.from(code.data.keys()).filter((at) => code.data[at] === 1);
  const shared = new Int32Array(features * features);
  for (let k = 0; k < neurons; k++) {
    const row = code.data.subarray(k * features, (k + 1) * features);
    const served = Array.from(row.keys()).filter((i) => row[i] === 1);
    for (const i of served) for (const j of served) shared[i * features + j]! += 1;
  }
  return {
    code,
    shared,
    features: Int32Array.from(places, (at) => at % features),
    neurons: Int32Array.from(places, (at) => Math.floor(at / features)),
  };
}

function squaredOverlaps({ shared, code }: Walk): number {
  const features = code.shape[1];
  let total = 0;
  for (let i = 0; i < features; i++) {
    for (let j = 0; j < i; j++) total += shared[i * features + j]! ** 2;
  }
  return total;
}

function trySwaps(
  walk: Walk,
  sweeps: number,
  stream: RandomStream,
  isTaken: (change: number) => boolean,
): void {
  const edges = walk.features.length;
  const tries = Math.round(sweeps * edges);
  const edgeOf = (word: number) => Math.floor((word / 2 ** 32) * edges);
  for (let first = 0; first < tries; first += chunk) {
    const drawn = words(stream, 2 * chunk, first / chunk);
    for (let at = 0; at < chunk && first + at < tries; at++) {
      const [e, f] = [edgeOf(drawn[2 * at]!), edgeOf(drawn[2 * at + 1]!)];
      if (canSwap(walk, e, f) && isTaken(changeOf(walk, e, f))) swap(walk, e, f);
    }
  }
}

/** Whether edges (i, k) and (j, l) may become (i, l) and (j, k): neither of these is there already. */
function canSwap({ code, features, neurons }: Walk, e: number, f: number): boolean {
  const n = code.shape[1];
  const bits = code.data[neurons[f]! * n + features[e]!]! + code.data[neurons[e]! * n + features[f]!]!;
  return bits === 0;
}

/** How much Σ overlap² rises when feature i leaves neuron k for l and feature j leaves l for k. */
function changeOf({ code, shared, features, neurons }: Walk, e: number, f: number): number {
  const n = code.shape[1];
  const [i, j] = [features[e]!, features[f]!];
  const [k, l] = [neurons[e]! * n, neurons[f]! * n];
  let change = 0;
  for (let m = 0; m < n; m++) {
    const step = code.data[l + m]! - code.data[k + m]!;
    if (step === 0 || m === i || m === j) continue;
    // (o + s)² − o² = 2 o s + s², for i with s and for j with −s; i and j themselves share as much as before.
    change += 2 * (step * (shared[i * n + m]! - shared[j * n + m]!) + 1);
  }
  return change;
}

function swap({ code, shared, features, neurons }: Walk, e: number, f: number): void {
  const n = code.shape[1];
  const [i, j, k, l] = [features[e]!, features[f]!, neurons[e]!, neurons[f]!];
  for (let m = 0; m < n; m++) {
    const step = code.data[l * n + m]! - code.data[k * n + m]!;
    if (step === 0 || m === i || m === j) continue;
    shared[i * n + m]! += step;
    shared[m * n + i]! += step;
    shared[j * n + m]! -= step;
    shared[m * n + j]! -= step;
  }
  for (const [neuron, feature, bit] of [
    [k, i, 0],
    [l, i, 1],
    [l, j, 0],
    [k, j, 1],
  ] as const) {
    code.data[neuron * n + feature] = bit;
  }
  neurons[e] = l;
  neurons[f] = k;
}
