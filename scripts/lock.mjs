// One process at a time: a lock file that holds its owner's process id, so that a lock left by a dead process is seen.
import { readFileSync, rmSync, writeFileSync } from "node:fs";

const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

function tryLock(path) {
  try {
    writeFileSync(path, `${process.pid}`, { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    return false;
  }
}

/** The process that holds the lock, or undefined when the file is gone or its owner has not written it yet. */
function owner(path) {
  try {
    return Number(readFileSync(path, "utf8")) || undefined;
  } catch {
    return undefined;
  }
}

/** Runs `work` while no other process holds the lock file `path`. Waits at most `seconds`. */
export async function withLock(path, work, seconds = 300) {
  for (let waited = 0; !tryLock(path); waited += 0.1) {
    const pid = owner(path);
    if (pid !== undefined && !isAlive(pid)) rmSync(path, { force: true });
    else if (waited > seconds)
      throw new Error(`build: process ${pid} holds ${path}. Stop it or delete the file.`);
    else await sleep(100);
  }
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}
