/** The command line: arguments in, exit code out. 0 done, 1 failed, 2 called wrongly, 130 interrupted. */
import { run } from "@stricli/core";
import { application } from "./application.ts";
import { nodeTerminal } from "./terminal.ts";

/** Runs one command to its end and gives its exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const terminal = nodeTerminal();
  // A reader such as head may close the pipe early; that is no failure of ours.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));
  const host: {
    exitCode?: number;
    stdout: NodeJS.WriteStream;
    stderr: NodeJS.WriteStream;
    env: typeof process.env;
  } = {
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
  };
  await run(application, args, { process: host, terminal });
  return exitCodeOf(host.exitCode ?? 0);
}

/** Stricli's negative codes: −5 and −4 are an unknown command and wrong arguments, the others failures. */
function exitCodeOf(code: number): number {
  if (code >= 0) return code;
  return code === -5 || code === -4 ? 2 : 1;
}
