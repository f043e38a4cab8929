/** The guide to the audit keeps its word: its example runs, and it names every observation and verdict there is. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const root = new URL("..", import.meta.url).pathname;
const guide = readFileSync(join(root, "docs/guides/audit.md"), "utf8");
const [example] = [...guide.matchAll(/^```js\n([\s\S]*?)^```/gm)].map(([, code]) => code!);

it("its example prints a verdict and the evidence for it, all of which the guide names", () => {
  const run = { cwd: root, input: example!, encoding: "utf8" } as const;
  const lines = execFileSync(process.execPath, ["--input-type=module"], run).trim().split("\n");
  expect(lines[0]).toMatch(/^explained by label mixing: Its loss of 0\.0\d+ is below the baseline's/);
  const ids = lines.slice(1).map((line) => line.split(":")[0]!);
  expect(ids).toContain("mixing-removed");
  for (const id of ids) expect(guide).toContain(`| \`${id}\` |`);
});
