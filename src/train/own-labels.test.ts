/** Training on a label function: the same as the built-in labels where it is the same function, and safe where it is not. */
import { describe, expect, it } from "vitest";
import { mixingMatrix } from "../data/mixing.ts";
import { referenceEngine } from "../engine/reference/engine.ts";
import { wasmEngine } from "../engine/wasm/engine.ts";
import type { Matrix } from "../numeric/matrix.ts";
import { preset } from "../spec/presets.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { train } from "./train.ts";

const [n, h] = [12, 6];
const sizes = [`model.features=${n}`, `model.neurons=${h}`, "training.batch=64"];
const usual = ["data.p=0.1", "training.steps=40"];
const small = (name: "cc-clean" | "cc-asymmetric", ...more: string[]) => {
  const isSet = (word: string) => more.some((other) => other.split("=")[0] === word.split("=")[0]);
  return preset(name, [...sizes, ...usual.filter((word) => !isSet(word)), ...more]);
};
const absolute = (x: Float64Array) => x.map(Math.abs);

/** relu(x) + M x, summed in the engine's order. */
const mixed = (M: Matrix) => (x: Float64Array) =>
  x.map((value, i) => Math.max(0, value) + x.reduce((sum, v, j) => sum + M.data[i * n + j]! * v, 0));

describe("a label function", () => {
  it("that is relu(x) + M x gives the weights of the built-in labels, to the bit", async () => {
    const spec = small("cc-asymmetric");
    const M = mixingMatrix(spec.labels.mixing, n)!;
    const builtIn = await train(spec, { engine: referenceEngine });
    const own = await train(small("cc-clean"), { labels: mixed(M) });
    expect(own.model.W_in).toEqual(builtIn.model.W_in);
    expect(own.model.W_out).toEqual(builtIn.model.W_out);
    expect(own.records).toEqual(builtIn.records);
    expect(own.kernelPath).toBe("reference/dense");
    expect(builtIn.model.labels).toBeUndefined();
  });

  it("is what the loss goes down on: |x|, and labels that an empty row has too", async () => {
    const abs = await train(small("cc-clean", "training.steps=200"), { labels: absolute });
    expect(abs.loss).toBeLessThan(0.8 * abs.records[0]!.loss);
    expect(abs.model.labels).toBe(absolute);
    const clean = await train(small("cc-clean"), { engine: referenceEngine });
    const constant = await train(small("cc-clean", "data.p=1e-9"), { labels: (x) => x.map(() => 2) });
    // No row has an entry: the network answers 0, the loss is 2², and no gradient moves the weights but weight decay.
    expect(constant.records.every(({ loss }) => loss === 4)).toBe(true);
    expect(constant.model.W_in.data.every((w, i) => w === 0 || w !== clean.model.W_in.data[i])).toBe(true);
  });

  it("goes on from a checkpoint to the same bits, with the same function", async () => {
    const spec = small("cc-clean");
    const kept: Checkpoint[] = [];
    const onCheckpoint = (checkpoint: Checkpoint) => void kept.push(checkpoint);
    const whole = await train(spec, { labels: absolute, checkpointEvery: 15, onCheckpoint });
    const resumed = await train(spec, { labels: absolute, checkpoint: structuredClone(kept[0]!) });
    expect(resumed.model).toEqual(whole.model);
    expect(resumed.records).toEqual(whole.records);
  });

  it("trains any network: that of |x| as labels.function abs does, to the bit", async () => {
    const network = ["model.activation=gelu", "model.bias=learned", "model.layers=2", "loss.exponent=3"];
    const named = small("cc-clean", ...network, "labels.function=abs");
    const builtIn = await train(named, { engine: referenceEngine });
    const own = await train(small("cc-clean", ...network), { labels: absolute });
    expect({ ...own.model, labels: "abs" }).toEqual(builtIn.model);
    expect(own.records).toEqual(builtIn.records);
  });

  it("starts from the weights of another run", async () => {
    const { model } = await train(small("cc-clean"));
    const tuned = await train(small("cc-clean", "training.from=0123456789abcdef"), {
      from: model,
      labels: absolute,
    });
    expect(tuned.records[0]!.loss).not.toBe(
      (await train(small("cc-clean"), { labels: absolute })).records[0]!.loss,
    );
  });

  it("leaves a bypass what it takes off: labels f(x) − x, for a network with an identity", async () => {
    const { model } = await train(small("cc-clean", "model.bypass.kind=identity"), { labels: absolute });
    expect(model.M!.data[0]).toBe(-1);
  });

  it("is refused by the compiled kernels, and beside labels of the spec", async () => {
    await expect(train(small("cc-clean"), { labels: absolute, engine: wasmEngine })).rejects.toThrow(
      "wasm engine: need labels relu(x) + M x, got a label function. Use referenceEngine, which calls it.",
    );
    await expect(train(small("cc-asymmetric"), { labels: absolute })).rejects.toThrow(
      "labels: need a label function alone, which gives the whole label, got one beside labels.function relu with a mixing matrix. Set labels.function=relu, and labels.mixing.kind and labels.coefficients.kind to none; what they do is for the label function.",
    );
    await expect(
      train(small("cc-clean", "labels.function=x-plus-relu"), { labels: absolute }),
    ).rejects.toThrow("got one beside labels.function x-plus-relu. Set labels.function=relu");
    await expect(
      train(small("cc-clean", "labels.coefficients.kind=uniform"), { labels: absolute }),
    ).rejects.toThrow("got one beside labels.function relu with coefficients. Set labels.function=relu");
  });

  it("that answers with what is no label stops the run, with row, output and value", async () => {
    await expect(train(small("cc-clean"), { labels: () => [1] })).rejects.toThrow(
      "label function: need 12 numbers for row 0, got 1. Mend the label function.",
    );
    const broken = (x: Float64Array) => x.map((_, i) => (i === 3 ? Number.NaN : 0));
    await expect(train(small("cc-clean"), { labels: broken })).rejects.toThrow(
      "label function: need a finite number for output 3 of row 0, got NaN. Mend the label function.",
    );
  });
});
