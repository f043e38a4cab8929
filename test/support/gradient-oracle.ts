/**
 * A program held against a network written out from its definition (unfolded-network.ts) and differentiated by central
 * differences: every entry of the gradient, but for the few within reach of a kink, which are counted.
 */
import { expect } from "vitest";
import type { Program, WeightPair } from "../../src/engine/engine.ts";
import { type ProgramShape, plainArchitecture } from "../../src/engine/shape.ts";
import { slopeAtZero } from "./central-differences.ts";
import { parametersOf } from "./random-programs.ts";
import { lossOf, type Parameters, type Table, type UnfoldedNetwork } from "./unfolded-network.ts";

/** Extrapolated differences at a step of 2^-12 are good to some 1e-9, in what is left of the loss's rounding. */
const relative = 1e-6;
/** A thousand roundings of the loss, divided by the smallest step: some hundred terms, each of a dozen operations. */
const rounding = 1000 * Number.EPSILON * 2 ** 14;
/** Entries with a kink within reach, a z or an error within some 2^-12 of 0: 0.1 % of them, seldom 0.3 %. */
const mostUnresolved = 0.01;

/** How many entries were asked about, and how many of them lie too near a kink to tell. */
export interface Tally {
  entries: number;
  unresolved: number;
}

/** What a program is to compute. */
export interface Definition {
  readonly network: UnfoldedNetwork;
  readonly weights: WeightPair;
  /** The batch, written out. */
  readonly rows: Table;
}

/** At most one entry in a hundred may be too near a kink. */
export function expectResolved({ entries, unresolved }: Tally): void {
  expect(unresolved / entries).toBeLessThan(mostUnresolved);
}

/**
 * Asks for every entry of the gradient of a program that has its weights and its batch.
 * @param slack what else may be amiss, relative to the largest entry of the gradient: numbers that a program has rounded
 */
export async function expectGradient(
  program: Program,
  shape: ProgramShape,
  definition: Definition,
  tally: Tally,
  where: string,
  slack = 0,
): Promise<void> {
  const { bias, tied } = shape.architecture ?? plainArchitecture;
  program.gradient();
  const gradients = parametersOf(await program.read("gradients"));
  const names = [
    "W_in" as const,
    ...(tied ? [] : ["W_out" as const]),
    ...(bias.hidden === "learned" ? ["b_in" as const] : []),
    ...(bias.output === "learned" ? ["b_out" as const] : []),
    ...(shape.scaled === undefined ? [] : ["scale" as const]),
  ];
  const largest = Math.max(...names.flatMap((name) => Array.from(gradients[name], Math.abs)));
  for (const name of names) {
    gradients[name].forEach((gradient, i) => {
      const loss = lossAlong(definition, name, i);
      const { value, spread } = slopeAtZero(loss);
      const tolerance = relative * Math.abs(value) + rounding * loss(0);
      tally.entries++;
      if (spread > tolerance) tally.unresolved++;
      else
        expect(Math.abs(gradient - value), `d${name}[${i}] of ${where}`).toBeLessThanOrEqual(
          2 * tolerance + slack * largest,
        );
    });
  }
  for (const name of ["b_in", "b_out"] as const) {
    const kind = name === "b_in" ? bias.hidden : bias.output;
    if (kind === "learned") continue;
    expect(
      gradients[name].every((value) => value === 0),
      `d${name} of ${where}`,
    ).toBe(true);
  }
}

/** The loss with one parameter shifted. */
function lossAlong(
  { network, weights, rows }: Definition,
  name: keyof Parameters,
  i: number,
): (shift: number) => number {
  const parameters = parametersOf(weights);
  const start = parameters[name][i]!;
  return (shift) => {
    parameters[name][i] = start + shift;
    return lossOf(network, parameters, rows);
  };
}

/** What is asked of an engine in float32: the reference engine's loss, errors and gradients. */
export async function expectSameAsReference(
  program: Program,
  reference: Program,
  exponent: number,
  where: string,
): Promise<void> {
  expectNear([await program.loss()], [await reference.loss()], `loss of ${where}`);
  // An even part may be nothing at all where the error is odd: what is left of it is rounding of the whole.
  const whole = await reference.errors("full", exponent);
  for (const part of ["full", "even"] as const) {
    const [actual, expected] = [await program.errors(part, exponent), await reference.errors(part, exponent)];
    expectNear([actual.sum], [expected.sum], `${part} errors of ${where}`, whole.sum);
    expectNear(
      [actual.sumOfSquares],
      [expected.sumOfSquares],
      `${part} squares of ${where}`,
      whole.sumOfSquares,
    );
    expectNear(actual.perOutput, expected.perOutput, `${part} errors by output of ${where}`, whole.sum);
  }
  program.gradient();
  reference.gradient();
  const actual = parametersOf(await program.read("gradients"));
  const expected = parametersOf(await reference.read("gradients"));
  const names = Object.keys(expected) as (keyof Parameters)[];
  // A scale's gradient is one sum of terms of either sign: it may cancel where no matrix does.
  const size = norm(names.flatMap((name) => [...expected[name]]));
  for (const name of names) expectNear(actual[name], expected[name], `d${name} of ${where}`, size);
}

/**
 * By the relative norm ‖a − b‖ / ‖b‖. An error e = ŷ − y that cancels a digit is off by some 1e-6 in float32, and its
 * seventh power by ten times that; sums of rows of either sign lose the rest. A wrong term costs percents.
 * @param size of what b may be a small rest of: 1e-6 of it is rounding
 */
export function expectNear(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  what: string,
  size = 0,
): void {
  const differences = Array.from(expected, (value, i) => actual[i]! - value);
  expect(norm(differences), what).toBeLessThanOrEqual(
    1e-4 * norm(Array.from(expected)) + 1e-6 * size + 1e-12,
  );
}

const norm = (values: readonly number[]): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0));
