import { describe, expect, it } from "vitest";
import { referenceEngine } from "../engine/reference/engine.ts";
import type { Model } from "../model/model.ts";
import { squaredNorm } from "../numeric/matrix.ts";
import { parseSpec } from "../spec/parse.ts";
import { preset } from "../spec/presets.ts";
import { sha256 } from "../spec/sha256.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { train } from "./train.ts";
import { createTrainer } from "./trainer.ts";

const smallFields = {
  "model.features": 20,
  "model.neurons": 10,
  "data.p": 0.05,
  "training.steps": 300,
  "training.batch": 256,
};

const small = (fields: Readonly<Record<string, unknown>> = {}) =>
  preset(
    "cc-symmetric",
    Object.entries({ ...smallFields, ...fields }).flatMap(([key, value]) =>
      value === undefined ? [] : [`${key}=${value}`],
    ),
  );

const bytesOf = ({ W_in, W_out }: Pick<Model, "W_in" | "W_out">): Uint8Array => {
  const bytes = new Uint8Array(W_in.data.byteLength + W_out.data.byteLength);
  bytes.set(new Uint8Array(W_in.data.buffer, W_in.data.byteOffset, W_in.data.byteLength));
  bytes.set(
    new Uint8Array(W_out.data.buffer, W_out.data.byteOffset, W_out.data.byteLength),
    W_in.data.byteLength,
  );
  return bytes;
};
const hashOf = (model: Pick<Model, "W_in" | "W_out">): string => sha256(bytesOf(model)).slice(0, 16);

describe("train", () => {
  it("reports about a hundred records, from the first step to the last", async () => {
    const heard: number[] = [];
    const { records, status, steps } = await train(small(), { onRecord: ({ step }) => heard.push(step) });
    expect([status, steps]).toEqual(["finished", 300]);
    expect(records.map(({ step }) => step)).toEqual(heard);
    expect(heard).toEqual(Array.from({ length: 101 }, (_, i) => 3 * i));
    expect(records[0]!.learningRate).toBe(0.003);
    expect(records.at(-1)).toMatchObject({ step: 300, learningRate: 0 });
    expect(records.at(-1)!.loss).toBeLessThan(records[0]!.loss / 2);
  });

  it("follows the reference engine, float64 and dense, closely at first", async () => {
    const spec = small({ "training.steps": 20 });
    const [fast, slow] = [await train(spec), await train(spec, { engine: referenceEngine })];
    const difference = fast.model.W_in.data.map((w, i) => w - slow.model.W_in.data[i]!);
    // Adam's first steps are ±lr for any gradient, so rounding shows only where a gradient is near zero.
    const relative = Math.sqrt(
      squaredNorm({ data: difference, shape: [10, 20] }) / squaredNorm(slow.model.W_in),
    );
    expect(relative).toBeLessThan(1e-4);
    expect(slow.kernelPath).toBe("reference/dense");
  });

  it("goes on from any checkpoint to the same bits, whatever stopped it", async () => {
    const whole = await train(small());
    const checkpoints: Checkpoint[] = [];
    await train(small(), { checkpointEvery: 70, onCheckpoint: (kept) => void checkpoints.push(kept) });
    expect(checkpoints.map(({ step }) => step)).toEqual([70, 140, 210, 280]);
    for (const checkpoint of checkpoints) {
      const resumed = await train(small(), { checkpoint });
      expect(bytesOf(resumed.model)).toEqual(bytesOf(whole.model));
      expect(resumed.records).toEqual(whole.records);
    }
  });

  it("stops on a signal with a checkpoint that leads to the same bits", async () => {
    const abort = new AbortController();
    const kept: Checkpoint[] = [];
    const stopped = await train(small(), {
      signal: abort.signal,
      onRecord: ({ step }) => step >= 150 && abort.abort(),
      onCheckpoint: (checkpoint) => void kept.push(checkpoint),
    });
    expect(stopped).toMatchObject({ status: "stopped", steps: 150 });
    const resumed = await train(small(), { checkpoint: kept[0]! });
    expect(bytesOf(resumed.model)).toEqual(bytesOf((await train(small())).model));
  });

  it("fine-tunes the weights of another run under other labels", async () => {
    const first = await train(small());
    const from = "0123456789abcdef";
    const clean = parseSpec({ ...small(), labels: {}, training: { ...small().training, from } });
    const tuned = await train(clean, { from: first.model });
    expect(tuned.model.M).toBeNull();
    // Trained for mixing, the net starts far above its own end on clean labels.
    expect(tuned.records[0]!.loss).toBeGreaterThan(1.05 * tuned.records.at(-1)!.loss);
    await expect(train(clean)).rejects.toThrow(
      "training.from: need the weights of run 0123456789abcdef, got none. Hand them in as options.from.",
    );
  });

  it("stops when the loss is not finite, and says where", async () => {
    const message =
      /^train: the loss must stay finite, got \S+ by step \d+ of 300 at learning rate \S+; .+\. Lower training\.learningRate\.$/;
    await expect(train(small({ "training.learningRate": 1e30 }))).rejects.toThrow(message);
  });

  it("chooses the kernels from the density of the data", () => {
    const pathAt = (p: number) => createTrainer(small({ "data.p": p }), { mixing: null }).kernelPath;
    expect([pathAt(0.01), pathAt(1)]).toEqual(["wasm/gram-sparse", "wasm/gram-dense"]);
  });

  it.each(["bernoulli", "exactly"])("trains on %s data with every kind of values", async (kind) => {
    for (const values of ["symmetric", "positive", "sign"]) {
      const p = kind === "bernoulli" ? 0.05 : undefined;
      const { records } = await train(small({ "data.kind": kind, "data.p": p, "data.values": values }));
      expect(records.at(-1)!.loss, values).toBeLessThan(records[0]!.loss);
    }
  });

  it("refuses a checkpoint of another shape", async () => {
    const kept: Checkpoint[] = [];
    await train(small(), { checkpointEvery: 200, onCheckpoint: (checkpoint) => void kept.push(checkpoint) });
    await expect(train(small({ "model.neurons": 11 }), { checkpoint: kept[0]! })).rejects.toThrow(
      "W_in: need [11, 20], got [10, 20]",
    );
    await expect(train(small(), { checkpoint: { ...kept[0]!, tensors: {} } })).rejects.toThrow(
      "checkpoint: need a float32 matrix parameters.W_in, got none. Delete the checkpoint and train anew.",
    );
  });
});

// A change of these hashes is a change of numerics: raise numericsVersion in src/spec/identity.ts with it.
describe("bits of a run", () => {
  it.each([
    { seed: 0, hash: "7c8a29c4b674c5ea" },
    { seed: 1, hash: "fc9f916c0fb96c11" },
  ])("the headline model for 500 steps, seed $seed", async ({ seed, hash }) => {
    const { model } = await train(preset("cc-asymmetric", [`seed=${seed}`, "training.steps=500"]));
    expect(hashOf(model)).toBe(hash);
  });

  it("the dense path", async () => {
    const { model } = await train(small({ "data.p": 0.9 }));
    expect(hashOf(model)).toBe("bdd83a9173f525fb");
  });
});
