/**
 * A lock on a folder, so that two processes never train the same run at once.
 *
 * Each process puts down an empty file whose name says who it is, then looks for others. Whoever looks later sees the
 * other, so two can never both hold the lock; two that start within a millisecond may both be refused. Locks of
 * processes that are gone (killed, or from before the machine was started again) are removed. A process number may be
 * used again: on Linux the process's start time and the machine's boot are compared too.
 * Limit: whether a process on another machine still lives cannot be told, so its lock counts.
 */
import { randomUUID } from "node:crypto";
import { closeSync, existsSync, openSync, readdirSync, readFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { removeQuietly } from "./atomic-file.ts";
import { errorCode, StoreError, systemError } from "./errors.ts";

/** A lock that this process holds. */
export interface Lock {
  readonly path: string;
}

interface Holder {
  readonly pid: number;
  /** When the process started, in the kernel's own count, and the machine's boot; empty where they are not known. */
  readonly start: string;
  readonly boot: string;
  readonly host: string;
}

/** lock.PID.START.BOOT.NUMBER.HOST: the number keeps apart the locks that one process takes. */
const namePattern = /^lock\.(\d+)\.(\d*)\.([0-9a-f]*)\.[0-9a-f]{8}\.([^/]*)$/;

/** Takes the lock of a folder. @throws StoreError when a living process holds it, naming the process. */
export function acquireLock(folder: string): Lock {
  const name = nameOf(thisProcess());
  const path = join(folder, name);
  try {
    closeSync(openSync(path, "wx"));
    for (const other of readdirSync(folder)) if (other !== name) refuseOrRemove(folder, other);
  } catch (error) {
    removeQuietly(path);
    throw systemError(error, folder, "write");
  }
  return { path };
}

/** Gives a lock back; once is enough, more does no harm. */
export function releaseLock(lock: Lock): void {
  removeQuietly(lock.path);
}

/** Removes the locks that this process holds on a folder: for what a thread of it left when it died. */
export function removeOwnLocks(folder: string): void {
  const { pid, start, host } = thisProcess();
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const holder = holderOf(name);
    const isOwn = holder?.pid === pid && holder.start === start && holder.host === encodeURIComponent(host);
    if (isOwn) removeQuietly(join(folder, name));
  }
}

function refuseOrRemove(folder: string, name: string): void {
  const holder = holderOf(name);
  if (holder === null) return;
  if (mayLive(holder)) throw heldError(folder, name, holder);
  removeQuietly(join(folder, name));
}

function nameOf({ pid, start, boot, host }: Holder): string {
  return `lock.${pid}.${start}.${boot}.${randomUUID().slice(0, 8)}.${encodeURIComponent(host)}`;
}

function holderOf(name: string): Holder | null {
  const match = namePattern.exec(name);
  if (match === null) return null;
  const [, pid, start, boot, host] = match;
  return { pid: Number(pid), start: start!, boot: boot!, host: host! };
}

function mayLive({ pid, start, boot, host }: Holder): boolean {
  if (host !== encodeURIComponent(hostname())) return true;
  if (boot !== "" && boot !== bootId()) return false;
  if (!exists(pid)) return false;
  return start === "" || start === startTime(pid);
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) !== "ESRCH";
  }
}

function thisProcess(): Holder {
  return { pid: process.pid, start: startTime(process.pid), boot: bootId(), host: hostname() };
}

/** Field 22 of /proc/PID/stat; the fields are counted after the name, which stands in brackets and may hold spaces. */
function startTime(pid: number): string {
  const stat = readOrEmpty(`/proc/${pid}/stat`);
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
}

function bootId(): string {
  return readOrEmpty("/proc/sys/kernel/random/boot_id").slice(0, 8);
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function heldError(folder: string, name: string, { pid, host }: Holder): StoreError {
  const isHere = host === encodeURIComponent(hostname());
  const who = isHere ? `process ${pid}` : `process ${pid} of the machine ${host}`;
  const mend = isHere
    ? "Wait for it, or stop it."
    : `Wait for it; if it is gone, delete ${join(folder, name)}.`;
  return new StoreError(
    `${folder}: need a run that no other process trains, got one that ${who} trains. ${mend}`,
    { reason: "held" },
  );
}
