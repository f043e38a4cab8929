/**
 * What makes two runs the same: the id of a run is a hash of everything that its weights depend on.
 *
 * Defaults are left out, so that a field added later with the old behaviour as its default moves no id.
 */
import { type Spec, specSchema } from "./schema.ts";
import { sha256 } from "./sha256.ts";
import { fieldsFor, isMapping, unwrap, variantsOf } from "./walk.ts";

/** Raised by every change that moves the bits of trained weights. */
export const numericsVersion = 2;

/** Number of hexadecimal digits of an id: 64 bits, so among a million runs two agree with chance 3e-8. */
const idLength = 16;

/** SHA-256, in hexadecimal, of the content of each file that a spec names, by its path as the spec writes it. */
export type FileHashes = Readonly<Record<string, string>>;

/**
 * The record whose hash is a run's id: numerics version, seed, model, data, labels, loss and training, without
 * defaults, files by the hash of their content.
 * @throws when the hash of a file that the spec names is missing.
 */
export function runIdentity(spec: Spec, files: FileHashes = {}): Readonly<Record<string, unknown>> {
  const { seed, model, data, labels, loss, training } = withFileHashes(spec, files);
  const record = withoutDefaults(specSchema, { seed, model, data, labels, loss, training });
  return { numerics: numericsVersion, ...(record as Record<string, unknown>) };
}

/** A run's id: the first 16 hexadecimal digits of the SHA-256 of its identity as JSON with sorted keys. */
export function runId(spec: Spec, files: FileHashes = {}): string {
  return sha256(canonicalJson(runIdentity(spec, files))).slice(0, idLength);
}

/** JSON with keys sorted by code unit at every level, so that equal data are equal texts. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, field: unknown) =>
    isMapping(field)
      ? Object.fromEntries(Object.entries(field).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : field,
  );
}

function withFileHashes(spec: Spec, files: FileHashes): Spec {
  const { mixing } = spec.labels;
  if (mixing.kind !== "file") return spec;
  const hash = Object.hasOwn(files, mixing.path) ? files[mixing.path] : undefined;
  if (hash === undefined) {
    throw new Error(
      `runId: need the SHA-256 of ${mixing.path}, got none. Hash the file's bytes with sha256.`,
    );
  }
  return { ...spec, labels: { ...spec.labels, mixing: { ...mixing, path: `sha256:${hash}` } } };
}

/**
 * A group without the fields that equal their defaults; undefined when the group as a whole is its default. The
 * kind of a group that is left is always kept.
 */
function withoutDefaults(schema: Parameters<typeof unwrap>[0], value: unknown): unknown {
  const { defaultValue } = unwrap(schema);
  const fields = fieldsFor(schema, value);
  if (fields === null || !isMapping(value)) return value;
  const key = variantsOf(schema)?.key;
  const kept = Object.entries(value).flatMap(([name, field]) => {
    if (name === key || !Object.hasOwn(fields, name)) return [];
    const rest = isGroup(fields[name]!) ? withoutDefaults(fields[name]!, field) : field;
    return rest === undefined || isDefault(fields[name]!, field) ? [] : [[name, rest] as const];
  });
  const isDefaultKind = key === undefined || value[key] === (defaultValue as Record<string, unknown>)?.[key];
  if (kept.length === 0 && isDefaultKind) return undefined;
  return Object.fromEntries(key === undefined ? kept : [[key, value[key]], ...kept]);
}

const isGroup = (schema: Parameters<typeof unwrap>[0]): boolean =>
  fieldsFor(schema, unwrap(schema).defaultValue) !== null || variantsOf(schema) !== null;

function isDefault(schema: Parameters<typeof unwrap>[0], value: unknown): boolean {
  const { defaultValue } = unwrap(schema);
  const isPlain = typeof value !== "object";
  if (isPlain && defaultValue !== value) return false;
  return !isGroup(schema) && (isPlain || canonicalJson(defaultValue) === canonicalJson(value));
}
