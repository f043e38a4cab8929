/**
 * One exam for every engine and shape: batches to the bit, gradients, errors and updates against the reference.
 *
 * Tolerances are relative norms ‖g − g₆₄‖ / ‖g₆₄‖. A float32 sum of N terms is off by about √N · 6e-8, and the Gram
 * path subtracts sums of like size; 1e-5 leaves room for both, 5e-5 when every feature is active.
 */
import { describe, expect, it } from "vitest";
import {
  distance,
  expectSameErrors,
  expectSameGradient,
  pairOfPrograms,
  randomMatrix,
  randomPair,
} from "../../test/support/programs.ts";
import type { Matrix } from "../numeric/matrix.ts";
import { randomStream, uniforms } from "../numeric/random.ts";
import type { Batch, Engine, Sampler, WeightPair } from "./engine.ts";
import { referenceEngine } from "./reference/engine.ts";
import type { ProgramShape } from "./shape.ts";
import { wasmEngine } from "./wasm/engine.ts";

const engines: readonly Engine[] = [wasmEngine];
const neuronCounts = [1, 3, 4, 37, 50, 64, 65, 128, 250];
const featureCounts = [1, 7, 100, 500];
const batchSizes = [1, 2048];

function shapeOf(features: number, neurons: number, batch: number, density: number): ProgramShape {
  return { features, neurons, batch, density, mixing: randomMatrix("M", features, features, 0.05) };
}

/** The same with labels relu(x) + (M + σ T) x. */
function withScale(shape: ProgramShape): ProgramShape & { readonly scaled: Matrix } {
  return { ...shape, scaled: randomMatrix("T", shape.features, shape.features, 0.3) };
}

/** The same for a layer that reads E x and is read by Eᵀ, or by a matrix of its own. */
function withEmbedding(shape: ProgramShape, width: number, isTransposed: boolean): ProgramShape {
  const E = randomMatrix("E", width, shape.features, 1 / Math.sqrt(width));
  const U = isTransposed ? null : randomMatrix("U", shape.features, width, 1);
  return { ...shape, embedding: { E, U } };
}

const bernoulli = (p: number): Sampler => ({ kind: "bernoulli", p, values: "symmetric" });

