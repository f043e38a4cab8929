import { spawn } from "node:child_process";
import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { scratchFolder } from "../../test/support/scratch-folder.ts";
import { acquireLock, releaseLock } from "./lock.ts";

let folder = "";

beforeEach(() => {
  folder = scratchFolder();
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Puts down the lock of some other process. */
function foreignLock({ pid = 0, start = "", boot = "", host = hostname() }): string {
  const name = `lock.${pid}.${start}.${boot}.00000000.${encodeURIComponent(host)}`;
  writeFileSync(join(folder, name), "");
  return name;
}

/** A process that has just ended: its number is free. */
async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ["--version"], { stdio: "ignore" });
  await new Promise((resolve) => child.once("exit", resolve));
  return child.pid!;
}

test("a lock is one file, which names the process, and goes when it is given back", () => {
  const lock = acquireLock(folder);
  expect(readdirSync(folder)).toHaveLength(1);
  expect(lock.path).toContain(`lock.${process.pid}.`);
  releaseLock(lock);
  releaseLock(lock);
  expect(readdirSync(folder)).toEqual([]);
});

describe("a lock that is held", () => {
  test("by this process", () => {
    acquireLock(folder);
    expect(() => acquireLock(folder)).toThrow(
      `${folder}: need a run that no other process trains, got one that process ${process.pid} trains. ` +
        "Wait for it, or stop it.",
    );
    expect(readdirSync(folder)).toHaveLength(1);
  });

  test("by another process", () => {
    const name = foreignLock({ pid: process.ppid });
    expect(() => acquireLock(folder)).toThrow(`got one that process ${process.ppid} trains.`);
    expect(readdirSync(folder)).toEqual([name]);
  });

  test("by a process of another machine", () => {
    const name = foreignLock({ pid: 12, host: "node-7.cluster" });
    expect(() => acquireLock(folder)).toThrow(
      `process 12 of the machine node-7.cluster trains. Wait for it; if it is gone, delete ${join(folder, name)}.`,
    );
  });
});

describe("a lock that is left over is taken over", () => {
  const takeOver = () => {
    const { path } = acquireLock(folder);
    expect(readdirSync(folder).map((name) => join(folder, name))).toEqual([path]);
  };

  test("from a dead process", async () => {
    foreignLock({ pid: await deadPid() });
    takeOver();
  });

  test.runIf(process.platform === "linux")("from a process whose number was given to another", () => {
    foreignLock({ pid: process.ppid, start: "1" });
    takeOver();
  });

  test.runIf(process.platform === "linux")("from before the machine was started again", () => {
    foreignLock({ pid: process.ppid, boot: "00000000" });
    takeOver();
  });
});

test("files with other names are none of a lock's business", () => {
  writeFileSync(join(folder, "lock.txt"), "");
  acquireLock(folder);
  expect(readdirSync(folder)).toHaveLength(2);
});
