import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { scratchFolder } from "../../test/support/scratch-folder.ts";
import { parseSpec, type Spec } from "../spec/index.ts";
import { train } from "../train/index.ts";
import {
  closeRun,
  loadModelFile,
  openRun,
  type RunProgress,
  readRun,
  runStatus,
  StoppedError,
  type StoreError,
  type TrainStoredOptions,
  trainStored,
} from "./index.ts";

let out = "";
beforeEach(() => {
  out = scratchFolder();
  return () => rmSync(out, { recursive: true });
});

const specWith = (fields: object = {}): Spec =>
  parseSpec({
    model: { features: 6, neurons: 3 },
    training: { steps: 400, batch: 64 },
    evaluate: { samples: 1000 },
    ...fields,
  });

/** A clock that a call moves by a second: every checkpoint is kept. */
function options(more: Partial<TrainStoredOptions> = {}): TrainStoredOptions {
  let milliseconds = 0;
  const now = () => {
    milliseconds += 1000;
    return milliseconds;
  };
  return { out, version: "0.0.0", clock: () => new Date(0), now, ...more };
}

const filesOf = (dir: string) =>
  ["spec.json", "metrics.parquet", "weights.safetensors"].map((name) => readFileSync(join(dir, name)));

/** Trains until a step, then stops. */
async function stopAt(step: number, spec: Spec): Promise<StoppedError> {
  const controller = new AbortController();
  const onProgress = (progress: RunProgress) => {
    if (progress.step >= step) controller.abort();
  };
  const error = await trainStored(spec, options({ signal: controller.signal, onProgress })).catch((e) => e);
  expect(error).toBeInstanceOf(StoppedError);
  return error;
}

