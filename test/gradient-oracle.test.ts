/**
 * Every engine against a network written out from its definition (support/unfolded-network.ts) and differentiated by
 * central differences: the loss, the errors and every entry of the gradient of 200 programs drawn from the whole space.
 *
 * Another run draws other programs. `ORACLE_SEED=123 npx vitest run test/gradient-oracle.test.ts` makes a run again.
 */
import { expect, it } from "vitest";
import type { Program, WeightPair } from "../src/engine/engine.ts";
import { referenceEngine } from "../src/engine/reference/engine.ts";
import { type ProgramShape, plainArchitecture } from "../src/engine/shape.ts";
import { wasmEngine } from "../src/engine/wasm/engine.ts";
import { slopeAtZero } from "./support/central-differences.ts";
import {
  diceOf,
  parametersOf,
  type RandomProgram,
  randomProgram,
  rowsOf,
  unfoldedShape,
} from "./support/random-programs.ts";
import {
  errorsOf,
  lossOf,
  type Parameters,
  type Table,
  type UnfoldedNetwork,
} from "./support/unfolded-network.ts";

const programs = 200;
const seed = Number(process.env.ORACLE_SEED ?? Math.floor(Math.random() * 2 ** 31));

/** Extrapolated differences at a step of 2^-12 are good to some 1e-9, in what is left of the loss's rounding. */
const relative = 1e-6;
/** A thousand roundings of the loss, divided by the smallest step: some hundred terms, each of a dozen operations. */
const rounding = 1000 * Number.EPSILON * 2 ** 14;
/** Entries with a kink within reach, a z or an error within some 2^-12 of 0: 0.1 % of them, seldom 0.3 %. */
const mostUnresolved = 0.01;

interface Tally {
  entries: number;
  unresolved: number;
}

it(`agrees with central differences of the definition, ORACLE_SEED=${seed}`, async () => {
  const dice = diceOf(seed);
  const tally: Tally = { entries: 0, unresolved: 0 };
  for (let k = 0; k < programs; k++) {
    const drawn = randomProgram(dice);
    const program = referenceEngine.createProgram(drawn.shape);
    program.setBatch(drawn.batch);
    program.write("parameters", drawn.weights);
    const where = `program ${k}, ${describeShape(drawn.shape)}`;
    await expectLossAndErrors(program, drawn, where);
    await expectGradient(program, drawn, tally, where);
    if (typeof drawn.shape.labels !== "function") await expectSameInWasm(program, drawn, where);
  }
  expect(tally.unresolved / tally.entries).toBeLessThan(mostUnresolved);
});

/** The reference engine's numbers, which the oracle has passed: loss, errors and gradients. */
async function expectSameInWasm(reference: Program, { shape, weights, batch }: RandomProgram, where: string) {
  const program = wasmEngine.createProgram(shape);
  program.setBatch(batch);
  program.write("parameters", weights);
  const exponent = shape.loss?.exponent ?? 2;
  expectNear([await program.loss()], [await reference.loss()], `wasm loss of ${where}`);
  for (const part of ["full", "even"] as const) {
    const [actual, expected] = [await program.errors(part, exponent), await reference.errors(part, exponent)];
    expectNear([actual.sum], [expected.sum], `wasm ${part} errors of ${where}`);
    expectNear([actual.sumOfSquares], [expected.sumOfSquares], `wasm ${part} squares of ${where}`);
    expectNear(actual.perOutput, expected.perOutput, `wasm ${part} errors by output of ${where}`);
  }
  program.gradient();
  reference.gradient();
  const actual = parametersOf(await program.read("gradients"));
  const expected = parametersOf(await reference.read("gradients"));
  for (const name of Object.keys(expected) as (keyof Parameters)[]) {
    expectNear(actual[name], expected[name], `wasm d${name} of ${where}`);
  }
}

/**
 * By the relative norm ‖a − b‖ / ‖b‖. An error e = ŷ − y that cancels a digit is off by some 1e-6 in float32, and its
 * seventh power by ten times that; sums of rows of either sign lose the rest. A wrong term costs percents.
 */