describe.each(engines)("$name engine", (engine) => {
  describe.each(featureCounts)("n = %d", (features) => {
    describe.each(batchSizes)("B = %d", (batch) => {
      // One batch of the reference is the cost of this test, so sparse and dense are asked in one case each.
      it.each(neuronCounts)("h = %d: sparse gradient and errors", async (neurons) => {
        const p = features === 1 ? 0.5 : Math.max(0.01, 1 / features);
        const shape = shapeOf(features, neurons, batch, Math.min(p, 0.3));
        const [program, reference] = await pairOfPrograms(engine, shape, bernoulli(p));
        await expectSameGradient(program, reference, 1e-5);
        await expectSameErrors(program, reference);
      });

      it.each(neuronCounts)("h = %d: p = 1, dense gradient", async (neurons) => {
        const shape = shapeOf(features, neurons, Math.min(batch, 200), 1);
        const [program, reference] = await pairOfPrograms(engine, shape, bernoulli(1));
        await expectSameGradient(program, reference, 5e-5);
      });
    });
  });

  it("agrees at p = 1 with a full batch on both paths", async () => {
    for (const density of [0.01, 1]) {
      const shape = shapeOf(100, 50, 2048, density);
      const [program, reference] = await pairOfPrograms(engine, shape, bernoulli(1));
      await expectSameGradient(program, reference, 5e-5);
      await expectSameErrors(program, reference);
    }
  });

  it.each([0, 1])("gives zero gradient and errors on an empty batch (density %d)", async (density) => {
    const empty: Batch = {
      rowStarts: new Uint32Array(65),
      columns: new Uint32Array(0),
      values: new Float32Array(0),
    };
    const [program] = await pairOfPrograms(engine, shapeOf(7, 5, 64, density), empty);
    program.gradient();
    const { W_in, W_out } = await program.read("gradients");
    expect([...W_in.data, ...W_out.data].every((value) => value === 0)).toBe(true);
    expect((await program.errors("full")).sum).toBe(0);
  });

  it("computes the same without mixing as with a zero matrix", async () => {
    for (const density of [0.05, 1]) {
      const shape = { ...shapeOf(20, 6, 500, density), mixing: null };
      const [program, reference] = await pairOfPrograms(engine, shape, bernoulli(0.05));
      await expectSameGradient(program, reference, 1e-5);
      await expectSameErrors(program, reference);
    }
  });

  describe.each([1, 7, 100])("a trained scale at n = %d", (features) => {
    it.each([0.01, 0.3, 1])("p = %d: gradients and errors, with and without fixed mixing", async (p) => {
      for (const neurons of [1, 37, 50]) {
        for (const batch of [1, 300]) {
          const shape = withScale(shapeOf(features, neurons, batch, p));
          for (const mixing of [shape.mixing, null]) {
            const [program, reference] = await pairOfPrograms(engine, { ...shape, mixing }, bernoulli(p));
            await expectSameGradient(program, reference, 5e-5);
            await expectSameErrors(program, reference);
          }
        }
      }
    });
  });

  describe.each([1, 3, 64, 100, 257])("an embedding of width %d", (width) => {
    it.each([true, false])("read by its transpose: %s: gradients and errors", async (isTransposed) => {
      for (const [features, neurons] of [
        [1, 1],
        [7, 37],
        [100, 50],
      ] as const) {
        for (const p of [0.05, 1]) {
          const shape = withEmbedding(shapeOf(features, neurons, 200, p), width, isTransposed);
          for (const each of [shape, withScale(shape)]) {
            const [program, reference] = await pairOfPrograms(engine, each, bernoulli(p));
            await expectSameGradient(program, reference, 5e-5);
            await expectSameErrors(program, reference);
          }
        }
      }
    });
  });

  it("finds the same gradient of the scale whether rows are collapsed, walked or dense", async () => {
    const shape = withScale(shapeOf(100, 50, 2048, 0.01));
    const found = [];
    for (const density of [0.01, 1]) {
      const [program] = await pairOfPrograms(engine, { ...shape, density }, bernoulli(0.01));
      program.gradient();
      found.push((await program.read("gradients")).scale!);
    }
    expect(found[0]).not.toBe(0);
    expect(Math.abs(found[1]! / found[0]! - 1)).toBeLessThan(1e-5);
  });

  const samplers: readonly Sampler[] = [
    bernoulli(0.001),
    bernoulli(0.03),
    bernoulli(0.7),
    bernoulli(1),
    bernoulli(1e-12),
    { kind: "bernoulli", p: 0.1, values: "positive" },
    { kind: "bernoulli", p: 0.1, values: "sign" },
    { kind: "exactly", k: 1, values: "symmetric" },
    { kind: "exactly", k: 5, values: "sign" },
    { kind: "exactly", k: 37, values: "positive" },
  ];
  it.each(samplers)("draws the reference's batches to the bit: %o", async (sampler) => {
    for (const batch of [1, 13, 256]) {
      const shape = shapeOf(37, 3, batch, 0.1);
      const programs = [engine, referenceEngine].map((each) => each.createProgram(shape));
      for (const step of [0, 1, 99_999]) {
        for (const program of programs) program.sample(sampler, randomStream(2 ** 40 + 17, "batches"), step);
        const [actual, expected] = await Promise.all(programs.map((program) => program.readBatch()));
        expect(actual).toEqual(expected);
      }
    }
  });

  it.each([0, 0.1])("updates as the reference does (weight decay %d)", async (weightDecay) => {
    const shape = withEmbedding(withScale(shapeOf(9, 6, 16, 0.2)), 11, true);
    const programs = [engine, referenceEngine].map((each) => each.createProgram(shape));
    for (const program of programs) {
      program.write("parameters", randomPair("weights", shape));
      for (let step = 1; step <= 20; step++) {
        program.write("gradients", randomPair(`gradient ${step}`, shape));
        program.update({
          optimizer: "adam",
          step,
          learningRate: 0.01,
          beta1: 0.9,
          beta2: 0.999,
          epsilon: 1e-8,
          weightDecay,
        });
      }
    }
    const [actual, expected] = await Promise.all(programs.map((program) => program.read("parameters")));
    // Twenty float32 updates, each rounded to 6e-8 of its size.
    expect(distance(actual!.W_in, expected!.W_in)).toBeLessThan(2e-6);
    expect(distance(actual!.W_out, expected!.W_out)).toBeLessThan(2e-6);
    // The scale is updated in float64 by every engine.
    expect(actual!.scale).toBe(expected!.scale);
    expect(actual!.scale).not.toBe(0.3);
  });
});