describe("training a spec in its run folder", () => {
  test("reports what run.json keeps, and reads it the next time", async () => {
    const report = await trainStored(specWith(), options());
    const { id, dir, stored, ...result } = report;
    expect(stored).toBe(false);
    expect(readRun(dir).run).toMatchObject({ id, status: "finished", result });
    const heard: RunProgress[] = [];
    const again = await trainStored(specWith(), options({ onProgress: (p) => heard.push(p) }));
    expect(again).toEqual({ ...report, stored: true });
    expect(heard).toEqual([]);
  });

  test("again trains a finished run anew, to the same bytes", async () => {
    const first = await trainStored(specWith(), options());
    const before = filesOf(first.dir);
    expect((await trainStored(specWith(), options({ again: true }))).stored).toBe(false);
    expect(filesOf(first.dir)).toEqual(before);
  });

  test("progress begins with the start and goes to the last step", async () => {
    const heard: RunProgress[] = [];
    await trainStored(specWith(), options({ onProgress: (p) => heard.push(p) }));
    expect(heard[0]).toEqual({ step: 0, steps: 400, from: 0, loss: null });
    expect(heard.at(-1)).toMatchObject({ step: 400, steps: 400, from: 0, loss: expect.any(Number) });
    expect(heard.length).toBe(102);
  });

  test("a stop keeps a checkpoint, and the next call goes on from it to the bytes of a run never stopped", async () => {
    const { step, message, ...stopped } = await stopAt(200, specWith());
    const dir = stopped.dir!;
    expect(runStatus(dir)).toBe("stopped");
    expect(message).toBe(
      `${dir}: stopped at step ${step}, a checkpoint is kept. Train the same spec again to go on.`,
    );
    const heard: RunProgress[] = [];
    await trainStored(specWith(), options({ onProgress: (p) => heard.push(p) }));
    expect(heard[0]).toMatchObject({ step, from: step, loss: expect.any(Number) });
    const resumed = filesOf(dir);
    await trainStored(specWith(), options({ again: true }));
    expect(filesOf(dir)).toEqual(resumed);
  });

  test("training's own failure is recorded, and tried again by the next call", async () => {
    const spec = specWith({ training: { steps: 400, batch: 64, learningRate: 1e30 } });
    const message = "train: the loss must stay finite";
    await expect(trainStored(spec, options())).rejects.toThrow(message);
    await expect(trainStored(spec, options())).rejects.toThrow(message);
  });

  test("a run that somebody else trains is refused as held", async () => {
    const spec = specWith();
    const run = openRun(out, { spec, version: "0.0.0", clock: () => new Date(0) });
    const error: StoreError = await trainStored(spec, options()).catch((e) => e);
    closeRun(run);
    expect(error.reason).toBe("held");
    expect(error.message).toContain(`need a run that no other process trains, got one that process`);
  });

  test.each([
    ["a list of p", { data: { kind: "bernoulli", p: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6] } }],
    ["groups", { data: { kind: "synced", groups: [[0, 3]], p: 0.2 } }],
    ["pairs", { data: { kind: "bernoulli", p: 0.5, values: "binary" }, labels: { function: "and" } }],
    [
      "an output function with biases",
      { model: { features: 6, neurons: 3, output: "relu", bias: "learned" }, data: { p: 0.3 } },
    ],
  ])("reports the loss at its data: %s", async (_name, fields) => {
    const training = { steps: 200, batch: 64, learningRate: 0.01 };
    const { dir, lossPerP, stderr } = await trainStored(specWith({ training, ...fields }), options());
    expect(lossPerP).toBeGreaterThan(0);
    expect(stderr).toBeLessThan(0.1 * lossPerP);
    expect(readRun(dir).run.result).toMatchObject({ lossPerP, stderr });
  });

  test("a run goes on from the weights of another, of the same size", async () => {
    const first = await trainStored(specWith(), options());
    const training = { steps: 10, batch: 64, from: first.id };
    await expect(trainStored(specWith({ training }), options())).resolves.toMatchObject({ steps: 10 });
    const larger = specWith({ training, model: { features: 6, neurons: 4 } });
    await expect(trainStored(larger, options())).rejects.toThrow(
      `training.from: need a run of 6 features and 4 neurons, got ${first.id} with 6 features and 3 neurons. ` +
        "Set the sizes of model to those.",
    );
  });

  test("a run with an embedding keeps the full width, and goes on from a checkpoint to the same bytes", async () => {
    const embedding = { kind: "random", width: 11 };
    const around = { features: 6, neurons: 3, embedding, bypass: { kind: "identity" } };
    const mixing = { kind: "asymmetric", scale: "learned" };
    const spec = specWith({ model: around, labels: { function: "x-plus-relu", mixing } });
    const { dir, mixingScale } = await trainStored(spec, options());
    const whole = filesOf(dir);
    const { unfolded, weights, run, metrics } = readRun(dir);
    expect([unfolded.W_in.shape, unfolded.W_out.shape, unfolded.W_E!.shape]).toEqual([
      [3, 11],
      [11, 3],
      [11, 6],
    ]);
    expect([weights.W_in.shape, weights.W_out.shape]).toEqual([
      [3, 6],
      [6, 3],
    ]);
    expect(run.result.mixingScale).toBe(mixingScale);
    expect((await metrics()).at(-1)!.mixingScale).toBe(mixingScale);
    expect((await train(spec)).model).toEqual(weights);
    rmSync(dir, { recursive: true });
    await stopAt(200, spec);
    await trainStored(spec, options());
    expect(filesOf(dir)).toEqual(whole);
    const tuned = specWith({ training: { steps: 40, batch: 64, from: run.id } });
    expect((await trainStored(tuned, options())).mixingScale).toBeUndefined();
  });

  test("a noisy bypass is kept with the run, and is part of the labels that it is evaluated on", async () => {
    const bypass = { kind: "noise", scale: "learned", std: 0.1 };
    const model = { features: 6, neurons: 3, bypass };
    const spec = specWith({ model, labels: { function: "x-plus-relu" } });
    const { dir } = await trainStored(spec, options());
    const { unfolded, weights } = readRun(dir);
    expect(unfolded.M).toBeNull();
    const passed = unfolded.bypass!.data.map((entry, i) => (i % 7 === 0 ? 1 : 0) - entry);
    expect(weights.M!.data).toEqual(passed);
    expect(weights).toEqual((await train(spec)).model);
    await expect(loadModelFile(join(dir, "weights.safetensors"))).rejects.toThrow(
      "weights.safetensors, bypass: need a model without embedding and bypass",
    );
  });

  test("a mixing file gives the run its id by content", async () => {
    const path = join(out, "files", "M.csv");
    mkdirSync(join(out, "files"));
    writeFileSync(path, "0,0.1,0\n0,0,0\n0,0,0\n");
    const spec = specWith({
      model: { features: 3, neurons: 2 },
      labels: { mixing: { kind: "file", path } },
    });
    const { dir } = await trainStored(spec, options());
    expect(readRun(dir).weights.M?.data[1]).toBeCloseTo(0.1, 6); // float32
  });
});
