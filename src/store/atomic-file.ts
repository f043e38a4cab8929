/**
 * Files that are there whole or not at all, even when the process or the machine dies: written under a temporary name
 * in the same folder, flushed to the disk, renamed, and the folder flushed.
 * Limit: Windows cannot flush folders, so there the last step is left out.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { errorCode, systemError } from "./errors.ts";

/** Writes or replaces a file. On failure the old file, if any, is left as it was. @throws StoreError */
export function writeFileAtomic(path: string, content: Uint8Array | string): void {
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  try {
    writeFlushed(temporary, content);
    renameSync(temporary, path);
    flushFolder(dirname(path));
  } catch (error) {
    removeQuietly(temporary);
    throw systemError(error, path, "write");
  }
}

/** Removes a file if it is there, for good. @throws StoreError */
export function removeFile(path: string): void {
  if (!existsSync(path)) return;
  try {
    rmSync(path);
    flushFolder(dirname(path));
  } catch (error) {
    throw systemError(error, path, "write");
  }
}

/** Removes what killed writers left in a folder. Only for a folder that nobody else writes to. */
export function removeTemporaryFiles(folder: string): void {
  const left = readdirSync(folder).filter((name) => name.startsWith(".") && name.endsWith(".tmp"));
  for (const name of left) removeQuietly(join(folder, name));
}

/**
 * Makes a folder and those above it, one by one: where a file system makes no folders, as /proc, Node's recursive
 * mkdir never returns. @returns the folders that were missing, innermost first. @throws StoreError
 */
export function makeFolder(path: string): readonly string[] {
  const made: string[] = [];
  try {
    for (const folder of missingFolders(path)) {
      if (!makeOneFolder(folder)) continue;
      made.unshift(folder);
      flushFolder(dirname(folder));
    }
    return made;
  } catch (error) {
    removeEmptyFolders(made);
    throw systemError(error, path, "write");
  }
}

/** @returns whether it was made here: another process may make the same one at the same time. */
function makeOneFolder(path: string): boolean {
  try {
    mkdirSync(path);
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST" && statSync(path).isDirectory()) return false;
    throw error;
  }
}

/** Removes the folders that are empty; others are left. */
export function removeEmptyFolders(folders: readonly string[]): void {
  for (const folder of folders) {
    try {
      rmdirSync(folder);
    } catch {
      return;
    }
  }
}

/** The folders of a path that are not there, outermost first; a path that is there is tried, to hear what it is. */
function missingFolders(path: string): readonly string[] {
  const above = dirname(path);
  return above === path || existsSync(above) ? [path] : [...missingFolders(above), path];
}

function writeFlushed(path: string, content: Uint8Array | string): void {
  const file = openSync(path, "w");
  try {
    writeFileSync(file, content);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function flushFolder(path: string): void {
  if (process.platform === "win32") return;
  const folder = openSync(path, "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

/** Removes a file if that can be done: for use after a failure, which is what the caller has to hear of. */
export function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // A temporary file that stays is removed by the next writer.
  }
}
