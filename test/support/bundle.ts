/** Bundles a TypeScript entry into one JavaScript file that plain Node runs: for tests that need processes to kill. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";

/** @param entry path of a module. @returns path of the bundle, in a new temporary folder that every user may read. */
export async function bundleForNode(entry: string): Promise<string> {
  const outDir = mkdtempSync(join(tmpdir(), "toy-cis-bundle-"));
  await build({
    configFile: false,
    logLevel: "error",
    // What is loaded lazily and native cannot be bundled; no test process loads it.
    ssr: { noExternal: true, external: ["@resvg/resvg-js"] },
    build: {
      ssr: entry,
      outDir,
      emptyOutDir: false,
      rollupOptions: { output: { entryFileNames: "bundle.mjs" } },
    },
  });
  return join(outDir, "bundle.mjs");
}
