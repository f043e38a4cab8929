/** The package keeps the rules of test/import-rules.ts; and those rules can be broken, each by a made-up source. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Breach, breaches, floors, type Sources } from "./import-rules.ts";

const root = new URL("..", import.meta.url).pathname;

const filesUnder = (folder: string): string[] =>
  existsSync(join(root, folder))
    ? readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
        .map((path) => `${folder}/${path.replaceAll("\\", "/")}`)
        .sort()
    : [];

/** The package's own sources: tests, generated files and the kernels' AssemblyScript left out. */
function packageSources(): Sources {
  const paths = [...filesUnder("src"), ...filesUnder("cli")]
    .filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts") && !path.endsWith(".generated.ts"))
    .filter((path) => !path.startsWith("src/wasm/assembly/"));
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(root, path), "utf8")]));
}

function declaredPackages(): string[] {
  const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  return Object.keys({ ...dependencies, ...peerDependencies });
}

describe("the package", () => {
  const sources = packageSources();

  it("breaks no rule of imports and globals", () => {
    expect(breaches(sources, declaredPackages()).map((breach) => `${breach.rule}: ${breach.detail}`)).toEqual(
      [],
    );
  });

  it("has no folder in src that has no floor", () => {
    const folders = readdirSync(join(root, "src"), { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    );
    expect(floors).toEqual(expect.arrayContaining(folders.map((folder) => folder.name)));
  });

  it("was read: the checks above saw files", () => {
    expect(Object.keys(sources)).toContain("src/numeric/matrix.ts");
  });
});

/** The rules that made-up sources break. */
const rules = (sources: Sources): Breach["rule"][] =>
  breaches(sources, ["zod", "@scope/kept"]).map(({ rule }) => rule);
/** The rules that one made-up file breaks. */
const rulesOf = (path: string, text: string) => rules({ [path]: text });

describe("import rules", () => {
  it("see a cycle, through type imports and re-exports too, once", () => {
    const cycle = {
      "src/model/a.ts": 'export * from "./b.ts";',
      "src/model/b.ts": 'import type { C } from "./c.ts"; export type B = C;',
      "src/model/c.ts": 'export type C = import("./a.ts").B;',
    };
    expect(breaches(cycle, [])).toEqual([
      {
        file: "src/model/a.ts",
        rule: "cycle",
        detail: "src/model/a.ts → src/model/b.ts → src/model/c.ts → src/model/a.ts",
      },
    ]);
  });

  it("take two ways to one file for no cycle", () => {
    const diamond = {
      "src/model/a.ts": 'import "./b.ts"; import "./c.ts";',
      "src/model/b.ts": 'import "./d.ts";',
      "src/model/c.ts": 'import "./d.ts";',
      "src/model/d.ts": "export {};",
    };
    expect(rules(diamond)).toEqual([]);
  });

  it.each([
    ["an upward import", "src/data/a.ts", 'import "../train/train.ts";', ["upward"]],
    ["an upward dynamic import", "src/data/a.ts", 'await import("../train/train.ts");', ["upward"]],
    ["an import out of src", "src/data/a.ts", 'import "../../cli/main.ts";', ["upward"]],
    ["the root index from a floor", "src/data/a.ts", 'import "../index.ts";', ["index"]],
    ["another floor's index", "src/data/a.ts", 'import "../numeric/index.ts";', ["index"]],
    ["a downward import", "src/data/a.ts", 'import "../numeric/matrix.ts";', []],
    ["a sub-folder of one floor", "src/data/labels/a.ts", 'import "../mixing.ts";', []],
    ["the root index reading a floor's", "src/index.ts", 'export * from "./store/index.ts";', []],
    ["the command line past an index", "cli/a.ts", 'import "../src/train/train.ts";', ["index"]],
    ["the command line at an index", "cli/a.ts", 'import "../src/train/index.ts"; import "./b.ts";', []],
    ["node: in the library", "src/train/a.ts", 'import { readFileSync } from "node:fs";', ["node"]],
    ["node: in the store", "src/store/a.ts", 'import { readFileSync } from "node:fs";', []],
    ["an undeclared package", "src/spec/a.ts", 'import "left-pad/index.js";', ["dependency"]],
    ["an undeclared scoped package", "src/spec/a.ts", 'import "@scope/other/deep";', ["dependency"]],
    ["declared packages", "src/spec/a.ts", 'import "zod/v4"; import "@scope/kept/deep";', []],
  ])("judge %s", (_, path, text, expected) => {
    expect(rulesOf(path, text)).toEqual(expected);
  });

  it.each([
    ["document", "document.createElement('p');", ["dom"]],
    ["a shorthand of a global", "export const host = { navigator };", ["dom"]],
    ["a parameter called document", "export const f = (document: { title: string }) => document.title;", []],
    ["a property called document", "export const f = (o: { document: string }) => o.document;", []],
    ["a type called Node", "export interface Node { x: number } export const f = (n: Node) => n.x;", []],
    ["localStorage in a default", "export const f = (s = localStorage) => s;", ["dom"]],
    ["a clock", "export const now = () => Date.now();", ["clock"]],
    ["a made date", "export const now = () => new Date();", ["clock"]],
    ["performance", "performance.now();", ["clock"]],
    ["Math.random", "Math.random();", ["random"]],
    ["crypto", "crypto.getRandomValues(new Uint8Array(1));", ["random"]],
    ["Math taken whole", "const { random } = Math;", ["host-math"]],
    ["Math by string", "Math['random']();", ["host-math"]],
    ["words in comments and strings", "// Date, window\nexport const s = 'Math.random document';", []],
  ])("judge %s", (_, text, expected) => {
    expect(rulesOf("src/analyse/a.ts", text)).toEqual(expected);
  });

  it.each([
    ["Math.pow", "export const f = (x: number) => Math.pow(x, 0.9);", ["host-math"]],
    ["Math.log", "export const f = (x: number) => Math.log(x);", ["host-math"]],
    ["a function handed on", "export const f = [1].map(Math.exp);", ["host-math"]],
    ["a power of variables", "export const f = (x: number) => x ** 3;", ["host-math"]],
    ["a power in place", "export function f(x: number) { let y = x; y **= 2; return y; }", ["host-math"]],
    ["a literal power that is not exact", "export const f = 10 ** -3;", ["host-math"]],
    ["exact literal powers", "export const f = [2 ** 53, 2 ** -30, 10 ** 6];", []],
    ["exact functions", "export const f = Math.sqrt(2) + Math.abs(-1) + Math.fround(0.1);", []],
  ])("judge %s where numbers are stored", (_, text, expected) => {
    expect(rulesOf("src/train/a.ts", text)).toEqual(expected);
  });

  it("let figures use the host's logarithm", () => {
    expect(rulesOf("src/figure/a.ts", "export const f = (x: number) => Math.log10(x);")).toEqual([]);
  });
});
