/** A new folder for a test's files, in memory where the system offers that, since flushing a disk takes milliseconds. */
import { existsSync, mkdtempSync, realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** @returns the path of an empty folder, which the test removes. */
export function scratchFolder(): string {
  return realpathSync(mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "toy-cis-test-")));
}
