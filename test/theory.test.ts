/** The pages of docs/theory keep their word: every test that they name, by file and by title, is there. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const root = new URL("..", import.meta.url).pathname;
const pages = readdirSync(join(root, "docs/theory")).filter(
  (name) => name.endsWith(".md") && name !== "README.md",
);
const testFiles = ["src", "test"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".test.ts"))
    .map((path) => join(root, folder, path)),
);

describe.each(pages)("%s", (page) => {
  // Wrapped lines are joined, so that a title may run over the end of one.
  const text = readFileSync(join(root, "docs/theory", page), "utf8").replace(/\s+/g, " ");
  const named = [...new Set([...text.matchAll(/`([\w.-]+\.test\.ts)`/g)].map((match) => match[1]!))];
  const pathOf = (name: string) => testFiles.find((path) => path.endsWith(`/${name}`));

  it("names tests", () => {
    expect(named.length).toBeGreaterThan(0);
  });

  it.each(named)("%s is there", (name) => {
    expect(pathOf(name)).toBeDefined();
  });

  // Straight double quotes are kept for titles of tests on these pages.
  const titles = [...text.matchAll(/"([^"]+)"/g)].map((match) => match[1]!);
  it.each(titles)("the test titled “%s” is there", (title) => {
    const sources = named.map((name) => readFileSync(pathOf(name)!, "utf8"));
    expect(sources.some((source) => source.includes(title))).toBe(true);
  });
});
