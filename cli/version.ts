/** The version of this package, from its package.json. */
import { existsSync, readFileSync } from "node:fs";

/** Reads the version: package.json lies one folder above cli/, or two when cli/ is the built one in dist/. */
export async function version(): Promise<string> {
  const candidates = ["../package.json", "../../package.json"].map((path) => new URL(path, import.meta.url));
  const file = candidates.find((candidate) => existsSync(candidate));
  if (file === undefined) throw new Error("package.json: not found beside cli/. Install toy-cis again.");
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}