function expectNear(actual: ArrayLike<number>, expected: ArrayLike<number>, what: string): void {
  const norm = (values: readonly number[]): number =>
    Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0));
  const differences = Array.from(expected, (value, i) => actual[i]! - value);
  expect(norm(differences), what).toBeLessThanOrEqual(1e-4 * norm(Array.from(expected)) + 1e-12);
}

/** Everything but the numbers of its matrices. */
const describeShape = (shape: ProgramShape): string =>
  JSON.stringify(shape, (_, value) => (ArrayBuffer.isView(value) ? "…" : value));

async function expectLossAndErrors(program: Program, drawn: RandomProgram, where: string): Promise<void> {
  const { shape, weights, batch } = drawn;
  const [network, parameters] = [unfoldedShape(shape), parametersOf(weights)];
  const rows = rowsOf(batch, shape.features);
  expectClose(await program.loss(), lossOf(network, parameters, rows), `loss of ${where}`);
  const exponent = network.loss.exponent;
  for (const part of ["full", "even"] as const) {
    const sums = await program.errors(part, exponent);
    const powers = rows.map((x) => errorOf(part, network, parameters, x).map((e) => Math.abs(e) ** exponent));
    const ofRows = powers.map((row) => row.reduce((sum, value) => sum + value, 0));
    expectClose(
      sums.sum,
      ofRows.reduce((sum, value) => sum + value, 0),
      `${part} errors of ${where}`,
    );
    expectClose(
      sums.sumOfSquares,
      ofRows.reduce((sum, value) => sum + value ** 2, 0),
      `${part} squares of ${where}`,
    );
    sums.perOutput.forEach((sum, i) => {
      expectClose(
        sum,
        powers.reduce((total, row) => total + row[i]!, 0),
        `${part} output ${i} of ${where}`,
      );
    });
  }
}

function errorOf(
  part: "full" | "even",
  network: UnfoldedNetwork,
  parameters: Parameters,
  x: readonly number[],
) {
  const here = errorsOf(network, parameters, x);
  if (part === "full") return here;
  const opposite = errorsOf(
    network,
    parameters,
    x.map((value) => 0 - value),
  );
  return here.map((value, i) => (value + opposite[i]!) / 2);
}

/** Float64 on both sides; a power of up to 16 of an error that cancelled two digits leaves 1e-12. */
function expectClose(actual: number, expected: number, what: string): void {
  expect(Math.abs(actual - expected), what).toBeLessThanOrEqual(1e-11 * Math.abs(expected) + 1e-25);
}

async function expectGradient(program: Program, drawn: RandomProgram, tally: Tally, where: string) {
  const { shape, weights, batch } = drawn;
  const { bias, tied } = shape.architecture ?? plainArchitecture;
  program.gradient();
  const gradients = parametersOf(await program.read("gradients"));
  const network = unfoldedShape(shape);
  const rows = rowsOf(batch, shape.features);
  const names = [
    "W_in" as const,
    ...(tied ? [] : ["W_out" as const]),
    ...(bias.hidden === "learned" ? ["b_in" as const] : []),
    ...(bias.output === "learned" ? ["b_out" as const] : []),
    ...(shape.scaled === undefined ? [] : ["scale" as const]),
  ];
  for (const name of names) {
    gradients[name].forEach((gradient, i) => {
      const loss = lossAlong(network, weights, rows, name, i);
      const { value, spread } = slopeAtZero(loss);
      const tolerance = relative * Math.abs(value) + rounding * loss(0);
      tally.entries++;
      if (spread > tolerance) tally.unresolved++;
      else
        expect(Math.abs(gradient - value), `d${name}[${i}] of ${where}`).toBeLessThanOrEqual(2 * tolerance);
    });
  }
  for (const name of ["b_in", "b_out"] as const) {
    const kind = name === "b_in" ? bias.hidden : bias.output;
    if (kind !== "learned")
      expect(
        gradients[name].every((value) => value === 0),
        `d${name} of ${where}`,
      ).toBe(true);
  }
}

/** The loss with one parameter shifted. */
function lossAlong(
  network: UnfoldedNetwork,
  weights: WeightPair,
  rows: Table,
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
