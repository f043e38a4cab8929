/** `toy-cis sweep`: exactly N runs, killed at any moment, twice at once, stopped. */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runStatus } from "../../src/store/index.ts";
import { emptyFolder } from "../support/folder.ts";
import { scratchFolder } from "../support/scratch-folder.ts";
import { call, launcher, run, start } from "../support/toy-cis.ts";

/** Ten runs of about a tenth of a second each. */
const grid = `
base: { model: { features: 40, neurons: 20 }, training: { batch: 512 }, evaluate: { samples: 2000 } }
parameters:
  labels.mixing.kind: [symmetric]
  training.steps: { value: 1500 }
  labels.mixing.std: { min: 0.01, max: 0.1, count: 2, spacing: log }
  seed: { min: 0, max: 4 }
`;
const small = `
base: { model: { features: 6, neurons: 3 }, training: { steps: 30, batch: 32 }, evaluate: { samples: 500 } }
seeds: 3
`;

function folderWith(text: string): string {
  const folder = emptyFolder();
  writeFileSync(join(folder, "sweep.yaml"), text);
  return folder;
}

/** The files of every run that must be the same bytes, whenever and wherever it was trained. */
function bytesOf(runs: string): Readonly<Record<string, string>> {
  const names = ["weights.safetensors", "metrics.parquet", "spec.json"];
  const paths = readdirSync(runs).flatMap((id) => names.map((name) => join(id, name)));
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(runs, path), "base64")]));
}

describe("sweep", () => {
  it("lists the runs and the time they take, and trains nothing, on --dry-run", async () => {
    const folder = folderWith(small);
    const { exitCode, stdout, stderr } = await call(folder, "sweep", "sweep.yaml", "--dry-run");
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^run +seed +steps +status\n[0-9a-f]{16} +0 +30 +absent\n/);
    expect(stdout).toMatch(
      /3 runs: 0 finished, 3 missing, 0 failed\.\n\nAbout \d+ s with \d+ workers?, from a short calib/,
    );
    expect(existsSync(join(folder, "runs"))).toBe(false);
  });

  it("trains N of N, then only what is missing, and says so as JSON", async () => {
    const folder = folderWith(small);
    const first = JSON.parse((await call(folder, "sweep", "sweep.yaml", "--json")).stdout);
    expect(first).toMatchObject({ finished: 3, total: 3, merged: 0 });
    const [gone] = readdirSync(join(folder, "runs"));
    const before = bytesOf(join(folder, "runs"));
    rmSync(join(folder, "runs", gone!), { recursive: true });
    const dry = JSON.parse((await call(folder, "sweep", "sweep.yaml", "--dry-run", "--json")).stdout);
    expect(dry).toMatchObject({ toTrain: 1, estimate: { from: "from the times of 2 finished runs" } });
    const second = await call(folder, "sweep", "sweep.yaml");
    expect(second.stdout).toMatch(/\n\n3 of 3 finished\n$/);
    expect(bytesOf(join(folder, "runs"))).toEqual(before);
  });

  it("goes on past a run that fails, names its reason, and tries it again", async () => {
    const folder = folderWith(`${small}parameters: { training.learningRate: [0.001, 1.0e+30] }\n`);
    const { exitCode, stderr, stdout } = await call(folder, "sweep", "sweep.yaml");
    expect(exitCode).toBe(1);
    expect(stdout).toContain("3 of 6 finished");
    expect(stderr).toMatch(
      /^sweep: 3 of 6 finished, 3 failed\. The same command tries them again\.\ntrain: the loss must stay finite/,
    );
    const dry = await call(folder, "sweep", "sweep.yaml", "--dry-run");
    expect(dry.stdout).toContain("6 runs: 3 finished, 0 missing, 3 failed.");
  });

  it("refuses files that are none, fields that are none, and flags that contradict", async () => {
    const folder = folderWith("base: cc-clean\nparameters: { model.nuerons: [1] }\n");
    const cases = [
      [
        ["sweep.yaml"],
        1,
        "sweep.yaml, line 2, column 15: parameters.model.nuerons: no field of a spec. Did you mean model.neurons?\n",
      ],
      [["none.yaml"], 1, "none.yaml: no such file. Name a sweep file.\n"],
      [
        ["sweep.yaml", "--fail-fast", "--keep-going"],
        2,
        "--fail-fast: contradicts --keep-going. Keep one of them.\n",
      ],
    ] as const;
    for (const [args, exitCode, stderr] of cases)
      expect(await call(folder, "sweep", ...args)).toEqual({ exitCode, stdout: "", stderr });
    expect(readdirSync(folder)).toEqual(["sweep.yaml"]);
  });
});

