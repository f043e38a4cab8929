/** Every mistake a user can make: a sentence that names the place and the mend, exit code ≠ 0, nothing written. */
import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Tensor, writeSafetensors } from "../../src/formats/index.ts";
import { emptyFolder, filesBelow } from "../support/folder.ts";
import { call } from "../support/toy-cis.ts";

const small = [
  "model.features=4",
  "model.neurons=2",
  "training.batch=16",
  "training.steps=20",
  "evaluate.samples=100",
];

/** Runs a command that must fail, and checks that it left the folder as it was. */
async function failure(folder: string, ...args: readonly string[]): Promise<string> {
  const before = filesBelow(folder);
  const { exitCode, stdout, stderr } = await call(folder, ...args);
  expect([exitCode, stdout]).toEqual([1, ""]);
  expect(filesBelow(folder)).toEqual(before);
  expect(stderr).not.toMatch(/bug in toy-cis|\n {4}at /);
  return stderr;
}

describe("specs", () => {
  it.each([
    ["model.nuerons=5", "model.nuerons: unknown key. Did you mean model.neurons?"],
    ["model.neurons=many", 'model.neurons: must be a whole number ≥ 1, got the text "many".'],
    ["model.neurons=-1", "model.neurons: must be a whole number ≥ 1, got -1."],
    ["model.neurons=0", "model.neurons: must be a whole number ≥ 1, got 0."],
    ["model.neurons=.nan", "model.neurons: must be a whole number ≥ 1, got NaN."],
    ["training.learningRate=.inf", "training.learningRate: must be a number > 0, got Infinity."],
    ["data.p=0", "data.p: must be a number > 0 and ≤ 1, got 0."],
    ["data.p=1.5", "data.p: must be a number > 0 and ≤ 1, got 1.5."],
    ["model.neurons=1000000000", "model.neurons: must be small enough for 2 GiB of memory, got a run of"],
    ["version=2", "version: "],
    [
      "training.changes=[{step: 5, set: {}}]",
      "training.changes: not available yet: changes during training.",
    ],
    ["__proto__.polluted=1", "__proto__: unknown key."],
    ["labels.mixing={kind: file, path: none.npy}", "none.npy: "],
  ])("%s", async (override, message) => {
    expect(await failure(emptyFolder(), "train", override)).toContain(message);
  });

  it("lists every problem of a file with its line", async () => {
    const folder = emptyFolder();
    writeFileSync(join(folder, "my.yaml"), "model:\n  nuerons: 3\n  features: 0\nversion: 1\n");
    expect(await failure(folder, "baselines", "my.yaml")).toBe(
      "my.yaml, line 2, column 3: model.nuerons: unknown key. Did you mean model.neurons?\n" +
        "my.yaml, line 3, column 13: model.features: must be a whole number ≥ 1, got 0. Leave it out for the default, 100.\n",
    );
  });

  it("refuses a later version, repeated keys and alias bombs", async () => {
    const folder = emptyFolder();
    const texts = [
      [
        "version: 2\nfuture: 1\n",
        "version: spec version 2 is newer than this toy-cis reads (1). Update toy-cis.\n",
      ],
      ["seed: 1\nseed: 2\n", "my.yaml, line 2, column 1: spec: a key is given twice. Keep one of them.\n"],
      [
        "name: &a [1]\nseed: [*a, *a]\n",
        "my.yaml, line 2, column 8: spec: the alias *a is not accepted. Write the value out.\n",
      ],
    ] as const;
    for (const [text, message] of texts) {
      writeFileSync(join(folder, "my.yaml"), text);
      expect(await failure(folder, "train", "my.yaml", "--json")).toBe(message);
    }
  });

  it("names the near preset, and refuses folders and two sources", async () => {
    const folder = emptyFolder();
    expect(await failure(folder, "train", "cc-claen")).toBe(
      "cc-claen: no such file or preset. Did you mean cc-clean?\n",
    );
    expect(await failure(folder, "train", ".")).toBe(".: a folder. Name a spec file or a preset.\n");
    expect(await call(folder, "train", "cc-clean", "cc-symmetric")).toMatchObject({
      exitCode: 2,
      stderr:
        "cc-symmetric: one spec or preset is enough, got cc-clean too. Write changes as key=value, in quotes where they have spaces.\n",
    });
  });
});

describe("mixing files", () => {
  it.each([
    ["of the wrong size", "1,2\n3,4\n", "m.csv: need a matrix of [4, 4], got [2, 2]."],
    [
      "with a number that is not finite",
      `${"1,1,1,1\n".repeat(3)}1,1,inf,1\n`,
      /m\.csv.*need a finite number, got Infinity/,
    ],
    ["that are no numbers", "<html>", "m.csv: csv"],
  ])("%s", async (_, text, message) => {
    const folder = emptyFolder();
    writeFileSync(join(folder, "m.csv"), text);
    expect(await failure(folder, "train", ...small, "labels.mixing={kind: file, path: m.csv}")).toMatch(
      message,
    );
  });
});

describe("output folders", () => {
  it("that are a file", async () => {
    const folder = emptyFolder();
    writeFileSync(join(folder, "runs"), "");
    expect(await failure(folder, "train", ...small)).toMatch(
      /^runs: need a folder for runs, but .*runs is a file\./,
    );
  });

  it("without permission", async () => {
    // Root may write anywhere, so the kernel's own read-only folder stands in for a folder without permission.
    const folder = emptyFolder();
    mkdirSync(join(folder, "locked"));
    chmodSync(join(folder, "locked"), 0o500);
    const out = process.getuid?.() === 0 ? "/proc/toy-cis" : "locked/runs";
    expect(await failure(folder, "train", ...small, "--out", out)).toMatch(
      /: need to write it, got .*\. .*\.\n$/,
    );
  });
});

