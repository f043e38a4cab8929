/** Output folders that cannot be written: what is said, and that nothing is left behind. */
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bundleForNode } from "../../test/support/bundle.ts";
import { checkpointOf, recordsOf, specOf, unfoldedOf } from "../../test/support/run-writer.ts";
import { scratchFolder } from "../../test/support/scratch-folder.ts";
import { systemError } from "./errors.ts";
import { checkOutputFolder, closeRun, finishRun, openRun, runStatus, saveCheckpoint } from "./index.ts";

let folder = "";

beforeAll(() => {
  folder = scratchFolder();
  writeFileSync(join(folder, "file"), "");
});

afterAll(() => rmSync(folder, { recursive: true }));

const options = { spec: specOf(0), version: "0.0.0", clock: () => new Date(0) };

test("folders that are not there yet are fine, and are not made by asking", () => {
  checkOutputFolder(join(folder, "a/b/c"));
  expect(readdirSync(folder)).toEqual(["file"]);
});

describe("a file in the way", () => {
  test.each(["file", "file/runs", "file/a/b"])("%s", (name) => {
    const out = join(folder, name);
    const message = `${out}: need a folder for runs, but ${join(folder, "file")} is a file. Choose another folder with`;
    expect(() => checkOutputFolder(out)).toThrow(message);
    expect(() => openRun(out, options)).toThrow(message);
  });

  test("where the run's own folder would be", () => {
    const out = join(folder, "runs");
    const { dir, ...run } = openRun(out, options);
    closeRun({ dir, ...run });
    rmSync(dir, { recursive: true });
    writeFileSync(dir, "");
    expect(() => openRun(out, options)).toThrow(
      `${dir}: need to write it, got a file where a folder should be (EEXIST).`,
    );
    rmSync(out, { recursive: true });
  });
});

describe("permission", () => {
  /** Opens a run in a process that is not root. */
  const openAsNobody = async (out: string) => {
    const bundle = await bundleForNode(
      fileURLToPath(new URL("../../test/support/open-run-process.ts", import.meta.url)),
    );
    chmodSync(dirname(bundle), 0o755);
    const isRoot = process.getuid?.() === 0;
    const user = isRoot ? { uid: 65534, gid: 65534 } : {};
    const { stdout } = spawnSync(process.execPath, [bundle, out], { ...user, encoding: "utf8" });
    rmSync(dirname(bundle), { recursive: true });
    return stdout;
  };

  test.skipIf(process.platform === "win32")("a folder that may only be read", async () => {
    const out = mkdtempSync(join(tmpdir(), "toy-cis-read-only-"));
    chmodSync(out, 0o555);
    expect(await openAsNobody(out)).toBe(
      `StoreError: ${out}: need to write it, got no permission (EACCES). ` +
        "Change its permissions, or choose another place.",
    );
    expect(readdirSync(out)).toEqual([]);
    rmSync(out, { recursive: true });
  });
});

/** Mounts a file system in memory; false where that is not allowed. */
function mounted(path: string, mountOptions: string): boolean {
  mkdirSync(path);
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", mountOptions, "tmpfs", path], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

describe("file systems that take nothing", () => {
  test("read-only", ({ skip, onTestFinished }) => {
    const out = join(folder, "read-only");
    if (!mounted(out, "ro")) return skip("this user may not mount file systems");
    onTestFinished(() => void execFileSync("umount", [out]));
    const message = `${out}: need to write it, got a read-only file system (EROFS). Choose another place.`;
    expect(() => checkOutputFolder(out)).toThrow(message);
    expect(() => openRun(join(out, "runs"), options)).toThrow(message);
  });

  test("without room for a run: nothing is left", ({ skip, onTestFinished }) => {
    const out = join(folder, "small");
    if (!mounted(out, "size=32k")) return skip("this user may not mount file systems");
    onTestFinished(() => void execFileSync("umount", [out]));
    expect(() => openRun(out, options)).toThrow(
      "KiB of free space, got 32 KiB. Free some space, or choose a folder on another disk with --out.",
    );
    expect(readdirSync(out)).toEqual([]);
  });

  test("full in the middle of a run: it stays unfinished, and goes on later", async ({
    skip,
    onTestFinished,
  }) => {
    const out = join(folder, "filling");
    if (!mounted(out, "size=256k")) return skip("this user may not mount file systems");
    onTestFinished(() => void execFileSync("umount", [out]));
    const run = openRun(out, options);
    saveCheckpoint(run, checkpointOf(0, 10));
    fill(join(out, "filler"));
    const finished = { model: unfoldedOf(0), records: recordsOf(0), result: {} };
    const full = "got a full disk (ENOSPC). Free some space and run the same command again.";
    expect(() => saveCheckpoint(run, checkpointOf(0, 20))).toThrow(
      `${join(run.dir, "checkpoint.safetensors")}: need to write it, ${full}`,
    );
    await expect(finishRun(run, finished)).rejects.toThrow(`metrics.parquet: need to write it, ${full}`);
    closeRun(run);
    expect(readdirSync(run.dir).sort()).toEqual(["checkpoint.safetensors", "spec.json"]);
    expect(runStatus(run.dir)).toBe("interrupted");
    rmSync(join(out, "filler"));
    const again = openRun(out, options);
    expect(again.checkpoint).toEqual(checkpointOf(0, 10));
    await finishRun(again, finished);
    closeRun(again);
    expect(runStatus(run.dir)).toBe("finished");
  });
});

/** Writes a file until the disk is full. */
function fill(path: string): void {
  for (let size = 2 ** 20; size >= 1; size /= 2) {
    try {
      writeFileSync(path, new Uint8Array(size), { flag: "a" });
    } catch {
      // Smaller pieces fill what is left.
    }
  }
}

describe("what the system says is told in the project's words", () => {
  const failure = (code: string) => Object.assign(new Error(`${code}: the system's words`), { code });

  test.each([
    ["ENOSPC", "got a full disk (ENOSPC). Free some space and run the same command again."],
    ["EDQUOT", "got a used-up disk quota (EDQUOT). Free some space and run the same command again."],
    ["EROFS", "got a read-only file system (EROFS). Choose another place."],
    ["EACCES", "got no permission (EACCES). Change its permissions, or choose another place."],
    ["ENOTDIR", "got a file where a folder should be (ENOTDIR). Choose another path, or move that file."],
    ["EXDEV", "got an unexpected answer (EXDEV). Try again, or choose another place."],
  ])("%s", (code, message) => {
    expect(systemError(failure(code), "runs/x", "write")).toMatchObject({
      name: "StoreError",
      message: `runs/x: need to write it, ${message}`,
    });
  });

  test("errors that are not the system's pass unchanged", () => {
    const error = new TypeError("a mistake in the program");
    expect(systemError(error, "runs/x", "write")).toBe(error);
  });
});
