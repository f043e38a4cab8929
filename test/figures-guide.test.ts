/** The guide's example of a figure runs in a user's folder, and writes the files that it says. */
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { scratchFolder } from "./support/scratch-folder.ts";

const root = new URL("..", import.meta.url).pathname;
const guide = readFileSync(join(root, "docs/guides/figures.md"), "utf8");
const [example] = [...guide.matchAll(/^```js\n([\s\S]*?)^```/gm)].map(([, code]) => code!);

const folder = scratchFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("draws SVG, CSV and PNG", () => {
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(root, join(folder, "node_modules/toy-cis"));
  symlinkSync(join(root, "node_modules/linkedom"), join(folder, "node_modules/linkedom"));
  execFileSync(process.execPath, ["--input-type=module"], { cwd: folder, input: example! });
  const written = (name: string) => readFileSync(join(folder, name));
  expect(written("loss-over-p.svg").toString()).toMatch(/^<svg .*<\/svg>\n$/s);
  expect(written("loss-over-p.csv").toString().trim().split("\n")).toHaveLength(1 + 4 + 1);
  expect(written("loss-over-p.png").subarray(1, 4).toString()).toBe("PNG");
});
