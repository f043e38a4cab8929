/** A terminal for tests that keeps what is written. Not part of the package. */
import pc from "picocolors";
import type { Terminal } from "../../cli/terminal.ts";

/** A terminal without colours, and what was written to its streams. */
export function fakeTerminal(isWatched = false): { terminal: Terminal; stdout: string[]; stderr: string[] } {
  const stdout: string[] = [];
  const stderr: string[] = [];
  const terminal: Terminal = {
    print: (text) => stdout.push(text),
    printJson: (value) => stdout.push(JSON.stringify(value)),
    note: (text) => stderr.push(text),
    draw: (text) => stderr.push(text),
    isWatched,
    columns: () => 80,
    colors: pc.createColors(false),
  };
  return { terminal, stdout, stderr };
}
