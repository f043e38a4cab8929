/** Programs side by side: random weights for a shape, and what is compared between an engine and the reference. */
import { expect } from "vitest";
import { inputsOf, readOutsOf } from "../../src/engine/check.ts";
import type { Batch, Engine, Program, Sampler, WeightPair } from "../../src/engine/engine.ts";
import { referenceEngine } from "../../src/engine/reference/engine.ts";
import type { ProgramShape } from "../../src/engine/shape.ts";
import { type Matrix, matrix } from "../../src/numeric/matrix.ts";
import { normals, randomStream } from "../../src/numeric/random.ts";

/** Rounded to float32. */
export const float32 = (m: Matrix): Matrix<Float32Array> => ({
  data: Float32Array.from(m.data),
  shape: m.shape,
});

/** Normal numbers times `scale`, from a stream of that name. */
export function randomMatrix(
  name: string,
  rows: number,
  columns: number,
  scale: number,
): Matrix<Float32Array> {
  const values = normals(randomStream(7, name), rows * columns).map((z) => z * scale);
  return float32(matrix(rows, columns, values));
}

/** Normal weights of about unit gain, with what else the shape has. */
export function randomPair(name: string, shape: ProgramShape): WeightPair {
  const { neurons, scaled, architecture } = shape;
  const [inputs, outputs] = [inputsOf(shape), readOutsOf(shape)];
  const bias = (which: "hidden" | "output", size: number) =>
    architecture === undefined || architecture.bias[which] === "none"
      ? null
      : randomMatrix(`${name}/${which}`, 1, size, 0.3).data;
  const [b_in, b_out] = [bias("hidden", neurons), bias("output", outputs)];
  return {
    ...(scaled === undefined ? {} : { scale: 0.3 }),
    ...(b_in === null ? {} : { b_in }),
    ...(b_out === null ? {} : { b_out }),
    W_in: randomMatrix(`${name}/W_in`, neurons, inputs, 1 / Math.sqrt(neurons)),
    W_out: randomMatrix(`${name}/W_out`, outputs, neurons, 1 / Math.sqrt(outputs)),
  };
}

/** ‖actual − expected‖ / ‖expected‖; the norm itself where nothing is expected. */
export function distance(actual: Matrix, expected: Matrix): number {
  let difference = 0;
  let norm = 0;
  expected.data.forEach((value, i) => {
    difference += (actual.data[i]! - value) ** 2;
    norm += value ** 2;
  });
  return norm === 0 ? Math.sqrt(difference) : Math.sqrt(difference / norm);
}

/** Both programs, with the same weights and the batch that the first draws. */
export async function pairOfPrograms(engine: Engine, shape: ProgramShape, sampler: Sampler | Batch) {
  const programs = [engine.createProgram(shape), referenceEngine.createProgram(shape)] as const;
  if ("kind" in sampler) programs[0].sample(sampler, randomStream(3, "batch"), 5);
  else programs[0].setBatch(sampler);
  programs[1].setBatch(await programs[0].readBatch());
  for (const program of programs) program.write("parameters", randomPair("weights", shape));
  return programs;
}

const row = (values: ArrayLike<number> | undefined): Matrix => {
  const numbers = values === undefined ? [] : Array.from(values);
  return matrix(1, numbers.length, numbers);
};

/** Expects the gradients of two programs of the same batch to agree. @param tolerance relative norm */
export async function expectSameGradient(
  program: Program,
  reference: Program,
  tolerance: number,
): Promise<void> {
  program.gradient();
  reference.gradient();
  const actual = await program.read("gradients");
  const expected = await reference.read("gradients");
  expect(distance(actual.W_in, expected.W_in), "dW_in").toBeLessThan(tolerance);
  expect(distance(actual.W_out, expected.W_out), "dW_out").toBeLessThan(tolerance);
  expect(distance(row(actual.b_in), row(expected.b_in)), "db_in").toBeLessThan(tolerance);
  expect(distance(row(actual.b_out), row(expected.b_out)), "db_out").toBeLessThan(tolerance);
  const scales = [actual.scale, expected.scale].map((scale) => row([scale ?? 1]));
  expect(distance(scales[0]!, scales[1]!), "dσ").toBeLessThan(tolerance);
}

/** Expects the sums of |e|^exponent of two programs of the same batch to agree. */
export async function expectSameErrors(program: Program, reference: Program, exponent = 2): Promise<void> {
  for (const part of ["full", "even"] as const) {
    const actual = await program.errors(part, exponent);
    const expected = await reference.errors(part, exponent);
    const tolerance = 1e-5 * Math.max(1, exponent / 2);
    expect(Math.abs(actual.sum - expected.sum), part).toBeLessThanOrEqual(tolerance * expected.sum);
    expect(Math.abs(actual.sumOfSquares - expected.sumOfSquares), part).toBeLessThanOrEqual(
      2 * tolerance * expected.sumOfSquares,
    );
    expect(distance(row(actual.perOutput), row(expected.perOutput)), part).toBeLessThan(tolerance);
  }
}
