/** The command line: arguments in, exit code out. 0 done, 1 failed, 2 called wrongly, 130 interrupted. */
import { run, type StricliProcess } from "@stricli/core";
import { application } from "./application.ts";
import { type Streams, terminalOf } from "./terminal.ts";

/** Runs one command to its end and gives its exit code. */
export async function main(args: readonly string[], streams: Streams = process): Promise<number> {
  const host: StricliProcess = { stdout: streams.stdout, stderr: streams.stderr, env: streams.env };
  await run(application, withValues(args).map(shortened), { process: host, terminal: terminalOf(streams) });
  return exitCodeOf(Number(host.exitCode ?? 0));
}

/** Stricli's negative codes: −5 and −4 are an unknown command and wrong arguments, the others failures. */
function exitCodeOf(code: number): number {
  if (code >= 0) return code;
  return code === -5 || code === -4 ? 2 : 1;
}

/** Stricli wants two letters in a flag's name, so `--p` goes by its alias. */
const shortened = (word: string): string => (/^--p(=|$)/.test(word) ? word.slice(1) : word);

/** A value of --sort may begin with a minus, which would be taken for a flag unless an equals sign binds it. */
function withValues(args: readonly string[]): readonly string[] {
  const at = args.findIndex((word, i) => word === "--sort" && args[i + 1]?.startsWith("-") === true);
  return at < 0 ? args : args.toSpliced(at, 2, `--sort=${args[at + 1]}`);
}
