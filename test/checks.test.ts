/** The static checks, as tests, so that one command and one closing line cover them: types, format and lint. */
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";

const require = createRequire(import.meta.url);
const root = new URL("..", import.meta.url).pathname;

/** Runs a tool's script and returns what it said when it failed, or the empty string. */
function complaints(script: string, ...args: string[]): string {
  const run = spawnSync(process.execPath, [require.resolve(script), ...args], {
    cwd: root,
    encoding: "utf8",
  });
  return run.status === 0 ? "" : `exit code ${run.status}\n${run.stdout}${run.stderr}`;
}

describe("static checks", () => {
  it("the sources and tests type-check", () => {
    expect(complaints("typescript/bin/tsc", "--noEmit", "--pretty", "false")).toBe("");
  });

  it("Biome finds nothing to format or to mend", () => {
    expect(complaints("@biomejs/biome/bin/biome", "check", "--colors=off", ".")).toBe("");
  });
});
