/** Runs of general networks as folders: written, resumed and read back to the same bits. */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { scratchFolder } from "../../test/support/scratch-folder.ts";
import { readSafetensors, writeSafetensors } from "../formats/safetensors.ts";
import { parseSpec } from "../spec/parse.ts";
import type { Spec } from "../spec/schema.ts";
import { type Trained, train } from "../train/train.ts";
import { closeRun, finishRun, openRun, readRun, saveCheckpoint } from "./index.ts";
import { unfoldedModelOf } from "./model-tensors.ts";
import { startingWeights } from "./spec-inputs.ts";

let out = "";
beforeEach(() => {
  out = scratchFolder();
  return () => rmSync(out, { recursive: true });
});

const specWith = (model: object, more: object = {}): Spec =>
  parseSpec({
    model: { features: 6, neurons: 3, ...model },
    data: { kind: "bernoulli", p: 0.3 },
    training: { steps: 12, batch: 32 },
    ...more,
  });

/** Trains in a run's folder; stops at a checkpoint when told to. */
async function run(spec: Spec, stopAfterCheckpoint = false): Promise<{ dir: string; trained: Trained }> {
  const opened = openRun(out, { spec, version: "0.0.0", clock: () => new Date(0) });
  const { dir, checkpoint } = opened;
  const controller = new AbortController();
  try {
    const trained = await train(spec, {
      ...startingWeights(spec, out),
      ...(checkpoint === null ? {} : { checkpoint }),
      checkpointEvery: 5,
      signal: controller.signal,
      onCheckpoint: (kept) => {
        saveCheckpoint(opened, kept);
        if (stopAfterCheckpoint) controller.abort();
      },
    });
    const { unfolded, records, status } = trained;
    if (status === "finished") await finishRun(opened, { model: unfolded, records, result: {} });
    return { dir, trained };
  } finally {
    closeRun(opened);
  }
}

const embedding = { kind: "random", width: 9 };
const sumLabels = { labels: { function: "x-plus-relu" } };

describe("a run's folder", () => {
  test.each([
    ["biases", specWith({ bias: "learned", biasStart: 0.1 }), ["b_in", "b_out"]],
    ["fixed output biases, tied", specWith({ bias: { output: "fixed" }, tied: true }), ["b_out"]],
    [
      "gelu, coefficients",
      specWith({ activation: "gelu" }, { labels: { coefficients: { kind: "uniform" } } }),
      [],
    ],
    ["pairs", specWith({ bias: "learned" }, { labels: { function: "xor" } }), ["b_in", "b_out"]],
    ["layers", specWith({ layers: 2 }), []],
    [
      "layers in an embedding",
      specWith({ layers: 2, embedding, bypass: { kind: "identity" }, bias: "learned" }, sumLabels),
      ["W_E", "b_in", "b_out"],
    ],
    [
      "a fourth power",
      specWith({}, { loss: { exponent: 4 }, training: { optimizer: "sgd", steps: 12, batch: 32 } }),
      [],
    ],
  ])("keeps %s, and goes on from a checkpoint to the same bytes", async (_name, spec, more) => {
    const { dir, trained } = await run(spec);
    const weights = readFileSync(join(dir, "weights.safetensors"));
    const stored = readRun(dir);
    expect(stored.unfolded).toEqual(trained.unfolded);
    expect(stored.weights).toEqual(trained.model);
    const names = Object.entries(stored.unfolded).filter(([, value]) => value !== null);
    expect(names.map(([name]) => name).sort()).toEqual(["W_in", "W_out", ...more].sort());

    rmSync(dir, { recursive: true });
    const stopped = await run(spec, true);
    expect(stopped.trained.status).toBe("stopped");
    const resumed = await run(spec);
    expect(resumed.trained.records).toEqual(trained.records);
    expect(readFileSync(join(dir, "weights.safetensors"))).toEqual(weights);
  });

  test("of one run is the start of another, biases included", async () => {
    const source = specWith({ bias: "learned" });
    const { dir, trained } = await run(source);
    const from = dir.split(/[\\/]/).at(-1)!;
    const target = specWith({ bias: "fixed" }, { training: { steps: 3, batch: 32, from } });
    const { W_in, W_out, b_in, b_out } = trained.model;
    expect(startingWeights(target, out).from).toEqual({ W_in, W_out, b_in, b_out });
    const tuned = await run(target);
    expect(tuned.trained.model.b_out).toEqual(b_out);
    const without = specWith({}, { training: { steps: 3, batch: 32, from } });
    expect(() => startingWeights(without, out)).toThrow(
      `training.from: need a place for the hidden biases of ${from}, got model.bias.hidden none. Set it to fixed or learned.`,
    );
  });
});

describe("tensors of a run", () => {
  const tensor = (...shape: number[]) => ({
    dtype: "F32" as const,
    shape,
    data: new Float32Array(shape.reduce((a, b) => a * b, 1)),
  });
  const plain = { W_in: tensor(2, 3), W_out: tensor(3, 2) };

  test.each([
    [
      { ...plain, b_in: tensor(3) },
      "w, b_in: need 2 finite numbers, got 3, 3 of them finite. Check the weights.",
    ],
    [{ ...plain, b_out: tensor(3, 1) }, "w, b_out: need a vector, got [3, 1]. Get the file again."],
    [
      { ...plain, b_out: { ...tensor(3), data: Float32Array.of(0, Number.NaN, 0) } },
      "w, b_out: need 3 finite numbers, got 3, 2 of them finite. Check the weights.",
    ],
  ])("are refused when biases do not fit (%#)", (tensors, message) => {
    expect(() => unfoldedModelOf(tensors, "w")).toThrow(message);
  });

  test("are those of the spec", async () => {
    const { dir } = await run(specWith({ bias: "learned" }));
    const path = join(dir, "weights.safetensors");
    const { tensors, metadata } = readSafetensors(readFileSync(path));
    const { b_out: _, ...others } = tensors;
    writeFileSync(path, writeSafetensors(others, metadata));
    expect(() => readRun(dir)).toThrow(
      `${path}: need the biases of the spec (b_in, b_out), got other ones. Get the file again.`,
    );
  });
});
