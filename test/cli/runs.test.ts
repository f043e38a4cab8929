/** `toy-cis runs` and `toy-cis diff`: stored runs found, sorted, averaged, compared; whatever else lies there is named. */
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { filesBelow } from "../support/folder.ts";
import { call } from "../support/toy-cis.ts";

const small = ["model.features=6", "training.batch=16", "training.steps=20", "evaluate.samples=500"];

let folder = "";
const ids: string[] = [];
beforeAll(async () => {
  folder = join(tmpdir(), `toy-cis-runs-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  for (const neurons of [2, 3]) {
    for (const seed of [0, 1, 2]) {
      const words = [...small, `seed=${seed}`, `model.neurons=${neurons}`];
      ids.push(JSON.parse((await call(folder, "train", "cc-clean", ...words, "--json")).stdout).id);
    }
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const json = async (...args: readonly string[]) => {
  const { exitCode, stdout, stderr } = await call(folder, ...args, "--json");
  expect([exitCode, stderr]).toEqual([0, ""]);
  return JSON.parse(stdout);
};

describe("toy-cis runs", () => {
  it("lists every run with what varies and what it reached, in the order of the specs", async () => {
    const { exitCode, stdout, stderr } = await call(folder, "runs");
    expect([exitCode, stderr]).toEqual([0, ""]);
    const lines = stdout.split("\n");
    expect(lines[0]).toMatch(/^id +status +seed +model\.neurons +lossPerP +linear +even$/);
    expect(lines.slice(1, 7).map((line) => line.split(/ +/)[0])).toEqual(ids);
    expect(lines.slice(7)).toEqual(["", "6 of 6 runs", ""]);
  });

  it("filters, sorts and limits; JSON has every column", async () => {
    const { total, found, runs, skipped } = await json(
      "runs",
      "model.neurons = 2 AND status = finished",
      "--sort",
      "-lossPerP",
      "--limit",
      "2",
    );
    expect([total, found, runs.length, skipped]).toEqual([6, 3, 2, []]);
    expect(runs[0].lossPerP).toBeGreaterThan(runs[1].lossPerP);
    expect(runs[0]).toMatchObject({
      "model.neurons": 2,
      "labels.mixing.kind": "none",
      steps: 20,
      name: "cc-clean",
    });
  });

  it("takes a query in several words, and shows the columns that are asked for", async () => {
    const { runs } = await json("runs", "seed", "=", "1", "--columns", "seed,model.neurons");
    expect(runs).toEqual([
      { seed: 1, "model.neurons": 2 },
      { seed: 1, "model.neurons": 3 },
    ]);
    const { stdout } = await call(folder, "runs", "seed = 7");
    expect(stdout).toBe("0 of 6 runs\n");
  });

  it("averages over seeds with 95 % intervals", async () => {
    const { groups, leftOut } = await json("runs", "--over", "seed");
    expect(groups.map(({ n, runs }: { n: number; runs: string[] }) => [n, runs.length])).toEqual([
      [3, 3],
      [3, 3],
    ]);
    expect(leftOut).toBe(0);
    const { low, mean, high } = groups[0].estimates.lossPerP;
    expect(low).toBeLessThan(mean);
    expect(high).toBeGreaterThan(mean);
    const { stdout } = await call(folder, "runs", "--over", "seed");
    expect(stdout).toMatch(/^model\.neurons +n +lossPerP +± +linear +± +even +±\n2 +3 +0\.\d+ /);
    expect(stdout).toContain("6 of 6 runs, 2 groups over seed; ± is half a 95 % interval");
  });

  it("writes metrics for TensorBoard, the same bytes each time, one folder a run", async () => {
    const { tensorboard } = await json("runs", "seed = 0", "--tensorboard", "tb");
    expect(readdirSync(join(folder, "tb")).sort()).toEqual([ids[0], ids[3]].sort());
    const before = tensorboard.map((path: string) => readFileSync(join(folder, path)));
    await json("runs", "seed = 0", "--tensorboard", "tb");
    expect(tensorboard.map((path: string) => readFileSync(join(folder, path)))).toEqual(before);
    expect(before[0].toString("latin1")).toContain("learningRate");
    rmSync(join(folder, "tb"), { recursive: true });
  });

  it.each([
    [["neurons = 2"], 1, "query, character 1: no column is named neurons. Did you mean model.neurons?"],
    [["--sort", "losPerP"], 1, "sort: need a column of these runs, got losPerP. Did you mean lossPerP?"],
    [
      ["--columns", "a,,b"],
      2,
      '--columns: must be names with commas between, got "a,,b". Write them as a,b.',
    ],
    [["--over", "lossPerP"], 1, "over: need a column of these runs, got lossPerP."],
    [["--limit", "0"], 2, '--limit: must be a whole number ≥ 1, got "0". Write it as 1.'],
    [
      ["--out", "nowhere"],
      1,
      "nowhere: need to read it, got no such file or folder (ENOENT). Check the path.",
    ],
    [["SELECT 1", "--limit", "3"], 2, "--limit: not together with a SELECT. Say it in the query."],
    [
      ["SELECT 1", "--engine", "own"],
      2,
      "--engine: own reads no SELECT. Leave it out, or write a condition.",
    ],
    [["abs(seed) = 1", "--engine", "own"], 1, "got the function abs. The rest of SQL needs DuckDB."],
  ])("%j", async (args, exitCode, message) => {
    const result = await call(folder, "runs", ...args);
    expect(result).toMatchObject({ exitCode, stdout: "" });
    expect(result.stderr).toContain(message);
  });
});

describe("a folder in which other things lie too", () => {
  it("lists the runs, names the rest on stderr and in JSON, and changes nothing", async () => {
    const mixed = join(folder, "mixed");
    for (const name of ["good", "cut", "newer"])
      cpSync(join(folder, "runs", ids[0]!), join(mixed, name), { recursive: true });
    truncateSync(join(mixed, "cut/run.json"), 40);
    const record = join(mixed, "newer/run.json");
    writeFileSync(record, readFileSync(record, "utf8").replace('"layout": 1', '"layout": 9'));
    mkdirSync(join(mixed, "empty"));
    writeFileSync(join(mixed, "notes.txt"), "mine");
    const before = filesBelow(mixed);
    const { exitCode, stdout, stderr } = await call(folder, "runs", "--out", "mixed", "--json");
    expect(exitCode).toBe(0);
    const { runs, skipped } = JSON.parse(stdout);
    expect(runs.map(({ dir }: { dir: string }) => dir)).toEqual(["mixed/good"]);
    expect(skipped.map(({ path }: { path: string }) => path)).toEqual([
      "mixed/cut",
      "mixed/empty",
      "mixed/newer",
      "mixed/notes.txt",
    ]);
    expect(stderr.split("\n")).toEqual([
      "Passed over: mixed/cut/run.json: need JSON, got something else. The file is cut off, or not written by toy-cis.",
      "Passed over: mixed/empty: need the folder of a run, got no spec.json in it. Move it elsewhere, or let it be.",
      "Passed over: mixed/newer/run.json: need layout 1 of run folders or an older one, got 9. Update toy-cis.",
      "Passed over: mixed/notes.txt: need the folder of a run, got no folder. Move it elsewhere, or let it be.",
      "",
    ]);
    expect(filesBelow(mixed)).toEqual(before);
    for (const name of ["good", "cut", "newer"]) rmSync(join(mixed, name), { recursive: true });
    const failed = await call(folder, "runs", "--out", "mixed");
    expect(failed).toMatchObject({ exitCode: 1, stdout: "" });
    expect(failed.stderr).toContain(
      "mixed: need runs, got 2 entries that are none. Name the folder of runs with --out.\n",
    );
    rmSync(mixed, { recursive: true });
  });

  it("an empty folder has no runs, which is no failure", async () => {
    mkdirSync(join(folder, "none"));
    expect(await call(folder, "runs", "--out", "none")).toEqual({
      exitCode: 0,
      stdout: "0 of 0 runs\n",
      stderr: "",
    });
  });
});

describe("toy-cis diff", () => {
  it("compares runs by id, beginning of an id, or folder", async () => {
    const { spec, results, weights } = await json("diff", ids[0]!, join("runs", ids[1]!));
    expect(spec).toEqual([{ field: "seed", a: 0, b: 1 }]);
    const loss = results.find(({ field }: { field: string }) => field === "lossPerP");
    expect(loss.difference).toBeCloseTo(loss.b - loss.a, 15);
    expect(weights.tensors.map(({ name }: { name: string }) => name)).toEqual(["W_in", "W_out"]);
    expect(weights.neurons.partners).toHaveLength(2);
  });

  it("prints a table for each part", async () => {
    const { exitCode, stdout } = await call(folder, "diff", ids[0]!, ids[3]!);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/\nmodel\.neurons +2 +3\n/);
    expect(stdout).toMatch(/\nW_in +2 × 6 +3 × 6 +no +– +– +–\n/);
    expect(stdout).toMatch(/\nwith neurons matched and scaled alike: cosine -?0\.\d+ in the mean/);
    expect((await call(folder, "diff", ids[0]!, ids[0]!)).stdout).toMatch(
      /^The specs are equal\.\n[\s\S]*\nW_in .* yes /,
    );
  });

  it("names what it cannot find", async () => {
    expect(await call(folder, "diff", ids[0]!, "zzz")).toMatchObject({
      exitCode: 1,
      stdout: "",
      stderr: expect.stringContaining("zzz: no such file, and no run of runs begins so."),
    });
    expect(await call(folder, "diff", ids[0]!)).toMatchObject({ exitCode: 2, stdout: "" });
  });
});