describe("reference engine", () => {
  const plain = withScale(shapeOf(5, 3, 40, 0.4));
  it.each([
    { name: "no embedding", shape: plain },
    { name: "E and its transpose", shape: withEmbedding(plain, 7, true) },
    { name: "E and another matrix", shape: withEmbedding(plain, 4, false) },
  ])("has the gradient of its own loss, by central differences: $name", async ({ shape }) => {
    const program = referenceEngine.createProgram(shape);
    const weights = randomPair("weights", shape);
    program.sample(bernoulli(0.4), randomStream(1, "batch"), 0);
    program.write("parameters", weights);
    program.gradient();
    const gradients = await program.read("gradients");
    // Float64 with a step of 1e-6: truncation and rounding both near 1e-10. No z lies within the step of its kink.
    const step = 1e-6;
    const lossAt = async (changed: WeightPair): Promise<number> => {
      program.write("parameters", changed);
      return (await program.errors("full")).sum / (shape.batch * shape.features);
    };
    const slopeOf = async (shifted: (shift: number) => WeightPair): Promise<number> =>
      ((await lossAt(shifted(step))) - (await lossAt(shifted(-step)))) / (2 * step);
    for (const name of ["W_in", "W_out"] as const) {
      for (let i = 0; i < weights[name].data.length; i++) {
        const slope = await slopeOf((shift) => {
          const data = Float64Array.from(weights[name].data);
          data[i]! += shift;
          return { ...weights, [name]: { data, shape: weights[name].shape } };
        });
        expect(gradients[name].data[i]).toBeCloseTo(slope, 8);
      }
    }
    const slope = await slopeOf((shift) => ({ ...weights, scale: weights.scale! + shift }));
    expect(gradients.scale).toBeCloseTo(slope, 8);
  });
});

describe("what an engine refuses", () => {
  const shape = shapeOf(4, 2, 2, 0.5);
  it.each([...engines, referenceEngine])("$name: shapes, weights and batches that do not fit", (engine) => {
    expect(() => engine.createProgram({ ...shape, neurons: 0 })).toThrow(
      "engine: neurons must be a whole number ≥ 1, got 0. Correct the shape.",
    );
    expect(() => engine.createProgram({ ...shape, features: 3 })).toThrow("M: need [3, 3], got [4, 4]");
    const program = engine.createProgram(shape);
    const { W_in, W_out } = randomPair("weights", shape);
    expect(() => program.write("parameters", { W_in: W_out, W_out: W_in })).toThrow(
      "W_in: need [2, 4], got [4, 2] with 8 values. Is it transposed?",
    );
    expect(() => program.write("parameters", { W_in, W_out, scale: 1 })).toThrow(
      "engine: need no scale, for the shape has no T, got 1. Correct the buffer.",
    );
    expect(() => engine.createProgram(withScale(shape)).write("parameters", { W_in, W_out })).toThrow(
      "engine: need a scale σ beside the matrices, got none. Correct the buffer.",
    );
    const narrow = withEmbedding(shape, 3, true);
    expect(() => engine.createProgram({ ...narrow, features: 5, mixing: null })).toThrow(
      "E: need [3, 5], got [3, 4] with 12 values. Is it transposed?",
    );
    expect(() => engine.createProgram(narrow).write("parameters", { W_in, W_out })).toThrow(
      "W_in: need [2, 3], got [2, 4] with 8 values. Is it transposed?",
    );
    const batch = (columns: readonly number[]): Batch => ({
      rowStarts: Uint32Array.of(0, columns.length, columns.length),
      columns: Uint32Array.from(columns),
      values: Float32Array.from(uniforms(randomStream(1, "values"), columns.length)),
    });
    expect(() => program.setBatch(batch([0, 4]))).toThrow("batch: row 0 names feature 4 of 4. Count from 0.");
    expect(() => program.setBatch(batch([1, 1]))).toThrow(
      "batch: row 0 names feature 1 twice. Add the values.",
    );
  });

  it("wasm: a shape that no memory holds", () => {
    const huge = { features: 100, neurons: 20_000_000, batch: 1, mixing: null, density: 0.01 };
    expect(() => wasmEngine.createProgram(huge)).toThrow(/wasm: need \d+ MiB, the limit is 2048 MiB or less/);
  });
});
