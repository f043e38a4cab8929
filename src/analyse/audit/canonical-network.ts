/**
 * One form for all networks that differ in bookkeeping alone, so that an audit judges the function and not its spelling.
 *
 * A bias-free ReLU net computes the same when a neuron is scaled (W_in row × c, W_out column ÷ c, c > 0), when a neuron
 * is split in two with parallel rows, and when neurons that do nothing are added. Here such neurons are merged or
 * dropped, and every row of W_in is scaled so that its typical large entry is 1: √(Σ w⁴ / Σ w²) = 1, which for a row of
 * ones and zeros is its on-value, and which small off-values hardly move. Neurons keep their order.
 */
import { type Network, requirePlain, sizesOf } from "../../evaluate/network.ts";
import { type Matrix, matrix } from "../../numeric/matrix.ts";

/** A network in canonical form, and what was done to it. */
export interface CanonicalNetwork {
  /** Float64; as many rows of W_in as there are live, distinct neurons. M is null where it was all zeros. */
  readonly network: Network;
  /** Neurons that were dropped: they add less than 10⁻⁴ of what the strongest neuron adds. */
  readonly dead: number;
  /** Neurons that were merged into another with a parallel row of W_in. */
  readonly merged: number;
}

/** A neuron: its row of W_in at length 1, [features], and its column of W_out, [features]. */
interface Neuron {
  readonly direction: Float64Array;
  readonly output: Float64Array;
}

/** Below this share of the strongest neuron's ‖row‖ ‖column‖ a neuron is dead. */
const deadShare = 1e-4;
/** Unit rows nearer than this are parallel: float32 rounds entries to 6e-8. */
const parallelDistance = 1e-5;

/**
 * The canonical form of a network.
 *
 * @throws when the matrices do not fit together, a weight is not finite, or the network has biases, another activation or
 *   labels other than relu(x) + M x
 * @example canonicalNetwork(twice).network.W_in.shape[0] // 50 for 50 neurons that stand there twice
 */
export function canonicalNetwork(network: Network): CanonicalNetwork {
  const { features } = sizesOf(network);
  requirePlain("audit", network, "The rules are for these alone; see docs/guides/audit.md.");
  requireFinite("W_in", network.W_in);
  requireFinite("W_out", network.W_out);
  if (network.M !== null) requireFinite("M", network.M);
  const all = neuronsOf(network);
  const live = withoutDead(all);
  const distinct = merge(live);
  // Columns of parallel neurons may cancel.
  const kept = withoutDead(distinct);
  const hasMixing = network.M?.data.some((value) => value !== 0) ?? false;
  return {
    network: { ...weightsOf(kept, features), M: hasMixing ? network.M : null },
    dead: all.length - live.length + (distinct.length - kept.length),
    merged: live.length - distinct.length,
  };
}

function requireFinite(name: string, { data, shape }: Matrix): void {
  const at = data.findIndex((value) => !Number.isFinite(value));
  if (at < 0) return;
  const place = `[${Math.floor(at / shape[1])}, ${at % shape[1]}]`;
  throw new Error(`${name}${place}: need a finite number, got ${data[at]}. Mend the weights.`);
}

function neuronsOf({ W_in, W_out }: Network): Neuron[] {
  const [neurons, features] = W_in.shape;
  return Array.from({ length: neurons }, (_, k) => {
    const row = Float64Array.from(W_in.data.subarray(k * features, (k + 1) * features));
    const length = Math.sqrt(squared(row));
    const output = Float64Array.from({ length: features }, (_, i) => length * W_out.data[i * neurons + k]!);
    return { direction: length === 0 ? row : row.map((value) => value / length), output };
  });
}

function withoutDead(neurons: readonly Neuron[]): Neuron[] {
  const strengths = neurons.map(({ direction, output }) => Math.sqrt(squared(direction) * squared(output)));
  const least = deadShare * Math.max(0, ...strengths);
  return neurons.filter((_, k) => strengths[k]! > least);
}

/** Adds the columns of parallel neurons, at the place of the first. */
function merge(neurons: readonly Neuron[]): Neuron[] {
  const distinct: Neuron[] = [];
  for (const neuron of neurons) {
    const same = distinct.findIndex(
      ({ direction }) => distance(direction, neuron.direction) < parallelDistance,
    );
    if (same < 0) distinct.push(neuron);
    else distinct[same] = { ...distinct[same]!, output: added(distinct[same]!.output, neuron.output) };
  }
  return distinct;
}

function weightsOf(neurons: readonly Neuron[], features: number): Pick<Network, "W_in" | "W_out"> {
  const W_in = matrix(neurons.length, features);
  const W_out = matrix(features, neurons.length);
  neurons.forEach(({ direction, output }, k) => {
    const size = Math.sqrt(squared(direction.map((value) => value * value)));
    for (let i = 0; i < features; i++) {
      W_in.data[k * features + i] = direction[i]! / size;
      W_out.data[i * neurons.length + k] = output[i]! * size;
    }
  });
  return { W_in, W_out };
}

const squared = (v: Float64Array): number => v.reduce((total, value) => total + value * value, 0);
const added = (a: Float64Array, b: Float64Array): Float64Array => a.map((value, i) => value + b[i]!);

function distance(a: Float64Array, b: Float64Array): number {
  return Math.sqrt(squared(a.map((value, i) => value - b[i]!)));
}
