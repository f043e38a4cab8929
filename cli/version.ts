/** The version of this package, from its package.json. */
import { readFile } from "node:fs/promises";

/** Reads the version; the file lies two folders above both cli/ in a checkout's dist/ and in the published package. */
export async function version(): Promise<string> {
  const file = new URL("../../package.json", import.meta.url);
  return (JSON.parse(await readFile(file, "utf8")) as { version: string }).version;
}
