import { rmSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { modelOf, recordsOf, specOf, writeRun } from "../../test/support/run-writer.ts";
import { scratchFolder } from "../../test/support/scratch-folder.ts";
import { runId } from "../spec/identity.ts";
import { parseSpec } from "../spec/parse.ts";
import type { Spec } from "../spec/schema.ts";
import { closeRun, diffRuns, finishRun, openRun } from "./index.ts";

let out = "";
const dirOf = (spec: Spec) => join(out, runId(spec));
const [a, b] = [specOf(1), specOf(2)];
const clean = parseSpec({
  name: "wide",
  seed: 1,
  model: { features: 4, neurons: 2 },
  data: { kind: "exactly", k: 2 },
});
const interrupted = specOf(9);

beforeAll(async () => {
  out = scratchFolder();
  await writeRun(out, 1);
  await writeRun(out, 2);
  const options = { version: "0.0.0", clock: () => new Date(0) };
  const run = openRun(out, { ...options, spec: clean });
  const { W_in, W_out } = modelOf(1);
  const model = {
    W_in: { data: W_in.data.slice(0, 8), shape: [2, 4] as const },
    W_out: { data: W_out.data.slice(0, 8), shape: [4, 2] as const },
    ...{ M: null, W_E: null, bypass: null },
  };
  await finishRun(run, {
    model,
    records: recordsOf(1),
    result: { loss: 3, lossPerP: 0.5, kernelPath: "gram" },
  });
  closeRun(run);
  closeRun(openRun(out, { ...options, spec: interrupted }));
});
afterAll(() => rmSync(out, { recursive: true }));

describe("two runs", () => {
  test("of one shape: fields, results and every tensor", () => {
    const { spec, results, weights } = diffRuns(dirOf(a), dirOf(b));
    expect(spec).toEqual([{ field: "seed", a: 1, b: 2 }]);
    expect(results).toEqual([
      { field: "status", a: "finished", b: "finished", difference: null },
      { field: "loss", a: 1, b: 2, difference: 1 },
    ]);
    // Every weight of seed 2 is that of seed 1 plus 1, exactly.
    const { data } = modelOf(1).W_in;
    const norm = Math.sqrt(data.reduce((total, value) => total + value * value, 0));
    expect(weights!.tensors.map(({ name, isEqual }) => [name, isEqual])).toEqual([
      ["M", false],
      ["W_in", false],
      ["W_out", false],
    ]);
    expect(weights!.tensors[1]).toMatchObject({ a: [3, 5], b: [3, 5], difference: { largest: 1 } });
    expect(weights!.tensors[1]!.difference!.relative).toBeCloseTo(Math.sqrt(15) / norm, 12);
    expect(weights!.neurons!.meanCosine).toBeGreaterThan(0.9);
  });

  test("a run and itself: nothing differs", () => {
    const { spec, weights } = diffRuns(dirOf(a), dirOf(a));
    expect(spec).toEqual([]);
    expect(weights!.tensors.map(({ isEqual, difference }) => [isEqual, difference!.largest])).toEqual([
      [true, 0],
      [true, 0],
      [true, 0],
    ]);
    expect(weights!.neurons!.relative).toBeLessThan(1e-7);
  });

  test("of other kinds and sizes: what one lacks is null", () => {
    const { spec, results, weights } = diffRuns(dirOf(a), dirOf(clean));
    expect(spec).toEqual(
      expect.arrayContaining([
        { field: "name", a: "unnamed", b: "wide" },
        { field: "model.features", a: 5, b: 4 },
        { field: "data.p", a: 0.01, b: null },
        { field: "data.k", a: null, b: 2 },
      ]),
    );
    expect(results).toContainEqual({ field: "lossPerP", a: null, b: 0.5, difference: null });
    expect(weights!.tensors[0]).toEqual({ name: "M", a: [5, 5], b: null, isEqual: false, difference: null });
    expect(weights!.tensors[1]).toEqual({
      name: "W_in",
      a: [3, 5],
      b: [2, 4],
      isEqual: false,
      difference: null,
    });
    expect(weights!.neurons).toBeNull();
  });

  test("one that is not finished: specs alone", () => {
    const { spec, weights } = diffRuns(dirOf(interrupted), dirOf(a));
    expect(spec).toEqual([{ field: "seed", a: 9, b: 1 }]);
    expect(weights).toBeNull();
  });

  test("damaged ones are named", () => {
    truncateSync(join(dirOf(b), "weights.safetensors"), 200);
    expect(() => diffRuns(dirOf(a), dirOf(b))).toThrow(
      `${join(dirOf(b), "weights.safetensors")}: safetensors`,
    );
    expect(() => diffRuns(out, dirOf(a))).toThrow(
      `${out}: need the folder of a run, got no spec.json in it.`,
    );
  });
});
