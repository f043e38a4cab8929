/**
 * Every engine against a network written out from its definition (support/unfolded-network.ts) and differentiated by
 * central differences: the loss, the errors and every entry of the gradient of programs drawn from the whole space.
 * test/spec-oracle.test.ts asks the same of specs.
 *
 * Another run draws other programs. `ORACLE_SEED=123 npx vitest run test/gradient-oracle.test.ts` makes a run again.
 */
import { expect, it } from "vitest";
import type { Program } from "../src/engine/engine.ts";
import { referenceEngine } from "../src/engine/reference/engine.ts";
import type { ProgramShape } from "../src/engine/shape.ts";
import { wasmEngine } from "../src/engine/wasm/engine.ts";
import {
  type Definition,
  expectGradient,
  expectResolved,
  expectSameAsReference,
} from "./support/gradient-oracle.ts";
import { diceOf, parametersOf, randomProgram, rowsOf, unfoldedShape } from "./support/random-programs.ts";
import { errorsOf, lossOf, type Parameters, type UnfoldedNetwork } from "./support/unfolded-network.ts";

const programs = 100;
const seed = Number(process.env.ORACLE_SEED ?? Math.floor(Math.random() * 2 ** 31));

it(`agrees with central differences of the definition, ORACLE_SEED=${seed}`, async () => {
  const dice = diceOf(seed);
  const tally = { entries: 0, unresolved: 0 };
  for (let k = 0; k < programs; k++) {
    const { shape, weights, batch } = randomProgram(dice);
    const definition = { network: unfoldedShape(shape), weights, rows: rowsOf(batch, shape.features) };
    const ready = (program: Program) => {
      program.setBatch(batch);
      program.write("parameters", weights);
      return program;
    };
    const reference = ready(referenceEngine.createProgram(shape));
    const where = `program ${k}, ${describeShape(shape)}`;
    await expectLossAndErrors(reference, definition, where);
    await expectGradient(reference, shape, definition, tally, where);
    if (typeof shape.labels === "function") continue;
    const { exponent } = definition.network.loss;
    const compiled = ready(wasmEngine.createProgram(shape));
    await expectSameAsReference(compiled, reference, exponent, `wasm, ${where}`);
  }
  expectResolved(tally);
});

/** Everything but the numbers of its matrices. */
const describeShape = (shape: ProgramShape): string =>
  JSON.stringify(shape, (_, value) => (ArrayBuffer.isView(value) ? "…" : value));

async function expectLossAndErrors(program: Program, definition: Definition, where: string): Promise<void> {
  const { network, weights, rows } = definition;
  const parameters = parametersOf(weights);
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
