/** Whole files as bytes. Limits: regular files (a pipe may never end), below 2 GiB as Node reads no more at once. */
import { readFileSync, statSync } from "node:fs";
import { errorCode, StoreError, systemError } from "./errors.ts";

const maximumBytes = 2 ** 31 - 1;

/** Reads a file. @throws StoreError naming it. */
export function readBytes(path: string): Uint8Array {
  try {
    checkReadable(path);
    const bytes = readFileSync(path);
    return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  } catch (error) {
    throw systemError(error, path, "read");
  }
}

/** Reads a file; null when there is none. @throws StoreError for every other failure. */
export function readBytesIfThere(path: string): Uint8Array | null {
  return isThere(path) ? readBytes(path) : null;
}

/** The value of a JSON file. @throws StoreError naming it when it is unreadable or no JSON. */
export function parseJsonFile(path: string, bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new StoreError(
      `${path}: need JSON, got something else. The file is cut off, or not written by toy-cis.`,
    );
  }
}

function checkReadable(path: string): void {
  const found = statSync(path);
  if (found.isDirectory()) throw new StoreError(`${path}: need a file, got a folder. Name a file in it.`);
  if (!found.isFile())
    throw new StoreError(`${path}: need a regular file, got a device or pipe. Name a file.`);
  if (found.size > maximumBytes) {
    throw new StoreError(
      `${path}: need at most ${maximumBytes} bytes, got ${found.size}. Name a smaller file.`,
    );
  }
}

function isThere(path: string): boolean {
  try {
    statSync(path);
    return true;
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes(errorCode(error) ?? "")) return false;
    throw systemError(error, path, "read");
  }
}
