/** Runs the command: as a user does, built and in a process of its own, or from source in this process, which is fast. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { main } from "../../cli/main.ts";
import type { Streams } from "../../cli/terminal.ts";

/** The file that starts the built command. */
export const launcher = fileURLToPath(new URL("../../bin/toy-cis.js", import.meta.url));

/** What a command left behind. */
export interface Finished {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly milliseconds: number;
}

/** A command that runs. */
export interface Started {
  readonly process: ChildProcess;
  readonly finished: Promise<Finished>;
}

/** Starts `toy-cis` in a folder, without a terminal and without colours. */
export function start(folder: string, ...args: readonly string[]): Started {
  if (!existsSync(new URL("../../dist/cli/main.js", import.meta.url))) {
    throw new Error("dist/ is missing and these tests run the built command. Run npm run build.");
  }
  const began = performance.now();
  const env = { ...process.env, NO_COLOR: "1", FORCE_COLOR: undefined };
  const child = spawn(process.execPath, [launcher, ...args], { cwd: folder, env });
  const texts = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (chunk: string) => {
      texts[name] += chunk;
    });
  }
  const finished = new Promise<Finished>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (exitCode) => resolve({ exitCode, ...texts, milliseconds: performance.now() - began }));
  });
  return { process: child, finished };
}

/** Runs `toy-cis` to its end. */
export const run = (folder: string, ...args: readonly string[]): Promise<Finished> =>
  start(folder, ...args).finished;

type Called = Omit<Finished, "milliseconds">;

/** Runs `toy-cis` from source in this process, in a folder. */
export const call = (folder: string, ...args: readonly string[]): Promise<Called> =>
  inFolder(folder, (streams) => main(args, streams));

/** Runs a command in this process and keeps what it prints. One at a time: a process has one working folder. */
export async function inFolder(
  folder: string,
  command: (streams: Streams) => Promise<number>,
): Promise<Called> {
  const texts = { stdout: "", stderr: "" };
  const stream = (name: "stdout" | "stderr") => ({
    write: (text: string) => {
      texts[name] += text;
    },
  });
  const before = process.cwd();
  process.chdir(folder);
  try {
    const exitCode = await command({ stdout: stream("stdout"), stderr: stream("stderr"), env: {} });
    return { exitCode, ...texts };
  } finally {
    process.chdir(before);
  }
}