/** A shell with a file system of its own, of a few hundred KiB; only Linux lets one do that, and not everywhere. */
const onSmallDisk = (folder: string, ...words: readonly string[]) => {
  const mount = 'mkdir small && mount -t tmpfs -o size=300k none small && exec "$@"';
  return spawnSync("unshare", ["-Umr", "sh", "-c", mount, "sh", ...words], { cwd: folder, encoding: "utf8" });
};
function hasSmallDisks(): boolean {
  const folder = scratchFolder();
  const { status } = onSmallDisk(folder, "true");
  rmSync(folder, { recursive: true });
  return status === 0;
}

it.runIf(hasSmallDisks())("a full disk stops all runs with one message, and no retry", () => {
  const folder = folderWith(
    small
      .replace("{ features: 6, neurons: 3 }", "{ features: 20, neurons: 10 }")
      .replace("seeds: 3", "seeds: 40"),
  );
  const words = ["sweep", "sweep.yaml", "--out", "small", "--workers", "1", "--retries", "2", "--json"];
  const { status, stdout, stderr } = onSmallDisk(folder, process.execPath, launcher, ...words);
  expect(status).toBe(1);
  expect(stderr).toMatch(
    /^sweep: \d+ of 40 finished, 1 failed\. The same command tries them again\.\nsmall\/.*: need .*(free space|full disk).*\n$/,
  );
  const statuses = JSON.parse(stdout).runs.map((row: { status: string }) => row.status);
  expect(new Set(statuses)).toEqual(new Set(["finished", "failed", "absent"]));
});

describe("a sweep beside an undisturbed one", () => {
  const undisturbed = scratchFolder();
  let expected: Readonly<Record<string, string>>;
  const inScratch = (): string => {
    const folder = scratchFolder();
    writeFileSync(join(folder, "sweep.yaml"), grid);
    return folder;
  };

  beforeAll(async () => {
    writeFileSync(join(undisturbed, "sweep.yaml"), grid);
    expect((await run(undisturbed, "sweep", "sweep.yaml", "--workers", "2")).exitCode).toBe(0);
    expected = bytesOf(join(undisturbed, "runs"));
    expect(Object.keys(expected)).toHaveLength(30);
  }, 60_000);
  afterAll(() => rmSync(undisturbed, { recursive: true }));

  it("killed ten times, it loses no finished run, shows none that is not, and ends with the same bytes", async () => {
    const folder = inScratch();
    const runs = join(folder, "runs");
    let finished: readonly string[] = [];
    for (let kill = 0; kill < 10; kill++) {
      const started = start(folder, "sweep", "sweep.yaml", "--workers", "2");
      // Half of them before the first run can be done, the others in the middle of runs.
      await setTimeout(250 + ((kill * 97) % 330));
      started.process.kill("SIGKILL");
      await started.finished;
      if (!existsSync(runs)) continue;
      const now = readdirSync(runs).filter((id) => runStatus(join(runs, id)) === "finished");
      expect(now).toEqual(expect.arrayContaining([...finished]));
      for (const id of now)
        expect(readFileSync(join(runs, id, "weights.safetensors"), "base64")).toBe(
          expected[join(id, "weights.safetensors")],
        );
      finished = now;
    }
    expect((await run(folder, "sweep", "sweep.yaml", "--workers", "2")).exitCode).toBe(0);
    expect(bytesOf(runs)).toEqual(expected);
    rmSync(folder, { recursive: true });
  }, 120_000);

  it("two of them over one folder at once share the work and do no harm", async () => {
    const folder = inScratch();
    const both = await Promise.all([1, 2].map(() => run(folder, "sweep", "sweep.yaml", "--workers", "1")));
    expect(both.map(({ exitCode, stderr }) => [exitCode, stderr])).toEqual([
      [0, ""],
      [0, ""],
    ]);
    for (const { stdout } of both) expect(stdout).toContain("10 of 10 finished");
    expect(bytesOf(join(folder, "runs"))).toEqual(expected);
    rmSync(folder, { recursive: true });
  }, 60_000);

  it("stopped by Ctrl-C, it keeps checkpoints, says how to go on, and ends with the same bytes", async () => {
    const folder = inScratch();
    const started = start(folder, "sweep", "sweep.yaml", "--workers", "2");
    while (!existsSync(join(folder, "runs"))) await setTimeout(10);
    await setTimeout(50);
    started.process.kill("SIGINT");
    const { exitCode, stderr } = await started.finished;
    expect(exitCode).toBe(130);
    expect(stderr).toMatch(/^sweep: stopped, \d of 10 finished\. The same command goes on\.\n$/);
    expect((await run(folder, "sweep", "sweep.yaml")).exitCode).toBe(0);
    expect(bytesOf(join(folder, "runs"))).toEqual(expected);
    rmSync(folder, { recursive: true });
  }, 60_000);
});
