/** What the scripts behind `npm start` and `npm test` promise: install only what is missing, one build at a time. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

const scripts = new URL("../scripts/", import.meta.url);
const { missingPackages } = await import(new URL("install.mjs", scripts).href);
const { withLock } = await import(new URL("lock.mjs", scripts).href);
const folder = mkdtempSync(join(tmpdir(), "toy-cis-scripts-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("missingPackages", () => {
  const lock = {
    packages: {
      "": { name: "toy-cis" },
      bench: { name: "toy-cis-bench" },
      "node_modules/a": { version: "1.0.0" },
      "node_modules/a/node_modules/b": { version: "2.0.0" },
      "node_modules/other-platform": { version: "1.0.0", optional: true },
    },
  };
  const installed = {
    packages: {
      "node_modules/a": { version: "1.0.0" },
      "node_modules/a/node_modules/b": { version: "2.0.0" },
    },
  };

  it("finds nothing missing where all but optional packages are there", () => {
    expect(missingPackages(lock, installed)).toEqual([]);
  });

  it("names a package that is absent or of another version", () => {
    expect(missingPackages(lock, { packages: { "node_modules/a": { version: "1.0.1" } } })).toEqual([
      "a",
      "a/node_modules/b",
    ]);
  });

  it("finds nothing missing in this checkout", () => {
    const read = (path: string) => JSON.parse(readFileSync(new URL(`../${path}`, import.meta.url), "utf8"));
    expect(missingPackages(read("package-lock.json"), read("node_modules/.package-lock.json"))).toEqual([]);
  });
});

describe("withLock", () => {
  it("lets one at a time in, and clears away its file", async () => {
    const path = join(folder, "lock");
    let inside = 0;
    const work = async () => {
      inside++;
      expect(inside).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 20));
      inside--;
    };
    await Promise.all([withLock(path, work), withLock(path, work), withLock(path, work)]);
    expect(existsSync(path)).toBe(false);
  });

  it("takes over the lock of a process that is gone", async () => {
    const path = join(folder, "stale");
    writeFileSync(path, "4194305"); // above the largest process id of Linux
    expect(await withLock(path, () => "done")).toBe("done");
  });

  it("names the process that holds it when its patience ends", async () => {
    const path = join(folder, "held");
    writeFileSync(path, `${process.ppid}`);
    const message = `build: process ${process.ppid} holds ${path}. Stop it or delete the file.`;
    await expect(withLock(path, () => "done", 0.2)).rejects.toThrow(message);
  });

  it("lets go when the work fails", async () => {
    const path = join(folder, "failed");
    const work = () => {
      throw new Error("broken");
    };
    await expect(withLock(path, work)).rejects.toThrow("broken");
    expect(existsSync(path)).toBe(false);
  });
});