describe("what is evaluated", () => {
  let folder = "";
  let dir = "";
  beforeAll(async () => {
    folder = join(tmpdir(), `toy-cis-evaluated-${process.pid}`);
    mkdirSync(folder, { recursive: true });
    dir = JSON.parse((await call(folder, "train", "cc-clean", ...small, "--json")).stdout).dir;
    const tensor: Tensor = { dtype: "F32", shape: [2, 4], data: new Float32Array(8) };
    const wide: Tensor = { ...tensor, shape: [4, 2] };
    writeFileSync(join(folder, "wide.safetensors"), writeSafetensors({ W_in: wide, W_out: tensor }, {}));
    writeFileSync(join(folder, "foreign.safetensors"), "hello");
    writeFileSync(join(folder, "other.safetensors"), writeSafetensors({ "fc1.weight": tensor }, {}));
    cpSync(join(folder, dir), join(folder, "cut"), { recursive: true });
    truncateSync(join(folder, "cut/weights.safetensors"), 100);
    cpSync(join(folder, dir), join(folder, "interrupted"), { recursive: true });
    rmSync(join(folder, "interrupted/run.json"));
    mkdirSync(join(folder, "empty"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    ["cc-clean", "cc-clean: no such file, and no run of runs begins so."],
    ["none.npz", "none.npz: no such file, and no run of runs begins so."],
    ["foreign.safetensors", "foreign.safetensors: safetensors"],
    [
      "other.safetensors",
      "other.safetensors: need tensors W_in [neurons, features] and W_out [features, neurons], got fc1.weight [2, 4].",
    ],
    [
      "wide.safetensors",
      "wide.safetensors: need to know which way W_in [neurons, features] and W_out [features, neurons] lie, " +
        "got W_in [4, 2] and W_out [2, 4], which fit as they are and transposed. " +
        "Say it, for 2 features and 4 neurons: --map W_in=W_in --map W_out=W_out " +
        "or for 4 features and 2 neurons: --map W_in=W_in.T --map W_out=W_out.T\n",
    ],
    ["cut", "cut/weights.safetensors: safetensors"],
    [
      "interrupted",
      "interrupted: need a finished run, got an interrupted one (no run.json). Resume it: toy-cis train interrupted/spec.json --out .",
    ],
    ["empty", "empty: need the folder of a run, got no spec.json in it."],
  ])("%s", async (name, message) => {
    expect(await failure(folder, "evaluate", name, "--json")).toContain(message);
  });

  it("asks the spec's sizes of weights, and takes changes alone for a run", async () => {
    const weights = join(dir, "weights.safetensors");
    expect(await failure(folder, "evaluate", weights, "cc-clean")).toBe(
      `${weights}: need W_in [neurons, features] and W_out [features, neurons] of one network with 100 features, ` +
        "got W_in [2, 4] and W_out [4, 2]. Check that the file belongs to this spec, and --map.\n",
    );
    expect(await failure(folder, "evaluate", weights, "model.neurons=3")).toBe(
      `${weights}: need W_in of [model.neurons, model.features] = [3, 4], got [2, 4]. Name the spec it was trained with.\n`,
    );
    expect(await call(folder, "evaluate", dir, "cc-clean")).toMatchObject({
      exitCode: 2,
      stderr: "cc-clean: a run has its own spec. Write changes as key=value.\n",
    });
  });

  it.each([
    [["--p", "0.1,2"], '--p: must be numbers > 0 and ≤ 1, got "2". Write them as 0.001,0.01,1.'],
    [["--p", ""], '--p: must be numbers > 0 and ≤ 1, got "". Write them as 0.001,0.01,1.'],
    [["--exactly", "0"], '--exactly: must be a whole number ≥ 1, got "0". Write it as 1.'],
    [["--exactly", "5"], "--exactly: must be at most the 4 features, got 5. Lower it."],
    [["--exactly", "1", "--p", "0.1"], "--exactly: not together with --p. Leave one of them out."],
    [["--exactly"], "--exactly: a value is needed after it. Add --help to see what there is."],
  ])("%j", async (flags, message) => {
    expect(await call(folder, "evaluate", dir, ...flags)).toMatchObject({
      exitCode: 2,
      stdout: "",
      stderr: `${message}\n`,
    });
  });

  it("needs something to evaluate", async () => {
    expect(await call(folder, "evaluate")).toMatchObject({ exitCode: 2, stdout: "" });
  });

  it("does not mistake a changed spec for the one that was trained", async () => {
    const path = join(folder, "changed");
    cpSync(join(folder, dir), path, { recursive: true });
    const text = readFileSync(join(path, "spec.json"), "utf8");
    writeFileSync(join(path, "spec.json"), text.replace('"seed": 0', '"seed": 1'));
    expect(await failure(folder, "evaluate", "changed")).toMatch(
      /^changed\/spec.json: need the spec of run [0-9a-f]{16}, got one that was changed since\./,
    );
  });
});

it("a loss that is not finite stops the run, says where, and is remembered", async () => {
  const folder = emptyFolder();
  const command = ["train", ...small, "training.learningRate=1e38", "training.schedule=constant"];
  const { exitCode, stdout, stderr } = await call(folder, ...command);
  expect([exitCode, stdout]).toEqual([1, ""]);
  expect(stderr).toMatch(
    /^train: the loss must stay finite, got .* by step \d+ of 20 .*Lower training.learningRate\.\n$/,
  );
  const record = filesBelow(folder).find((file) => file.endsWith("run.json"))!;
  expect(JSON.parse(readFileSync(join(folder, record), "utf8"))).toMatchObject({ status: "failed" });
});
