/** A Python that has some modules, for tests that hold our files against what reads them elsewhere. */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The one that `npm run bench:peers` takes as well. */
const inCheckout = fileURLToPath(new URL("../../.venv-peers/bin/python", import.meta.url));
const pythons = [process.env.TOY_CIS_PYTHON, inCheckout, "python3", "/usr/bin/python3"].filter(
  (path) => path !== undefined,
);

/** The first Python that has some modules, named with commas between; null, said aloud, when there is none. */
export function pythonWith(modules: string): string | null {
  for (const python of pythons) {
    try {
      execFileSync(python, ["-c", `import ${modules}`], { stdio: "ignore" });
      return python;
    } catch {
      // Not there, or without the modules: the next may do.
    }
  }
  console.log(`No Python with ${modules}: what needs it was skipped. TOY_CIS_PYTHON may name one.`);
  return null;
}

/** Runs a script in a folder. @returns what it prints. */
export const runPython = (python: string, script: string, folder: string): string =>
  execFileSync(python, ["-c", script], { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
