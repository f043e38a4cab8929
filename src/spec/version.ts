/** Versions of the spec's format. Older ones are migrated step by step; newer ones are refused. */
import { SpecError } from "./error.ts";
import { specVersion } from "./schema.ts";
import { isMapping, ownValue } from "./walk.ts";

/** `migrations[v]` turns version v into v + 1. Version 1 is the first, so there is none yet. */
const migrations: Readonly<Record<number, (source: Record<string, unknown>) => Record<string, unknown>>> = {};

/**
 * The source in the current version's form.
 * @throws SpecError when the version is newer than this package reads.
 */
export function migrate(source: unknown): unknown {
  const version = ownValue(source, "version");
  if (!isMapping(source) || typeof version !== "number" || !Number.isInteger(version)) return source;
  if (version > specVersion) {
    const message = `spec version ${version} is newer than this toy-cis reads (${specVersion}). Update toy-cis.`;
    throw new SpecError([{ path: "version", message }]);
  }
  let migrated = source;
  for (let from = version; from < specVersion && from in migrations; from++)
    migrated = migrations[from]!(migrated);
  return migrated;
}
