#!/usr/bin/env node
// Builds everything that is made from source: the WebAssembly kernels (as base64 in TypeScript, so that no host
// has to fetch a file), the library and command line in dist/, and the published JSON Schema.
// A step is skipped when the contents of its inputs are those that its outputs were built from. Outputs are built
// aside and moved into place file by file under a lock, so that two commands at once cannot spoil each other's.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { withLock } from "./lock.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const require = createRequire(import.meta.url);
const scratchPrefix = ".build-";

/** One module for each folder of `src/wasm/assembly` that has an `index.ts`. */
const kernelModules = ["linear-algebra", "training"];
const kernelFolder = (name) => join(root, "src/wasm/assembly", name);
const kernelOutput = (name) => join(root, `src/wasm/${name}.generated.ts`);

/** Every file under a folder, in a fixed order; none when there is no such folder. */
function filesUnder(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

/** A hash of the names and contents of files. */
function fingerprint(paths) {
  const hash = createHash("sha256");
  for (const path of paths)
    hash
      .update(`${relative(root, path)}\0`)
      .update(readFileSync(path))
      .update("\0");
  return hash.digest("hex");
}

const firstLine = (path) => (existsSync(path) ? readFileSync(path, "utf8").split("\n", 1)[0] : "");

/** stdout belongs to the command that asked for the build, so tools and messages write to stderr. */
const run = (script, ...args) =>
  execFileSync(process.execPath, [script, ...args], { cwd: root, stdio: ["ignore", 2, 2] });

/** Moves every file of `from` to the same place under `to`, and removes what `to` has besides. */
function moveIntoPlace(from, to) {
  const files = new Set(filesUnder(from).map((path) => relative(from, path)));
  for (const file of files) {
    mkdirSync(dirname(join(to, file)), { recursive: true });
    renameSync(join(from, file), join(to, file));
  }
  for (const path of filesUnder(to)) if (!files.has(relative(to, path))) rmSync(path);
}

/** Compiles one kernel module, unless its generated file was made from these very inputs. */
function buildKernels(name, scratch) {
  const folder = kernelFolder(name);
  const generator = join(folder, "generate.mjs");
  const inputs = filesUnder(folder).filter((path) => !path.endsWith(".generated.ts"));
  const made = `// Compiled from src/wasm/assembly/${name} (${fingerprint([...inputs, fileURLToPath(import.meta.url)])}).`;
  const output = kernelOutput(name);
  if (firstLine(output) === made) return;
  if (existsSync(generator)) run(generator);
  const wasm = join(scratch, `${name}.wasm`);
  // Plain SIMD128 only: relaxed SIMD rounds differently from one processor to the next.
  run(
    require.resolve("assemblyscript/bin/asc.js"),
    join(folder, "index.ts"),
    ...["--outFile", wasm, "--enable", "simd", "-O3", "--noAssert", "--runtime", "stub", "--use", "abort="],
  );
  const bytes = readFileSync(wasm);
  const text = `${made}\n// Do not edit.\nexport const base64: string =\n  "${bytes.toString("base64")}";\n`;
  writeFileSync(join(scratch, "generated.ts"), text);
  renameSync(join(scratch, "generated.ts"), output);
  console.error(`built ${name}.wasm, ${(bytes.length / 1024).toFixed(1)} KiB`);
}

/** Compiles src/ and cli/ to dist/. The stamp names the inputs and is moved last. */
function buildLibrary(scratch) {
  const stamp = join(root, "dist/.built");
  const sources = [...filesUnder(join(root, "src")), ...filesUnder(join(root, "cli"))];
  const inputs = sources.filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts"));
  const made = fingerprint([...inputs, join(root, "tsconfig.json"), join(root, "tsconfig.build.json")]);
  if (firstLine(stamp) === made) return false;
  rmSync(stamp, { force: true });
  const out = join(scratch, "dist");
  run(require.resolve("typescript/bin/tsc"), "-p", "tsconfig.build.json", "--outDir", out);
  moveIntoPlace(out, join(root, "dist"));
  writeFileSync(join(scratch, "stamp"), `${made}\n`);
  renameSync(join(scratch, "stamp"), stamp);
  console.error("built dist");
  return true;
}

/** Writes the published JSON Schema from the built library. */
async function buildSchema(scratch) {
  const source = join(root, "dist/src/spec/json-schema.js");
  if (!existsSync(source)) return;
  const { specJsonSchema } = await import(pathToFileURL(source).href);
  writeFileSync(join(scratch, "spec.json"), `${JSON.stringify(specJsonSchema(), null, 2)}\n`);
  mkdirSync(join(root, "schema"), { recursive: true });
  renameSync(join(scratch, "spec.json"), join(root, "schema/spec.json"));
}

/** Scratch folders of builds that were killed; the lock says that no other build is running. */
function removeLeftovers() {
  const leftovers = readdirSync(root).filter((name) => name.startsWith(scratchPrefix));
  for (const name of leftovers) rmSync(join(root, name), { recursive: true, force: true });
}

/** Brings every built file up to date. Throws when a compiler finds an error. */
export async function build() {
  await withLock(join(root, ".build.lock"), async () => {
    removeLeftovers();
    const scratch = mkdtempSync(join(root, scratchPrefix));
    try {
      for (const name of kernelModules)
        if (existsSync(join(kernelFolder(name), "index.ts"))) buildKernels(name, scratch);
      const changed = buildLibrary(scratch);
      if (changed || !existsSync(join(root, "schema/spec.json"))) await buildSchema(scratch);
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await build().catch((error) => {
    console.error(error.status === undefined ? error.message : "build: failed, see the messages above.");
    process.exitCode = 1;
  });
}
