// Installs the dependencies that package-lock.json names and node_modules lacks. Does nothing, and needs no network,
// when all are there.
import { execFileSync } from "node:child_process";
import { existsSync, lstatSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The checkout's folder. */
export const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/**
 * Packages that `lock` (package-lock.json) names and `installed` (npm's own record, node_modules/.package-lock.json)
 * lacks or holds in another version. Optional packages are those of other platforms, so their absence is no lack.
 */
export function missingPackages(lock, installed) {
  return Object.entries(lock.packages)
    .filter(([path, entry]) => path.startsWith("node_modules/") && !entry.optional && !entry.devOptional)
    .filter(([path, entry]) => {
      const found = installed.packages[path];
      return found === undefined || found.version !== entry.version;
    })
    .map(([path]) => path.slice("node_modules/".length));
}

const readJson = (path) => JSON.parse(readFileSync(path, "utf8"));

/** Runs `npm ci` when something is missing. Throws when it fails. */
export function ensureInstalled() {
  const record = join(root, "node_modules/.package-lock.json");
  const missing = missingPackages(
    readJson(join(root, "package-lock.json")),
    existsSync(record) ? readJson(record) : { packages: {} },
  );
  if (missing.length === 0) return;
  const modules = join(root, "node_modules");
  if (lstatSync(modules, { throwIfNoEntry: false })?.isSymbolicLink()) {
    throw new Error(
      `install: node_modules is a link and lacks ${missing[0]}. Run npm ci where it points to.`,
    );
  }
  console.error(`Installing ${missing.length} packages (npm ci) …`);
  // stdout goes to stderr: this command's own stdout belongs to the program that runs next.
  execFileSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
}
