import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { scratchFolder } from "../../test/support/scratch-folder.ts";
import { makeFolder, removeEmptyFolders, removeTemporaryFiles, writeFileAtomic } from "./atomic-file.ts";

let folder = "";

beforeEach(() => {
  folder = scratchFolder();
});

afterEach(() => rmSync(folder, { recursive: true }));

test("a file is made, and replaced, and nothing else is left", () => {
  const path = join(folder, "a.json");
  writeFileAtomic(path, "one");
  writeFileAtomic(path, Uint8Array.of(50));
  expect(readFileSync(path, "utf8")).toBe("2");
  expect(readdirSync(folder)).toEqual(["a.json"]);
});

test("a failed write leaves what was there", () => {
  const path = join(folder, "a");
  mkdirSync(path);
  expect(() => writeFileAtomic(path, "one")).toThrow(
    `${path}: need to write it, got a folder (EISDIR). Name a file.`,
  );
  expect(readdirSync(folder)).toEqual(["a"]);
  const missing = join(folder, "b/c");
  expect(() => writeFileAtomic(missing, "one")).toThrow(
    `${missing}: need to write it, got no such file or folder`,
  );
});

test("temporary files go, others stay", () => {
  for (const name of [".a.1.tmp", "b.tmp", ".c"]) writeFileSync(join(folder, name), "");
  removeTemporaryFiles(folder);
  expect(readdirSync(folder).sort()).toEqual([".c", "b.tmp"]);
});

test("the folders that were made are known, and can be unmade while they are empty", () => {
  mkdirSync(join(folder, "a"));
  const made = makeFolder(join(folder, "a/b/c"));
  expect(made).toEqual([join(folder, "a/b/c"), join(folder, "a/b")]);
  expect(makeFolder(join(folder, "a/b/c"))).toEqual([]);
  writeFileSync(join(folder, "a/b/file"), "");
  removeEmptyFolders(made);
  expect(readdirSync(join(folder, "a/b"))).toEqual(["file"]);
});

test.runIf(existsSync("/proc/self"))("a file system that makes no folders is said, not waited for", () => {
  // A plain user has no permission there; root is told that there is no such folder.
  expect(() => makeFolder("/proc/toy-cis/runs")).toThrow(/^\/proc\/toy-cis\/runs: need to write it, got /);
});
