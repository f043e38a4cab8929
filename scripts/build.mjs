#!/usr/bin/env node
// Builds everything that is made from source: the WebAssembly kernels (as base64 in TypeScript, so that no host
// has to fetch a file), the library and command line in dist/, and the published JSON Schema.
// Each step is skipped when its outputs are newer than its inputs.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const require = createRequire(import.meta.url);

/** One module for each folder of `src/wasm/assembly` that has an `index.ts`. */
const kernelModules = ["linear-algebra", "training"];

const newest = (paths) => Math.max(0, ...paths.map((path) => statSync(path).mtimeMs));
const filesUnder = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
const isFresh = (output, inputs) => existsSync(output) && statSync(output).mtimeMs >= newest(inputs);
const run = (script, ...args) =>
  execFileSync(process.execPath, [script, ...args], { cwd: root, stdio: "inherit" });

function buildKernels(name) {
  const folder = join(root, "src/wasm/assembly", name);
  if (!existsSync(join(folder, "index.ts"))) return;
  const output = join(root, `src/wasm/${name}.generated.ts`);
  const generator = join(folder, "generate.mjs");
  const inputs = [
    ...filesUnder(folder).filter((path) => !path.endsWith(".generated.ts")),
    fileURLToPath(import.meta.url),
  ];
  if (isFresh(output, inputs)) return;
  if (existsSync(generator)) run(generator);
  const wasm = join(tmpdir(), `toy-cis-${name}-${process.pid}.wasm`);
  // Plain SIMD128 only: relaxed SIMD rounds differently from one processor to the next.
  run(
    require.resolve("assemblyscript/bin/asc.js"),
    join(folder, "index.ts"),
    ...["--outFile", wasm, "--enable", "simd", "-O3", "--noAssert", "--runtime", "stub", "--use", "abort="],
  );
  const base64 = readFileSync(wasm).toString("base64");
  rmSync(wasm);
  writeFileSync(
    output,
    `// Compiled from src/wasm/assembly/${name} by scripts/build.mjs. Do not edit.\nexport const base64 =\n  "${base64}";\n`,
  );
  console.log(`built ${name}.wasm, ${((base64.length * 0.75) / 1024).toFixed(1)} KiB`);
}

function buildLibrary() {
  const stamp = join(root, "dist/.built");
  const inputs = [
    ...filesUnder(join(root, "src")),
    ...filesUnder(join(root, "cli")),
    join(root, "tsconfig.build.json"),
  ];
  if (isFresh(stamp, inputs)) return;
  rmSync(join(root, "dist"), { recursive: true, force: true });
  run(require.resolve("typescript/bin/tsc"), "-p", "tsconfig.build.json");
  writeFileSync(stamp, "");
}

async function buildSchema() {
  const source = join(root, "dist/src/spec/json-schema.js");
  const output = join(root, "schema/spec.json");
  if (!existsSync(source) || isFresh(output, [source])) return;
  const { specJsonSchema } = await import(pathToFileURL(source).href);
  mkdirSync(dirname(output), { recursive: true });
  writeFileSync(output, `${JSON.stringify(specJsonSchema(), null, 2)}\n`);
}

for (const name of kernelModules) buildKernels(name);
buildLibrary();
await buildSchema();
