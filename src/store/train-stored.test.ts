import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { scratchFolder } from "../../test/support/scratch-folder.ts";
import { parseSpec, type Spec } from "../spec/index.ts";
import {
  closeRun,
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
    const { dir, step, message } = await stopAt(200, specWith());
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

  test("a run goes on from the weights of another, of the same size", async () => {
    const first = await trainStored(specWith(), options());
    const training = { steps: 10, batch: 64, from: first.id };
    await expect(trainStored(specWith({ training }), options())).resolves.toMatchObject({ steps: 10 });
    const larger = specWith({ training, model: { features: 6, neurons: 4 } });
    await expect(trainStored(larger, options())).rejects.toThrow(
      `training.from: need a run of 6 features and 4 neurons, got ${first.id} with 6 and 3. ` +
        "Set model.features and model.neurons to those.",
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
