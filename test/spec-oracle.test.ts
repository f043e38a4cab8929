/**
 * Specs drawn from the whole space against their words (support/random-specs.ts): the program that trains a spec has the
 * loss of the network that the words say and, by central differences, its gradient, in both engines; the folded model that
 * is evaluated has its errors.
 *
 * Another run draws other specs. `ORACLE_SEED=123 npx vitest run test/spec-oracle.test.ts` makes a run again.
 */
import { expect, it } from "vitest";
import { mixingMatrix } from "../src/data/mixing.ts";
import { samplerOf } from "../src/data/sampler.ts";
import type { Program, WeightPair } from "../src/engine/engine.ts";
import { referenceEngine } from "../src/engine/reference/engine.ts";
import { sampleBatch } from "../src/engine/reference/sample.ts";
import { wasmEngine } from "../src/engine/wasm/engine.ts";
import { errorOfRow, toFunctionModel } from "../src/evaluate/function-model.ts";
import { foldedModel } from "../src/model/fold.ts";
import type { Weights } from "../src/model/model.ts";
import { objectiveOf, unfoldedModel } from "../src/model/objective.ts";
import { programShapeOf } from "../src/model/program-shape.ts";
import { transpose } from "../src/numeric/matrix.ts";
import { randomStream } from "../src/numeric/random.ts";
import type { Spec } from "../src/spec/schema.ts";
import {
  expectGradient,
  expectNear,
  expectResolved,
  expectSameAsReference,
} from "./support/gradient-oracle.ts";
import { diceOf, parametersOf, randomWeights, rowsOf } from "./support/random-programs.ts";
import { randomSpec, unfoldedSpec } from "./support/random-specs.ts";
import { errorsOf, lossOf, type Table, type UnfoldedNetwork } from "./support/unfolded-network.ts";

const specs = 200;
const seed = Number(process.env.ORACLE_SEED ?? Math.floor(Math.random() * 2 ** 31));

/** Effective mixing is rounded to float32, 6e-8 of its entries; the eighth power of an error that cancelled takes tenfold. */
const slack = 1e-5;

it(`trains and evaluates what specs say, ORACLE_SEED=${seed}`, async () => {
  const dice = diceOf(seed);
  const tally = { entries: 0, unresolved: 0 };
  for (let k = 0; k < specs; k++) {
    const spec = randomSpec(dice);
    const M = mixingMatrix(spec.labels.mixing, spec.model.features);
    const objective = objectiveOf(spec, M);
    const shape = programShapeOf(spec, objective);
    const weights = randomWeights(dice, shape);
    const batch = sampleBatch(
      samplerOf(spec.data, shape.features),
      randomStream(spec.seed, "batches"),
      0,
      shape,
    );
    const definition = { network: unfoldedSpec(spec), weights, rows: rowsOf(batch, shape.features) };
    const ready = (program: Program) => {
      program.setBatch(batch);
      program.write("parameters", weights);
      return program;
    };
    const where = `spec ${k}, ${describeSpec(spec)}`;
    const reference = ready(referenceEngine.createProgram(shape));
    const loss = lossOf(definition.network, parametersOf(weights), definition.rows);
    expectNear([await reference.loss()], [loss], `loss of ${where}`);
    await expectGradient(reference, shape, definition, tally, where, slack);
    const compiled = ready(wasmEngine.createProgram(shape));
    await expectSameAsReference(compiled, reference, spec.loss.exponent, `wasm, ${where}`);
    const model = foldedModel(
      spec,
      unfoldedModel(spec, objective, M, trained(weights, shape.architecture?.tied)),
    );
    expectModel(toFunctionModel(model), definition.network, weights, definition.rows, where);
  }
  expectResolved(tally);
});

const describeSpec = ({ model, labels, loss, data }: Spec): string =>
  JSON.stringify({ model, labels, loss, data });

/** Weights as training leaves them: float32, and W_out there where it is tied. */
function trained(weights: WeightPair, tied = false): Weights & { readonly scale?: number } {
  const float32 = ({ data, shape }: WeightPair["W_in"]) => ({ data: Float32Array.from(data), shape });
  const { W_in, W_out, b_in, b_out, scale } = weights;
  return {
    W_in: float32(W_in),
    W_out: float32(tied ? transpose(W_in) : W_out),
    ...(b_in === undefined ? {} : { b_in: Float32Array.from(b_in) }),
    ...(b_out === undefined ? {} : { b_out: Float32Array.from(b_out) }),
    ...(scale === undefined ? {} : { scale }),
  };
}

/** Errors of every row, by relative norm. */
function expectModel(
  model: Parameters<typeof errorOfRow>[0],
  network: UnfoldedNetwork,
  weights: WeightPair,
  rows: Table,
  where: string,
): void {
  const parameters = parametersOf(weights);
  rows.forEach((x, r) => {
    const actual = errorOfRow(model, Float64Array.from(x), r);
    const expected = errorsOf(network, parameters, x);
    expect(actual.length).toBe(expected.length);
    expectNear(actual, expected, `errors of row ${r} of the model of ${where}`);
  });
}
