/**
 * The loss |ŷ − y|^q per p over the density p of the inputs, for any exponent q, beside what does nothing, what serves
 * h features alone, and what no network goes below.
 *
 * Inputs with one active feature have a closed form, and empty ones no loss, so only those with two or more are sampled:
 *   L/p = (1 − p)^(n−1) · (L/p for exactly one) + E[Σ_k |e_k|^q; two or more active] / (n p).
 * As p → 0 it is the first term with hardly an error. Float64 in plain TypeScript: exponents that are no whole number take
 * a power for every output of every input, some four times as long.
 */
import { naive } from "../baseline/naive.ts";
import { powerBound } from "../baseline/power-bound.ts";
import type { Problem } from "../baseline/problem.ts";
import { zero } from "../baseline/zero.ts";
import type { ValueKind } from "../engine/engine.ts";
import { errorOfRow, toFunctionModel } from "../evaluate/function-model.ts";
import { meanOfRows } from "../evaluate/loss.ts";
import type { LossOverPOptions } from "../evaluate/loss-over-p.ts";
import { type Network, requirePlain, sizesOf } from "../evaluate/network.ts";
import { powerLoss } from "../evaluate/power-loss.ts";
import type { SampleOptions } from "../evaluate/sampled-errors.ts";
import { eachInput } from "../evaluate/sampled-inputs.ts";
import { pow } from "../numeric/elementary.ts";
import { absolutePower } from "../numeric/power.ts";

/** Losses of a network and of its references, each the mean of |ŷ − y|^q over outputs, divided by p. */
export interface PowerLossOverP {
  /** q */
  readonly exponent: number;
  readonly values: ValueKind;
  /** For exactly one active feature, exact: the limit p → 0. */
  readonly exactlyOne: number;
  /** At each p, in the order given. */
  readonly points: readonly PowerLossPoint[];
  /** The naive net under the same labels; exact where they are clean. */
  readonly naive: readonly PowerLossPoint[];
  /** ŷ = 0, likewise. */
  readonly zero: readonly PowerLossPoint[];
  /** What no network of this width goes below, from `powerBound`; null with a mixing matrix, where none is proved. */
  readonly bound: readonly PowerLossPoint[] | null;
}

/** The loss at one p. */
export interface PowerLossPoint {
  readonly p: number;
  readonly lossPerP: number;
  /** Standard error of `lossPerP`; 0 when exact. */
  readonly stderr: number;
}

/**
 * The L^q loss of a network over a grid of p.
 *
 * @param exponent q > 0
 * @param options 20,000 samples at each p unless told
 * @throws on an exponent that is not above 0, a p outside (0, 1], fewer than two samples, and on label functions.
 * @example await powerLossOverP(model, 4, { p: [0.001, 0.01, 0.1, 1] })
 */
export async function powerLossOverP(
  network: Network,
  exponent: number,
  options: LossOverPOptions,
): Promise<PowerLossOverP> {
  requirePlain("powerLossOverP", network);
  const { p: grid, values = "symmetric" } = options;
  const { features, neurons } = sizesOf(network);
  const problemAt = (p: number): Problem => ({
    ...{ features, neurons, mixing: network.M },
    distribution: { kind: "bernoulli", p, values },
  });
  const once = problemAt(1 / features);
  const curve = (of: Network) => pointsOf(of, exponent, options);
  // On clean labels each of their outputs errs on its own feature alone, so that p cancels.
  const reference = async (of: Network) =>
    network.M === null ? constant(grid, powerLoss(of, exponent, values).lossPerP) : curve(of);
  return {
    exponent,
    values,
    exactlyOne: powerLoss(network, exponent, values).lossPerP,
    points: await curve(network),
    naive: await reference(naive(once).network),
    zero: await reference(zero(once).network),
    bound: network.M === null ? grid.map((p) => boundAt(p, exponent, problemAt(p))) : null,
  };
}

const constant = (grid: readonly number[], lossPerP: number): PowerLossPoint[] =>
  grid.map((p) => ({ p, lossPerP, stderr: 0 }));

function boundAt(p: number, exponent: number, problem: Problem): PowerLossPoint {
  const { lossPerP, stderr } = powerBound(problem, { exponent });
  return { p, lossPerP, stderr };
}

async function pointsOf(
  network: Network,
  exponent: number,
  { p: grid, values = "symmetric", samples = 20_000, ...options }: LossOverPOptions,
): Promise<PowerLossPoint[]> {
  const { features } = sizesOf(network);
  const exactlyOne = powerLoss(network, exponent, values).lossPerP;
  const points: PowerLossPoint[] = [];
  for (const p of grid) {
    const distribution = { kind: "bernoulli", p, values } as const;
    const sampling = { ...options, samples, distribution };
    const { mean, stderr } = await severalPerP(network, exponent, sampling, features * p);
    points.push({ p, lossPerP: pow(1 - p, features - 1) * exactlyOne + mean, stderr });
  }
  return points;
}

/** E[Σ_k |e_k|^q; two or more active] / scale. */
async function severalPerP(
  network: Network,
  exponent: number,
  options: SampleOptions,
  scale: number,
): Promise<{ mean: number; stderr: number }> {
  const model = toFunctionModel(network);
  const power = absolutePower(exponent);
  const rows = { sum: 0, sumOfSquares: 0 };
  const samples = await eachInput(model.features, options, (x, row) => {
    if (hasAtMostOne(x)) return;
    let ofRow = 0;
    for (const e of errorOfRow(model, x, row)) ofRow += power(e);
    rows.sum += ofRow;
    rows.sumOfSquares += ofRow * ofRow;
  });
  return meanOfRows({ ...rows, samples }, scale);
}

function hasAtMostOne(x: Float64Array): boolean {
  let active = 0;
  for (let i = 0; i < x.length; i++) if (x[i] !== 0) active += 1;
  return active <= 1;
}
