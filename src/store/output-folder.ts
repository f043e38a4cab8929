/** Questions about an output folder that are asked before the work starts. Nothing is written here. */
import { accessSync, constants, statfsSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { errorCode, StoreError, systemError } from "./errors.ts";

/**
 * Checks that runs can be written below a folder, which need not exist yet. A user whom the system lets write anywhere
 * (root) passes here even where others would not.
 * @throws StoreError when a file is in the way, the file system is read-only, or permission is missing.
 */
export function checkOutputFolder(out: string): void {
  const existing = nearestExisting(resolve(out));
  if (!statSync(existing).isDirectory()) {
    throw new StoreError(
      `${out}: need a folder for runs, but ${existing} is a file. Choose another folder with --out, or move that file.`,
    );
  }
  try {
    accessSync(existing, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw systemError(error, existing, "write");
  }
}

/**
 * Checks that a folder's disk has room. File systems that do not say how large they are pass.
 * @param bytes needed. @throws StoreError saying how much there is.
 */
export function checkFreeSpace(folder: string, bytes: number): void {
  const { blocks, bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  if (blocks === 0 || free >= bytes) return;
  throw new StoreError(
    `${folder}: need ${kibibytes(bytes)} KiB of free space, got ${kibibytes(free)} KiB. ` +
      "Free some space, or choose a folder on another disk with --out.",
    { reason: "full" },
  );
}

/** The path itself or the nearest folder above it that is there. Below a file nothing is: then that file. */
function nearestExisting(path: string): string {
  try {
    statSync(path);
    return path;
  } catch (error) {
    const code = errorCode(error);
    if ((code === "ENOENT" || code === "ENOTDIR") && dirname(path) !== path)
      return nearestExisting(dirname(path));
    throw systemError(error, path, "write");
  }
}

function kibibytes(bytes: number): number {
  return Math.ceil(bytes / 1024);
}
