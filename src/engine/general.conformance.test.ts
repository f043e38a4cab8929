/**
 * The exam of conformance.test.ts for every network, loss and sampler that has no Gram path: each option alone on odd
 * sizes, and random combinations of all.
 *
 * Tolerances are relative norms, as there: sums in float32 and powers of errors, each factor of which rounds, leave some
 * 1e-5; gelu is as exact as float32.
 */
import { describe, expect, it } from "vitest";
import {
  expectSameErrors,
  expectSameGradient,
  pairOfPrograms,
  randomMatrix,
  randomPair,
} from "../../test/support/programs.ts";
import { normals, randomStream, uniforms } from "../numeric/random.ts";
import type { Engine, Sampler, Unit } from "./engine.ts";
import { referenceEngine } from "./reference/engine.ts";
import {
  type Architecture,
  type LossShape,
  outputsOf,
  type ProgramShape,
  plainArchitecture,
  squaredError,
} from "./shape.ts";
import { wasmEngine } from "./wasm/engine.ts";

const engines: readonly Engine[] = [wasmEngine];

type Change = {
  architecture?: Partial<Architecture>;
  loss?: Partial<LossShape>;
  shape?: Partial<ProgramShape>;
};

const activations = ["identity", "relu", "gelu", "abs", "square"] as const;
const biases = ["none", "fixed", "learned"] as const;

function shapeOf(features: number, neurons: number, batch: number, change: Change): ProgramShape {
  const shape = { features, neurons, batch, density: 0.1, mixing: null, ...change.shape };
  return {
    ...shape,
    architecture: { ...plainArchitecture, ...change.architecture },
    loss: { ...squaredError, ...change.loss },
  };
}

const positive = (name: string, size: number): Float64Array =>
  normals(randomStream(7, name), size).map((z) => 0.2 + Math.abs(z));

const mixing = (features: number) => randomMatrix("M", features, features, 0.05);
const embedding = (features: number, width: number, isTransposed: boolean) => ({
  E: randomMatrix("E", width, features, 1 / Math.sqrt(width)),
  U: isTransposed ? null : randomMatrix("U", features, width, 1 / Math.sqrt(width)),
});

async function examine(engine: Engine, shape: ProgramShape, sampler: Sampler, tolerance: number) {
  const [program, reference] = await pairOfPrograms(engine, shape, sampler);
  await expectSameGradient(program, reference, tolerance);
  const exponent = shape.loss?.exponent ?? 2;
  await expectSameErrors(program, reference, exponent);
  const [actual, expected] = [await program.loss(), await reference.loss()];
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-5 * Math.max(1, exponent / 2) * expected);
}

const bernoulli = (p: number): Sampler => ({ kind: "bernoulli", p, values: "symmetric" });

