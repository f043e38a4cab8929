/** From YAML, JSON or an object to a spec: every default filled in, every problem listed at once. */
import type * as z from "zod";
import { unavailableFindings } from "./available.ts";
import { crossFieldFindings } from "./checks.ts";
import { SpecError, type SpecIssue } from "./error.ts";
import { applyOverrides } from "./overrides.ts";
import { type Problem, problemsOf } from "./problems.ts";
import { type Spec, specSchema } from "./schema.ts";
import { type ParsedText, parseText } from "./text.ts";
import { migrate } from "./version.ts";
import { fieldsFor, isMapping, ownValue, unwrap, variantsOf } from "./walk.ts";

/** How a source is read. */
export interface ParseOptions {
  /** Changes to the source, each `key=value`: `["labels.mixing.std=0.03"]`. */
  readonly overrides?: readonly string[];
  /** The file that the text came from, named in messages. */
  readonly fileName?: string;
}

/**
 * Reads a spec.
 * @param source YAML or JSON text, or an object.
 * @returns the spec, deeply frozen.
 * @throws SpecError with every problem of the source: path, message and, for a text, line and column.
 * @example parseSpec("model: { neurons: 40 }").training.batch // 2048
 */
export function parseSpec(source: string | unknown, options: ParseOptions = {}): Spec {
  const { overrides = [], fileName } = options;
  const text = typeof source === "string" ? parseText(source, fileName) : null;
  const base = migrate(withoutNotes(plainCopy(text === null ? source : text.value)));
  const value = withDefaultKinds(applyOverrides(base, overrides), specSchema);
  const { spec, problems } = check(value);
  if (problems.length > 0 || spec === null) {
    throw new SpecError(placed(problems, text, overrides), fileName);
  }
  return deepFreeze(spec);
}

function check(value: unknown): { spec: Spec | null; problems: readonly Problem[] } {
  const result = specSchema.safeParse(value);
  if (result.success) return { spec: result.data, problems: betweenFields(result.data) };
  const { issues } = result.error;
  // What is sound is checked too, with defaults in place of what is not.
  const repaired = repair(value, issues);
  const broken = issues
    .filter((issue) => issue.code !== "unrecognized_keys")
    .map((issue) => issue.path.join("."));
  const more = repaired === null ? [] : betweenFields(repaired, broken);
  return { spec: null, problems: [...problemsOf(issues, value), ...more] };
}

function betweenFields(spec: Spec, broken: readonly string[] = []): readonly Problem[] {
  const findings = [...crossFieldFindings(spec, broken), ...unavailableFindings(spec)];
  return findings.map(({ path, message }) => ({ path: path.split("."), part: "value", message }));
}

/** The spec without its broken fields, then without the groups around them; null when that does not mend it. */
function repair(value: unknown, issues: readonly z.core.$ZodIssue[], levels = 0): Spec | null {
  const smaller = issues.flatMap((issue) => brokenPaths(issue, levels)).reduce(without, value);
  const result = specSchema.safeParse(withDefaultKinds(smaller, specSchema));
  if (result.success) return result.data;
  return levels < 2 ? repair(smaller, result.error.issues, levels + 1) : null;
}

function brokenPaths(issue: z.core.$ZodIssue, levels: number): readonly (readonly PropertyKey[])[] {
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => [...issue.path, key]);
  const list = issue.path.findIndex((key) => typeof key === "number");
  const field = list === -1 ? issue.path : issue.path.slice(0, list);
  const isKind = issue.code === "invalid_union" && issue.discriminator !== undefined;
  return [field.slice(0, Math.max(1, field.length - levels - (isKind ? 1 : 0)))];
}

function without(value: unknown, [key, ...rest]: readonly PropertyKey[]): unknown {
  if (key === undefined || !isMapping(value)) return value;
  const entries = Object.entries(value).filter(([name]) => rest.length > 0 || name !== key);
  return Object.fromEntries(
    entries.map(([name, field]) => [name, name === key ? without(field, rest) : field]),
  );
}

/** A copy in which a group that names no kind has the default one. */
function withDefaultKinds(value: unknown, schema: z.core.$ZodType): unknown {
  if (!isMapping(value)) return value;
  const key = variantsOf(schema)?.key;
  const defaultKind = key === undefined ? undefined : ownValue(unwrap(schema).defaultValue, key);
  const isMissing = key !== undefined && defaultKind !== undefined && !Object.hasOwn(value, key);
  const fields = fieldsFor(schema, value) ?? {};
  const entries = Object.entries(value).map(([name, field]) => [
    name,
    Object.hasOwn(fields, name) ? withDefaultKinds(field, fields[name]!) : field,
  ]);
  return Object.fromEntries(isMissing ? [[key, defaultKind], ...entries] : entries);
}

/** Problems with the text's lines and columns; what an override set has none. */
function placed(
  problems: readonly Problem[],
  text: ParsedText | null,
  overrides: readonly string[],
): SpecIssue[] {
  const issues = problems.map(({ path, part, message }) => {
    const name = path.map(String).join(".");
    const isOverridden = overrides.some((override) =>
      `${name}.`.startsWith(`${override.split("=")[0]!.trim()}.`),
    );
    const position = text === null || isOverridden ? {} : text.positionOf(path, part);
    return { path: name === "" ? "spec" : name, message, ...position };
  });
  return inOrder(issues.filter((issue, i) => issues.findIndex((other) => isSame(issue, other)) === i));
}

const isSame = (a: SpecIssue, b: SpecIssue): boolean => a.path === b.path && a.message === b.message;

/** Issues in the order of the text; those without a place first. */
function inOrder(issues: readonly SpecIssue[]): SpecIssue[] {
  return [...issues].sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
}

/** JSON files may name their schema for editors; the spec.json of a run folder says under `$run` who wrote it. */
function withoutNotes(value: unknown): unknown {
  const rest = typeof ownValue(value, "$schema") === "string" ? without(value, ["$schema"]) : value;
  return isMapping(ownValue(rest, "$run")) ? without(rest, ["$run"]) : rest;
}

const deepestSource = 32;

/** A copy of plain data: mappings, lists and what they hold. */
function plainCopy(value: unknown, path: readonly string[] = []): unknown {
  if (path.length > deepestSource) {
    throw new SpecError([{ path: "spec", message: "nested too deeply. A spec has at most five levels." }]);
  }
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item, i) => plainCopy(item, [...path, String(i)]));
  if (!isMapping(value)) {
    const message = `must be plain data, got a ${value.constructor.name}. Use mappings, lists, texts and numbers.`;
    throw new SpecError([{ path: path.join(".") || "spec", message }]);
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [key, plainCopy(field, [...path, key])]),
  );
}

function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null)
    for (const field of Object.values(value)) deepFreeze(field);
  return Object.freeze(value);
}
