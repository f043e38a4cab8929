/** The documents keep their word: links lead somewhere, named scripts exist, the README's commands and example run. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

const root = new URL("..", import.meta.url).pathname;
const read = (path: string) => readFileSync(join(root, path), "utf8");
const documents = [
  ...readdirSync(root).filter((name) => name.endsWith(".md")),
  ...readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".md"))
    .map((path) => `docs/${path.replaceAll("\\", "/")}`),
];

/** The fenced blocks of one language. */
const blocks = (text: string, language: string): string[] =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\``, "gm"))].map((match) => match[1]!);

/** Where links and images lead, pages of the web and places within the page left out. */
const links = (text: string): string[] =>
  [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map((match) => match[1]!.replace(/#.*/, ""))
    .filter((target) => target !== "" && !/^[a-z]+:/.test(target));

describe.each(documents)("%s", (path) => {
  it("links to what is there", () => {
    const dead = links(read(path)).filter((target) => !existsSync(join(root, dirname(path), target)));
    expect(dead).toEqual([]);
  });

  it("names scripts that package.json has", () => {
    const { scripts } = JSON.parse(read("package.json"));
    const named = [...read(path).matchAll(/npm run (?:--silent )?([\w:]+)/g)].map((match) => match[1]!);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});

describe("the README", () => {
  const folder = mkdtempSync(join(tmpdir(), "toy-cis-readme-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const commands = blocks(read("README.md"), "sh")
    .flatMap((block) => block.split("\n"))
    .filter((line) => line.startsWith("npx toy-cis "))
    .map((line) => line.slice("npx toy-cis ".length).replace(/ +#.*/, ""));
  const examples = blocks(read("README.md"), "js");

  it("has commands and an example of the library", () => {
    expect(commands.length).toBeGreaterThan(0);
    expect(examples.length).toBeGreaterThan(0);
  });

  // From an empty folder, so that runs/ does not fill up in the checkout.
  it.each(commands)("npx toy-cis %s", (command) => {
    const args = [join(root, "bin/toy-cis.js"), ...command.split(" ")];
    expect(execFileSync(process.execPath, args, { cwd: folder, encoding: "utf8" })).not.toBe("");
  });

  it.each(examples)("example %#", (example) => {
    const run = { cwd: root, input: example, encoding: "utf8" } as const;
    expect(execFileSync(process.execPath, ["--input-type=module"], run)).toMatch(
      /linear 0\.0\d+ \+ even 0\.0\d+/,
    );
  });

  it("fits one screen of an editor", () => {
    expect(read("README.md").split("\n").length).toBeLessThan(80);
  });
});