describe.each(engines)("$name engine, general path", (engine) => {
  const cases: readonly (readonly [string, Change])[] = [
    ...[1, 1.5, 2, 2.5, 3, 4, 6, 8].map((exponent) => [`q = ${exponent}`, { loss: { exponent } }] as const),
    ...activations.map(
      (activation) => [`activation ${activation}`, { architecture: { activation } }] as const,
    ),
    ...activations.map((output) => [`output ${output}`, { architecture: { output } }] as const),
    ...biases.flatMap((hidden) =>
      biases.map(
        (output) =>
          [
            `bias ${hidden}, ${output}`,
            { architecture: { output: "relu", bias: { hidden, output } } },
          ] as const,
      ),
    ),
    ["tied", { architecture: { tied: true, activation: "identity", output: "relu" } }],
    ["L1 and biases", { architecture: { bias: { hidden: "learned", output: "fixed" } }, loss: { l1: 0.1 } }],
    ...(["abs", "identity", "square"] as const).map(
      (labels) => [`labels ${labels}`, { shape: { labels } }] as const,
    ),
    ["two layers", { architecture: { layers: 2 } }],
    ["three layers, gelu, tied", { architecture: { layers: 3, activation: "gelu", tied: true } }],
  ];

  it.each(cases)("%s", async (_, change) => {
    for (const [features, neurons, batch] of [
      [7, 6, 1],
      [5, 66, 130],
      [100, 48, 300],
      [131, 12, 70],
    ] as const) {
      const shape = shapeOf(features, neurons, batch, change);
      await examine(engine, shape, bernoulli(0.1), 2e-5);
      const mixed = { ...shape, mixing: mixing(features), coefficients: positive("c", features) };
      const importance = positive("I", features);
      await examine(engine, { ...mixed, loss: { ...mixed.loss!, importance } }, bernoulli(0.3), 2e-5);
    }
  });

  it.each(["and", "xor"] as const)("labels of pairs: %s, ones weighted", async (labels) => {
    for (const values of ["binary", "symmetric"] as const) {
      const change: Change = {
        architecture: { bias: { hidden: "fixed", output: "learned" } },
        loss: { onesWeight: 10 },
        shape: { labels },
      };
      const shape = shapeOf(9, 21, 80, change);
      expect(outputsOf(shape)).toBe(36);
      await examine(engine, shape, { kind: "bernoulli", p: 0.4, values }, 2e-5);
    }
  });

  it.each([true, false])("embedding, U = Eᵀ: %s", async (isTransposed) => {
    for (const layers of [1, 3]) {
      for (const tied of [false, true]) {
        const bias = { hidden: "learned", output: layers === 1 ? "learned" : "fixed" } as const;
        const shape = {
          ...shapeOf(11, 9, 90, { architecture: { layers, tied, bias }, loss: { exponent: 4 } }),
          embedding: embedding(11, 17, isTransposed),
        };
        await examine(engine, shape, bernoulli(0.2), 2e-5);
      }
    }
  });

  it("a learned scale of the mixing, with and without a bias", async () => {
    for (const output of ["none", "learned"] as const) {
      const change: Change = {
        architecture: { bias: { hidden: "none", output } },
        loss: { exponent: 3 },
        shape: { mixing: mixing(20), scaled: randomMatrix("T", 20, 20, 0.3) },
      };
      await examine(engine, shapeOf(20, 9, 200, change), bernoulli(0.1), 2e-5);
    }
  });

  it("batches without an entry, and dense ones", async () => {
    const bias = { hidden: "learned", output: "learned" } as const;
    for (const p of [1e-9, 1]) {
      for (const change of [{ loss: { exponent: 4 } }, { architecture: { bias } }]) {
        await examine(engine, shapeOf(10, 5, 64, change), bernoulli(p), 5e-5);
      }
    }
  });

  // Drawn anew from fixed streams: a combination that fails is found again by its number.
  it.each(Array.from({ length: 60 }, (_, i) => i))("random combination %d", async (number) => {
    const u = uniforms(randomStream(number, "combination"), 20);
    const pick = <T>(at: number, options: readonly T[]): T => options[Math.floor(u[at]! * options.length)]!;
    const layers = pick(0, [1, 1, 2, 3]);
    const isEmbedded = u[1]! < 0.3;
    const features = 2 + Math.floor(u[2]! * 70);
    const neurons = layers * (1 + Math.floor(u[3]! * 25));
    const change: Change = {
      architecture: {
        layers,
        activation: pick(4, activations),
        output: isEmbedded ? "identity" : pick(5, activations),
        bias: { hidden: pick(6, biases), output: pick(7, biases) },
        tied: u[8]! < 0.3,
      },
      loss: {
        exponent: pick(9, [1, 1.3, 2, 3, 4, 5.5]),
        importance: u[10]! < 0.5 ? positive("I", features) : null,
        l1: pick(11, [0, 0, 0.05]),
        onesWeight: pick(12, [1, 1, 5]),
      },
      shape: {
        labels: pick(13, ["relu", "abs", "identity", "square"] as const),
        mixing: u[14]! < 0.5 ? mixing(features) : null,
        ...(u[15]! < 0.3 ? { coefficients: positive("c", features) } : {}),
        ...(u[16]! < 0.3 ? { scaled: randomMatrix("T", features, features, 0.1) } : {}),
        ...(isEmbedded ? { embedding: embedding(features, 2 * features, u[17]! < 0.5) } : {}),
      },
    };
    const values = pick(18, ["symmetric", "positive", "sign", "binary"] as const);
    const shape = shapeOf(features, neurons, 100, change);
    await examine(engine, shape, { kind: "bernoulli", p: pick(19, [0.02, 0.1, 0.5]), values }, 1e-4);
  });

  it("trains by momentum as the reference does", async () => {
    const architecture = { bias: { hidden: "learned", output: "fixed" } } as const;
    const shape = shapeOf(9, 6, 40, { architecture });
    const programs = [engine, referenceEngine].map((each) => each.createProgram(shape));
    for (const program of programs) {
      program.write("parameters", randomPair("weights", shape));
      for (let step = 0; step < 20; step++) {
        program.sample(bernoulli(0.2), randomStream(1, "batch"), step);
        program.gradient();
        program.update({ optimizer: "sgd", learningRate: 0.05, momentum: 0.9, weightDecay: 0.1 });
      }
    }
    const [actual, expected] = await Promise.all(programs.map((program) => program.read("parameters")));
    expect(actual!.b_in!.every((b, i) => Math.abs(b - expected!.b_in![i]!) < 1e-5)).toBe(true);
    // Fixed biases neither move nor decay.
    expect(actual!.b_out).toEqual(randomPair("weights", shape).b_out);
    const before = randomPair("weights", shape).W_in.data;
    const moved = actual!.W_in.data.map((w, i) => w - before[i]!);
    expect(Math.max(...moved.map(Math.abs))).toBeGreaterThan(0.01);
    expect(Math.max(...actual!.W_in.data.map((w, i) => Math.abs(w - expected!.W_in.data[i]!)))).toBeLessThan(
      1e-5,
    );
  });
});

