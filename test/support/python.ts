/** A Python that has some modules, for tests that hold our files against what reads them elsewhere. */
import { execFileSync } from "node:child_process";

const python = process.env.TOY_CIS_PYTHON ?? "python3";

/**
 * Runs a script in a folder and gives what it prints; null, said aloud, when no Python with these modules is there.
 * @param modules — names to import, with commas between
 */
export function runPython(modules: string, script: string, folder: string): string | null {
  try {
    execFileSync(python, ["-c", `import ${modules}`], { stdio: "ignore" });
  } catch {
    console.log(`No Python with ${modules} at $TOY_CIS_PYTHON or python3: what needs it was skipped.`);
    return null;
  }
  return execFileSync(python, ["-c", script], {
    cwd: folder,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
}
