/** The package as a user gets it: packed, and installed into an empty project. */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The checkout's folder. */
export const root = new URL("../..", import.meta.url).pathname;

const npm = (cwd: string, ...args: string[]): string =>
  execFileSync("npm", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], timeout: 120_000 });

/** A packed package: where the tarball lies and what is in it. */
export interface Packed {
  readonly tarball: string;
  /** Bytes of all files, unpacked. */
  readonly unpackedSize: number;
  readonly files: readonly string[];
}

/** Packs the checkout into `folder`. The build is not repeated: tests run on what was built. */
export function pack(folder: string): Packed {
  const text = npm(root, "pack", "--ignore-scripts", "--json", "--pack-destination", folder);
  const report = JSON.parse(text.slice(text.indexOf("[")))[0];
  const files = report.files.map((file: { path: string }) => file.path);
  return { tarball: join(folder, report.filename), unpackedSize: report.unpackedSize, files };
}

/**
 * Installs a tarball into an empty project. Without a network and without npm's cache, the dependencies are copied
 * from the checkout instead; returns which of the two was done.
 */
export function install(tarball: string, project: string): "npm" | "copied" {
  mkdirSync(project, { recursive: true });
  writeFileSync(join(project, "package.json"), '{ "name": "empty", "private": true, "type": "module" }\n');
  try {
    npm(project, "install", "--prefer-offline", "--fetch-retries=0", "--no-audit", "--no-fund", tarball);
    return "npm";
  } catch (error) {
    if (!/ENOTCACHED|ENOTFOUND|EAI_AGAIN|ECONN|ETIMEDOUT|network/.test(String((error as Error).message)))
      throw error;
    copyInstall(tarball, project);
    return "copied";
  }
}

function copyInstall(tarball: string, project: string): void {
  const target = join(project, "node_modules/toy-cis");
  mkdirSync(target, { recursive: true });
  execFileSync("tar", ["xzf", tarball, "--strip-components=1", "-C", target]);
  const { dependencies } = JSON.parse(readFileSync(join(target, "package.json"), "utf8"));
  const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
  for (const name of withDependencies(Object.keys(dependencies), lock)) {
    cpSync(join(root, "node_modules", name), join(project, "node_modules", name), { recursive: true });
  }
}

/** The packages of npm's lock that `names` need, themselves included; those at the top of node_modules. */
function withDependencies(names: string[], lock: Record<string, { dependencies?: object }>): Set<string> {
  const found = new Set<string>();
  const visit = (name: string): void => {
    const entry = lock[`node_modules/${name}`];
    if (!entry || found.has(name)) return;
    found.add(name);
    for (const next of Object.keys(entry.dependencies ?? {})) visit(next);
  };
  for (const name of names) visit(name);
  return found;
}
