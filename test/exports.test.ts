/** Promises of the package's exports: documented, resolvable, and importable in a browser. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { undocumentedExports } from "./documented-exports.ts";

const root = new URL("..", import.meta.url).pathname;
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const sourceOf = (target: string) => join(root, target.replace("./dist/", "").replace(/\.js$/, ".ts"));
const built = Object.entries<string>(manifest.exports).filter(([, target]) => target.endsWith(".js"));
const options: ts.CompilerOptions = {
  allowImportingTsExtensions: true,
  module: ts.ModuleKind.NodeNext,
  noEmit: true,
  skipLibCheck: true,
  target: ts.ScriptTarget.ES2022,
};

describe("every export of a public module has a docstring", () => {
  const program = ts.createProgram(
    built.map(([, target]) => sourceOf(target)),
    options,
  );

  it.each(built)("%s", (_, target) => {
    expect(undocumentedExports(program, sourceOf(target))).toEqual([]);
  });

  it("the check sees an export that has none, through a re-export and a renaming", () => {
    const folder = mkdtempSync(join(tmpdir(), "toy-cis-exports-"));
    writeFileSync(
      join(folder, "a.ts"),
      "/** Said. */\nexport const said = 1;\n// A remark.\nexport const unsaid = 2;\n",
    );
    writeFileSync(join(folder, "index.ts"), 'export { said, unsaid as renamed } from "./a.ts";\n');
    const entry = join(folder, "index.ts");
    expect(undocumentedExports(ts.createProgram([entry], options), entry)).toEqual([`${entry}: unsaid`]);
    rmSync(folder, { recursive: true });
  });
});

describe("every subpath resolves", () => {
  it.each(built)("%s", async (subpath, target) => {
    const module = await import(join(root, target));
    expect(Object.keys(module).length, `${subpath} exports nothing`).toBeGreaterThan(0);
    expect(existsSync(join(root, target.replace(/\.js$/, ".d.ts"))), `${subpath} has no types`).toBe(true);
  });

  it("the root module loads in a browser: nothing that it reaches imports node:", () => {
    expect(nodeImportsFrom(join(root, "dist/src/index.js"))).toEqual([]);
  });
});

/** The `node:` modules that a built module reaches through relative imports, as `file: specifier`. */
function nodeImportsFrom(entry: string): string[] {
  const seen = new Set<string>();
  const found: string[] = [];
  const visit = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const { fileName } of ts.preProcessFile(readFileSync(path, "utf8")).importedFiles) {
      if (fileName.startsWith("node:")) found.push(`${path}: ${fileName}`);
      if (fileName.startsWith(".")) visit(join(path, "..", fileName));
    }
  };
  visit(entry);
  return found;
}
