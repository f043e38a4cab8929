/** `toy-cis train`: a run is trained once, kept whole, and goes on after any stop to the same bits. */
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readRun } from "../../src/store/index.ts";
import { emptyFolder, filesBelow } from "../support/folder.ts";
import { call, run, start } from "../support/toy-cis.ts";

const small = [
  "model.features=10",
  "model.neurons=5",
  "training.batch=64",
  "training.steps=300",
  "evaluate.samples=2000",
];
/** Some seconds of training, so that there is time to stop it. */
const long = ["training.steps=6000", "evaluate.samples=2000"];

describe("toy-cis train", () => {
  it("keeps the run and prints its report as one JSON document", async () => {
    const folder = emptyFolder();
    const { exitCode, stdout, stderr } = await call(folder, "train", "cc-clean", ...small, "--json");
    expect([exitCode, stderr]).toEqual([0, ""]);
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({ dir: join("runs", report.id), steps: 300, stored: false });
    expect(report.kernelPath).toMatch(/^wasm\//);
    expect(report.steps / report.seconds).toBeCloseTo(report.stepsPerSecond, 6);
    expect(report.linear + report.even).toBeCloseTo(report.lossPerP, 12);
    const written = ["metrics.parquet", "run.json", "spec.json", "weights.safetensors"];
    const names = ["log.txt", "metrics.jsonl", ...written];
    expect(filesBelow(folder)).toEqual(names.map((name) => join(report.dir, name)));
    expect(readRun(join(folder, report.dir)).run.result.lossPerP).toBe(report.lossPerP);
  });

  it.each([
    ["l4", "model.features=10", "model.neurons=5", "training.batch=64"],
    ["tms-linear", "training.batch=64"],
    ["tms-relu", "training.batch=64"],
    ["tms-absolute"],
    [
      "braun-residual-2",
      "model.features=10",
      "model.neurons=5",
      "model.embedding.width=20",
      "training.batch=64",
    ],
  ])("trains %s, on general kernels", async (...words) => {
    const folder = emptyFolder();
    const fields = [...words, "training.steps=40", "evaluate.samples=2000"];
    const { stdout, stderr } = await call(folder, "train", ...fields, "--json");
    expect(stderr).toBe("");
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({ kernelPath: "wasm/general", steps: 40 });
    expect(report.lossPerP).toBeGreaterThan(0);
    expect(readRun(join(folder, report.dir)).weights.W_in.data.every(Number.isFinite)).toBe(true);
  });

  it("takes a spec file, another folder and overrides, and prints a summary", async () => {
    const folder = emptyFolder();
    writeFileSync(
      join(folder, "my.yaml"),
      "data: { kind: bernoulli, p: 0.1 }\nlabels: { mixing: { kind: symmetric } }",
    );
    const { exitCode, stdout } = await call(
      folder,
      "train",
      ...small,
      "my.yaml",
      "data.kind=exactly",
      "--out",
      "kept",
    );
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^run {4}[0-9a-f]{16} {2}kept\/[0-9a-f]{16}\nsteps {2}300 in /);
    expect(stdout).toMatch(/\nL\/p {4}0\.\d+ ± 0 = linear 0\.\d+ \+ even 0\.\d+\n/);
  });

  it("does not train a finished run again, unless it is told to", async () => {
    const folder = emptyFolder();
    const report = async (...args: string[]) =>
      JSON.parse((await call(folder, "train", "cc-clean", ...small, "--json", ...args)).stdout);
    const first = await report();
    expect(await report("name=another")).toEqual({ ...first, stored: true });
    const again = await report("--again");
    expect(again).toMatchObject({ id: first.id, lossPerP: first.lossPerP, stored: false });
    const { stdout } = await call(folder, "train", "cc-clean", ...small);
    expect(stdout).toContain("finished before, not trained again (--again does)");
  });

  it("goes on after SIGINT, SIGTERM and SIGKILL to the same bits", async () => {
    const folder = emptyFolder();
    const command = ["train", ...long, "--json"];
    const whole = JSON.parse((await run(folder, ...command, "--out", "whole")).stdout);
    for (const signal of ["SIGINT", "SIGTERM", "SIGKILL"] as const) {
      const { process: child, finished } = start(folder, ...command);
      const sign = signal === "SIGKILL" ? "checkpoint.safetensors" : "spec.json";
      await change(join(folder, "runs", whole.id, sign));
      const killed = performance.now();
      child.kill(signal);
      const { exitCode, stdout, stderr } = await finished;
      expect(performance.now() - killed).toBeLessThan(1000);
      expect([stdout, exitCode]).toEqual(["", signal === "SIGKILL" ? null : 130]);
      if (signal !== "SIGKILL") expect(stderr).toMatch(stoppedMessage);
      if (signal !== "SIGINT") expect(stderr).toMatch(/^Going on from step [\d,]+\.\n/);
    }
    const { stdout, stderr } = await run(folder, ...command);
    expect(stderr).toMatch(/^Going on from step [\d,]+\.\n$/);
    expect(JSON.parse(stdout)).toMatchObject({ id: whole.id, lossPerP: whole.lossPerP, steps: whole.steps });
    for (const name of ["weights.safetensors", "metrics.parquet"]) {
      const [a, b] = ["whole", "runs"].map((out) => readFileSync(join(folder, out, whole.id, name)));
      expect(a!.equals(b!), name).toBe(true);
    }
  });

  it("starts from the weights of another run, as training.from says", async () => {
    const folder = emptyFolder();
    const { id } = JSON.parse((await call(folder, "train", "cc-symmetric", ...small, "--json")).stdout);
    const next = [
      "train",
      "cc-clean",
      ...small,
      `training.from=${id}`,
      "training.learningRate=1e-9",
      "--json",
    ];
    const tuned = JSON.parse((await call(folder, ...next)).stdout);
    const [before, after] = [id, tuned.id].map((run) => readRun(join(folder, "runs", run)).weights.W_in.data);
    // 300 steps of 1e-9, each at most about its size.
    expect(Math.max(...before!.map((value, i) => Math.abs(value - after![i]!)))).toBeLessThan(1e-6);
    const smaller = next.map((word) => word.replace("neurons=5", "neurons=4"));
    expect(await call(folder, ...smaller)).toMatchObject({
      exitCode: 1,
      stderr: `training.from: need a run of 10 features and 4 neurons, got ${id} with 10 features and 5 neurons. Set the sizes of model to those.\n`,
    });
  });

  it("takes a mixing matrix from a file, known by its content", async () => {
    const folder = emptyFolder();
    const rows = Array.from({ length: 10 }, (_, i) =>
      Array.from({ length: 10 }, (_, j) => (i === j ? 0.1 : 0)),
    );
    const csv = rows.map((row) => row.join(",")).join("\n");
    for (const name of ["a.csv", "b.csv"]) writeFileSync(join(folder, name), csv);
    const id = async (path: string) =>
      JSON.parse(
        (await call(folder, "train", ...small, `labels.mixing={kind: file, path: ${path}}`, "--json")).stdout,
      ).id;
    const first = await id("a.csv");
    expect(await id("b.csv")).toBe(first);
    expect(readRun(join(folder, "runs", first)).weights.M?.data[11]).toBe(Math.fround(0.1));
  });
});

const stoppedMessage =
  /train: stopped at step [\d,]+; a checkpoint is kept in runs\/[0-9a-f]{16}\. Go on with: toy-cis train training\.steps=6000 evaluate\.samples=2000\n$/;

/** Waits until a file is there, or is another one than before. */
async function change(path: string): Promise<void> {
  const before = timeOf(path);
  const deadline = performance.now() + 20_000;
  while (timeOf(path) === before) {
    if (performance.now() > deadline) throw new Error(`${path} did not change within 20 s`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const timeOf = (path: string): number | undefined => statSync(path, { throwIfNoEntry: false })?.mtimeMs;
