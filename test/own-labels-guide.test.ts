/** The examples of the guide to own labels and models run, and print what they say. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const root = new URL("..", import.meta.url).pathname;
const guide = readFileSync(join(root, "docs/guides/own-labels-and-models.md"), "utf8");
const examples = [...guide.matchAll(/^```js\n([\s\S]*?)^```/gm)].map(([, code]) => code!);
const printed = (example: string): string =>
  execFileSync(process.execPath, ["--input-type=module"], { cwd: root, input: example, encoding: "utf8" });

it("has three, each short enough for a note", () => {
  const lines = examples.map((example) => example.trim().split("\n").length);
  expect(lines).toHaveLength(3);
  expect(Math.max(...lines)).toBeLessThanOrEqual(14);
});

it("a label function: trained, evaluated in two parts, and bounded", () => {
  const numbers = printed(examples[0]!)
    .match(/\d+\.\d+/g)!
    .map(Number);
  const [loss, stderr, odd, even, bound] = numbers as [number, number, number, number, number];
  // Each printed to three decimals.
  expect(Math.abs(odd + even - loss)).toBeLessThan(0.002);
  expect(loss + 4 * stderr).toBeGreaterThan(bound);
  // |x| for zero outputs loses 1/3.
  expect(loss).toBeLessThan(0.33);
});

it("a mixing matrix: trained by the kernels, with closed forms", () => {
  const [loss, linear, even] = printed(examples[1]!)
    .match(/\d+\.\d+/g)!
    .map(Number) as [number, number, number];
  expect(Math.abs(linear + even - loss)).toBeLessThan(0.0002);
  expect(loss).toBeLessThan(1 / 6);
});

it("a model: x/2 has no odd error and the whole even one, 1/12", () => {
  const [loss, odd, even] = printed(examples[2]!)
    .match(/\d+\.\d+/g)!
    .map(Number) as [number, number, number];
  expect(odd).toBe(0);
  expect(even).toBe(loss);
  expect(Math.abs(loss - 1 / 12)).toBeLessThan(0.003);
});
