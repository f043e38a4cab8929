/** `toy-cis evaluate` and `toy-cis baselines`: the numbers of the library, in the stable names. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exactlyOneLoss } from "../../src/evaluate/index.ts";
import { writeSafetensors } from "../../src/formats/index.ts";
import { readRun } from "../../src/store/index.ts";
import { call } from "../support/toy-cis.ts";

const small = [
  "model.features=6",
  "model.neurons=3",
  "training.batch=64",
  "training.steps=200",
  "evaluate.samples=4000",
];

let folder = "";
let id = "";
beforeAll(async () => {
  folder = join(tmpdir(), `toy-cis-evaluate-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  id = JSON.parse((await call(folder, "train", "cc-asymmetric", ...small, "--json")).stdout).id;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const json = async (...args: readonly string[]) => {
  const { exitCode, stdout, stderr } = await call(folder, ...args, "--json");
  expect([exitCode, stderr]).toEqual([0, ""]);
  return JSON.parse(stdout);
};

describe("toy-cis evaluate", () => {
  it("evaluates a run by folder, id or the beginning of its id, alike", async () => {
    const byFolder = await json("evaluate", join("runs", id));
    expect(byFolder.lossPerP.map(({ p }: { p: number }) => p)).toEqual([0.001, 0.01, 0.1, 1]);
    expect(byFolder.perFeature).toHaveLength(6);
    for (const { mean, stderr, linear, even } of byFolder.lossPerP) {
      expect(linear + even).toBeCloseTo(mean, 12);
      expect(stderr).toBeGreaterThan(0);
    }
    expect(await json("evaluate", id)).toEqual(byFolder);
    expect(await json("evaluate", id.slice(0, 5))).toEqual(byFolder);
  });

  it("gives the closed form for exactly one active feature, and 1/n for p", async () => {
    const { lossPerP, perFeature } = await json("evaluate", id, "--exactly", "1");
    const { weights } = readRun(join(folder, "runs", id));
    const exact = exactlyOneLoss(weights);
    expect(lossPerP).toHaveLength(1);
    expect(lossPerP[0]).toMatchObject({
      p: 1 / 6,
      mean: exact.lossPerP,
      stderr: 0,
      linear: exact.linear,
      even: exact.even,
    });
    expect(perFeature).toEqual(Array.from(exact.perOutput));
  });

  it("takes densities, and changes to the spec", async () => {
    const { lossPerP } = await json("evaluate", id, "--p", "0.5,1");
    expect(lossPerP.map(({ p }: { p: number }) => p)).toEqual([0.5, 1]);
    const clean = await json("evaluate", id, "labels.mixing.kind=none", "--exactly", "1");
    const { weights } = readRun(join(folder, "runs", id));
    expect(clean.lossPerP[0].mean).toBe(exactlyOneLoss({ ...weights, M: null }).lossPerP);
  });

  it("evaluates foreign weights under the labels it is told, and says what it assumes", async () => {
    const tensor = (rows: number, columns: number) => ({
      dtype: "F32" as const,
      shape: [rows, columns],
      data: new Float32Array(rows * columns),
    });
    writeFileSync(
      join(folder, "zero.safetensors"),
      writeSafetensors({ W_in: tensor(2, 5), W_out: tensor(5, 2) }, {}),
    );
    const zero = await json("evaluate", "zero.safetensors", "--exactly", "1");
    // A network that answers 0 loses E relu(x)² = 1/6 for U[−1, 1] values.
    expect(zero.lossPerP[0].mean).toBeCloseTo(1 / 6, 12);
    expect(zero.assumptions).toEqual([
      "Assumed clean labels, relu(x). Name a preset, or change labels.mixing, for others.",
      "Assumed from the file: 5 features, 2 neurons.",
    ]);
    const sizes = ["model.features=5", "model.neurons=2"];
    const mixed = await json("evaluate", "zero.safetensors", "cc-symmetric", ...sizes, "--exactly", "1");
    expect(mixed.lossPerP[0].mean).not.toBe(zero.lossPerP[0].mean);
    expect(mixed.assumptions).toEqual([]);
    const weights = join("runs", id, "weights.safetensors");
    expect(await json("evaluate", weights, "--exactly", "1")).toMatchObject({
      lossPerP: (await json("evaluate", id, "--exactly", "1")).lossPerP,
    });
  });

  it("keeps to the network of a run, and asks for biases that a file lacks", async () => {
    const other = await call(folder, "evaluate", id, "model.activation=gelu");
    expect(other).toMatchObject({
      exitCode: 1,
      stderr: `model.activation: runs/${id} was trained with "relu", and its weights are evaluated so. Leave it out.\n`,
    });
    const weights = join("runs", id, "weights.safetensors");
    const biased = await call(folder, "evaluate", weights, "model.bias.output=learned");
    expect(biased.stderr).toBe(
      `model.bias.output: ${weights} has no such biases, or they are zero. Set model.bias.output=none, or name the folder of its run.\n`,
    );
    const gelu = await json("evaluate", weights, "model.activation=gelu", "--p", "0.1");
    expect(gelu.lossPerP[0].mean).not.toBe((await json("evaluate", weights, "--p", "0.1")).lossPerP[0].mean);
  });

  it("evaluates any network of the spec, at its own data too, with a reason for what is null", async () => {
    const words = ["cc-clean", ...small, "model.activation=gelu", "model.output=relu", "model.bias=learned"];
    const groups = ["data.kind=correlated", "data.groups=[[0,1]]", "data.p=0.2", "evaluate.p=[0.1]"];
    const run = await json("train", ...words, ...groups, "loss.exponent=3");
    const found = await json("evaluate", run.id);
    expect(found.lossPerP.map(({ data }: { data: string }) => data)).toEqual(["bernoulli", "correlated"]);
    expect(found.lossPerP[1].p).toBeCloseTo(0.2, 14);
    for (const { mean, linear, even, naive, rankBound, power } of found.lossPerP) {
      expect(linear + even).toBeCloseTo(mean, 12);
      expect([rankBound, power.exponent, power.bound]).toEqual([null, 3, null]);
      expect(power.mean).toBeGreaterThan(0);
      expect(naive === null).toBe(found.lossPerP[1].mean === mean);
    }
    expect(found.lossPerP[1].mean).toBeCloseTo(run.lossPerP, 12);
    expect(found.notes).toContain(
      "Rank bound: need model.output identity, got relu: its outputs are confined to no h dimensions. Set model.output=identity for a bound.",
    );
    const { stdout } = await call(folder, "evaluate", run.id);
    expect(stdout).toMatch(
      /even +naive +rank bound +L\^3\/p +± +L\^3 bound\n0\.1 +0\..* – +0\.\d+ +[\d.e-]+ +–\n/,
    );
  });

  it("says L⁴/p and its certificate for a plain network that fourth powers train", async () => {
    const { id: own } = await json("train", "cc-clean", ...small, "loss.exponent=4");
    const [loss] = (await json("evaluate", own, "--exactly", "1")).lossPerP;
    expect(loss).toMatchObject({ stderr: 0, power: { exponent: 4, stderr: 0 } });
    expect(loss.power.mean).toBeGreaterThan(loss.power.bound);
  });

  it("prints a table for people", async () => {
    const { stdout } = await call(folder, "evaluate", id, "--p", "0.01");
    expect(stdout).toMatch(
      /^runs\/[0-9a-f]{16}\n\np +L\/p +± +linear +even +naive +rank bound\n0\.01 +0\.\d+ /,
    );
  });
});

describe("toy-cis baselines", () => {
  it("gives the literature's naive line and the bounds, without training", async () => {
    const found = await json("baselines", "cc-clean");
    expect(Object.keys(found)).toEqual(
      expect.arrayContaining(["naive", "offset", "snmf", "complementarySnmf", "rankBound"]),
    );
    expect(found.naive.lossPerP).toBeCloseTo(50 / 600, 12);
    expect(found.naive.withMixing.lossPerP).toBeCloseTo(50 / 600, 12);
    expect(found.rankBound.exactlyOne.lossPerP).toBeCloseTo(50 / 600, 12);
    // Clean labels end where they start, at the naive network, whichever way they are factored.
    for (const net of [found.snmf, found.snmf.published, found.complementarySnmf]) {
      expect(net.exactlyOne.lossPerP).toBeCloseTo(50 / 600, 12);
    }
    expect(JSON.stringify(found)).not.toContain('"network"');
    for (const name of ["naive", "offset", "snmf", "complementarySnmf", "rankBound"]) {
      const { lossPerP, linear, even, exactlyOne } = found[name];
      expect(linear + even, name).toBeLessThanOrEqual(lossPerP + 1e-12);
      expect(Object.keys(exactlyOne), name).toEqual(expect.arrayContaining(["lossPerP", "linear", "even"]));
    }
  });

  it("leaves the semi-NMFs out when asked for no restarts", async () => {
    const sizes = ["model.features=8", "model.neurons=2"];
    const found = await json("baselines", "cc-symmetric", ...sizes, "--restarts", "0");
    expect([found.snmf, found.complementarySnmf]).toEqual([null, null]);
    const { exitCode, stderr } = await call(folder, "baselines", "--restarts", "-1");
    expect(exitCode).not.toBe(0);
    expect(stderr).toContain('must be a whole number ≥ 0, got "-1". Write it as 0.');
  });

  it("prints a dash and a reason for what is not for the spec", async () => {
    const pairs = ["cc-clean", "model.features=5", "labels.function=xor", "--restarts", "0"];
    const found = await json("baselines", ...pairs);
    expect([found.naive, found.rankBound]).toEqual([null, null]);
    const { stdout } = await call(folder, "baselines", ...pairs);
    expect(stdout).toMatch(/\nnaive +– .*\nrank bound +– /s);
    expect(stdout).toMatch(
      /\nRank bound: need labels of single features, got xor, of pairs\. Use sampledRankBound/,
    );
  });

  it("takes a spec of any size and prints a table", async () => {
    const sizes = ["model.features=8", "model.neurons=2"];
    const { exitCode, stdout } = await call(folder, "baselines", "cc-symmetric", ...sizes);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^L\/p +p = 0\.01 +linear/);
    expect(stdout).toMatch(/\nsemi-NMF +0\.\d+/);
    expect(stdout).toMatch(/\ncomplementary semi-NMF +0\.\d+/);
    expect(stdout).toMatch(/\nrank bound +0\.\d+/);
  });
});