describe("units", () => {
  const units: readonly Unit[] = [
    { features: [3, 0, 7, 9, 12, 11], p: 0.3, draws: "all" },
    { features: [1, 2, 4], p: 0.7, draws: "one" },
    { features: [5], p: 0.01, draws: "all" },
    { features: [8], p: 0.7, draws: "all" },
  ];

  it.each(["symmetric", "positive", "sign", "binary"] as const)(
    "are drawn to the same bits, %s",
    async (values) => {
      const shape = shapeOf(13, 4, 500, {});
      for (const engine of engines) {
        for (const p of [0.7, 1]) {
          const sampler = {
            kind: "units",
            units: [...units, { features: [6], p, draws: "all" }],
            values,
          } as const;
          const programs = [engine.createProgram(shape), referenceEngine.createProgram(shape)];
          for (const program of programs) program.sample(sampler, randomStream(5, "batch"), 3);
          const [actual, expected] = await Promise.all(programs.map((program) => program.readBatch()));
          expect(actual).toEqual(expected);
          expect(actual!.values.length).toBeGreaterThan(500);
        }
      }
    },
  );

  it("are refused where a feature is missing or in two of them, before anything is drawn", () => {
    for (const engine of [...engines, referenceEngine]) {
      const program = engine.createProgram(shapeOf(13, 4, 5, {}));
      const draw = (more: Unit) => () =>
        program.sample({ kind: "units", units: [...units, more], values: "sign" }, randomStream(5, "b"), 0);
      expect(draw({ features: [13], p: 0.1, draws: "all" })).toThrow("need features below 13, got 13");
      expect(draw({ features: [8], p: 0.1, draws: "all" })).toThrow("feature 8 is in two units");
      expect(draw({ features: [6], p: 0, draws: "all" })).toThrow("need p in (0, 1], got 0");
    }
  });
});

describe("shapes", () => {
  it.each([
    [{ architecture: { layers: 2 } }, "need neurons in 2 equal layers, got 5 in all"],
    [{ loss: { exponent: 0.5 } }, "need an exponent of at least 1, got 0.5"],
    [{ loss: { importance: new Float64Array(3) } }, "importance: need 4 numbers, got 3"],
    [{ shape: { coefficients: new Float64Array(3) } }, "coefficients: need 4 numbers, got 3"],
    [
      { shape: { labels: "and", mixing: mixing(4) } },
      "as many outputs as pairs, got them with a mixing matrix",
    ],
    [{ architecture: { tied: true }, shape: { labels: "xor" } }, "got them with tied weights"],
    [
      { architecture: { output: "relu" }, shape: { embedding: embedding(4, 8, true) } },
      "need output identity with an embedding, got relu",
    ],
  ] as const)("%j is refused", (change, message) => {
    for (const engine of [...engines, referenceEngine]) {
      expect(() => engine.createProgram(shapeOf(4, 5, 2, change as Change))).toThrow(message);
    }
  });
});
