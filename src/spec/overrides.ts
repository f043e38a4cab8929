/**
 * Overrides, `labels.mixing.std=0.03`: changes to a spec from a command line.
 *
 * Their order does not matter: groups are set before the fields inside them, a group's kind before its other
 * fields, and giving one field twice is an error. Overriding a kind drops the fields of the base that the new kind lacks.
 */
import { parseDocument } from "yaml";
import { SpecError, type SpecIssue } from "./error.ts";
import { specSchema } from "./schema.ts";
import { fieldAt, fieldsFor, isMapping, ownValue, type unwrap, variantsOf } from "./walk.ts";

interface Override {
  readonly path: readonly string[];
  readonly value: unknown;
  readonly setsKind: boolean;
}

/**
 * `base` with the overrides set; `base` itself is not changed.
 * @throws SpecError when an override is not `key=value`, is no YAML value, is given twice, or enters a list.
 */
export function applyOverrides(base: unknown, texts: readonly string[]): unknown {
  const overrides = texts.map(parseOverride);
  refuseRepeats(overrides);
  const ordered = [...overrides].sort(
    (a, b) => a.path.length - b.path.length || Number(b.setsKind) - Number(a.setsKind),
  );
  return ordered.reduce<unknown>((value, override) => setAt(value, override, 0, specSchema), base);
}

function parseOverride(text: string): Override {
  const equals = text.indexOf("=");
  const path = text.slice(0, equals).trim().split(".");
  if (equals < 1 || path.includes("")) {
    refuse(text, "must be key=value. Write it as labels.mixing.std=0.03.");
  }
  const source = text.slice(equals + 1);
  return { path, value: parseValue(path, source), setsKind: isKindKey(path.at(-1)!) };
}

/** Kinds go first so that what the new kind lacks is dropped before other overrides add to it. */
function isKindKey(key: string): boolean {
  return key === "kind" || key === "optimizer";
}

function parseValue(path: readonly string[], source: string): unknown {
  const document = parseDocument(source, { prettyErrors: false, logLevel: "silent" });
  const problem = document.errors[0] ?? document.warnings[0];
  if (problem !== undefined) refuse(path.join("."), `not a YAML value: ${problem.message}. Quote the value.`);
  const value = toPlain(document, path);
  // A run's id or a name made of digits alone is a text, although YAML reads a number.
  return holdsText(path) && (typeof value === "number" || typeof value === "boolean") ? source.trim() : value;
}

function toPlain(document: ReturnType<typeof parseDocument>, path: readonly string[]): unknown {
  try {
    return document.toJS({ maxAliasCount: 0 });
  } catch {
    return refuse(path.join("."), "aliases are not accepted. Write the value out.");
  }
}

function holdsText(path: readonly string[]): boolean {
  return ["name", "training.from", "labels.mixing.path"].includes(path.join("."));
}

function refuseRepeats(overrides: readonly Override[]): void {
  const seen = new Set<string>();
  for (const { path } of overrides) {
    const key = path.join(".");
    if (seen.has(key)) refuse(key, "given twice. Keep one of them.");
    seen.add(key);
  }
}

type AnySchema = Parameters<typeof unwrap>[0];

function setAt(target: unknown, override: Override, depth: number, schema: AnySchema | undefined): unknown {
  const { path, value, setsKind } = override;
  if (depth === path.length) return value;
  if (Array.isArray(target)) {
    const list = path.slice(0, depth).join(".");
    refuse(path.join("."), `${list} is a list. Override it as a whole: ${list}=[…].`);
  }
  const key = path[depth]!;
  const isLast = depth === path.length - 1;
  const whole = writtenOut(target, schema);
  const kept = isLast && setsKind ? withoutFieldsLacking(whole, schema, key, value) : whole;
  const field = schema === undefined ? undefined : fieldAt(schema, kept, key);
  return withOwn(kept, key, setAt(ownValue(kept, key), override, depth + 1, field));
}

/** One value for all fields of a group, `bias: learned`, as the mapping that it is short for. */
function writtenOut(target: unknown, schema: AnySchema | undefined): unknown {
  const isShort = typeof target === "string" || typeof target === "number";
  if (!isShort || schema === undefined || variantsOf(schema) !== null) return target;
  const fields = fieldsFor(schema, target);
  return fields === null ? target : Object.fromEntries(Object.keys(fields).map((field) => [field, target]));
}

/** The fields of a group that the variant `name` has too. */
function withoutFieldsLacking(target: unknown, schema: AnySchema | undefined, key: string, name: unknown) {
  const variants = schema === undefined ? null : variantsOf(schema);
  if (variants?.key !== key || !isMapping(target)) return target;
  const fields = Object.hasOwn(variants.byName, String(name)) ? variants.byName[String(name)]! : null;
  if (fields === null) return target;
  return Object.fromEntries(Object.entries(target).filter(([field]) => Object.hasOwn(fields, field)));
}

/** A copy with one own property set, whatever its name: `__proto__` becomes a key like any other. */
function withOwn(target: unknown, key: string, value: unknown): Record<string, unknown> {
  const copy = isMapping(target) ? { ...target } : {};
  Object.defineProperty(copy, key, { value, enumerable: true, configurable: true, writable: true });
  return copy;
}

function refuse(path: string, message: string): never {
  const issue: SpecIssue = { path, message };
  throw new SpecError([issue]);
}
