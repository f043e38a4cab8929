/** Turns what zod finds wrong with a value into sentences: what was needed, what was found, how to mend it. */
import type * as z from "zod";
import { nearest } from "./near.ts";
import { specSchema } from "./schema.ts";
import { allPaths, fieldAt, fieldsFor, isMapping, ownValue, unwrap, variantsOf } from "./walk.ts";

type Path = readonly PropertyKey[];
type AnySchema = Parameters<typeof unwrap>[0];

/** A problem before it is placed in a text. `part` says which end of the field the text's position is of. */
export interface Problem {
  readonly path: Path;
  readonly part: "key" | "value";
  readonly message: string;
}

/** The problems behind zod's issues with `value`, in zod's order. */
export function problemsOf(issues: readonly z.core.$ZodIssue[], value: unknown): readonly Problem[] {
  return issues.flatMap((issue) => problemsOfOne(issue, issue.path, value));
}

function problemsOfOne(issue: z.core.$ZodIssue, path: Path, value: unknown): readonly Problem[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      path: [...path, key],
      part: "key",
      message: unknownKey(path, key, value),
    }));
  }
  if (issue.code === "invalid_union" && issue.discriminator === undefined) {
    const inside = issue.errors.find((branch) =>
      branch.every((inner) => inner.path.length > 0 || isKeys(inner)),
    );
    if (inside !== undefined) {
      return inside.flatMap((inner) => problemsOfOne(inner, [...path, ...inner.path], value));
    }
  }
  const found = valueAt(value, path);
  return [
    {
      path,
      part: "value",
      message: `${needOf(issue, path, value)}, got ${show(found)}.${mend(path, value)}`,
    },
  ];
}

const isKeys = (issue: z.core.$ZodIssue): boolean => issue.code === "unrecognized_keys";

function needOf(issue: z.core.$ZodIssue, path: Path, value: unknown): string {
  if (issue.code !== "invalid_union" || issue.discriminator === undefined) return issue.message;
  return `must be one of ${wordsAt(path, value).join(", ")}`;
}

/** `unknown key. Did you mean model.neurons?` */
function unknownKey(path: Path, key: string, value: unknown): string {
  const parent = path.join(".");
  const full = (name: string) => (parent === "" ? name : `${parent}.${name}`);
  const known = Object.keys(fieldsFor(schemaAt(path, value)!, valueAt(value, path)) ?? {});
  const near = nearest(key, known);
  if (near !== null) return `unknown key. Did you mean ${full(near)}?`;
  const variants = kindsWith(path, key, value);
  if (variants !== null) return variants;
  const elsewhere = allPaths(specSchema).filter((candidate) => candidate.split(".").at(-1) === key);
  if (elsewhere.length > 0) return `unknown key. Did you mean ${elsewhere.join(" or ")}?`;
  return `unknown key. Known here: ${known.join(", ")}.`;
}

/** The kinds of the same group that do have the key, as a sentence. */
function kindsWith(path: Path, key: string, value: unknown): string | null {
  const variants = variantsOf(schemaAt(path, value)!);
  if (variants === null) return null;
  const names = Object.keys(variants.byName).filter((name) => Object.hasOwn(variants.byName[name]!, key));
  if (names.length === 0) return null;
  const current = show(ownValue(valueAt(value, path), variants.key), "");
  const which = [...path, variants.key].join(".");
  return `unknown key for ${variants.key} ${current}. Set ${which} to one that has it: ${names.join(", ")}.`;
}

function mend(path: Path, value: unknown): string {
  const found = valueAt(value, path);
  const near = typeof found === "string" ? nearest(found, wordsAt(path, value)) : null;
  if (near !== null) return ` Did you mean ${near}?`;
  if (typeof found === "string" && found.trim() !== "" && Number.isFinite(Number(found))) {
    return " Write the number without quotes.";
  }
  const schema = schemaAt(path, value);
  if (typeof found === "number" && schema !== undefined && typeOf(schema) === "string")
    return " Put it in quotes.";
  return defaultMend(path, schema, found);
}

function defaultMend(path: Path, schema: AnySchema | undefined, found: unknown): string {
  if (path.length === 0 || schema === undefined) return " See schema/spec.json or docs/guides/spec.md.";
  const variants = variantsOf(schema);
  if (variants !== null && !isMapping(found)) {
    const name = typeof found === "string" && Object.hasOwn(variants.byName, found) ? found : null;
    return ` Write ${[...path, variants.key].join(".")}: ${name ?? Object.keys(variants.byName)[0]}.`;
  }
  const { defaultValue } = unwrap(schema);
  const isPlain = defaultValue !== undefined && !isMapping(defaultValue);
  if (isPlain) return ` Leave it out for the default, ${JSON.stringify(defaultValue)}.`;
  return found === undefined ? ` Set ${path.join(".")}.` : "";
}

/** The words accepted at a path: an enumeration's, or a group's kinds when the path is its `kind`. */
function wordsAt(path: Path, value: unknown): readonly string[] {
  const parent = path.length === 0 ? undefined : schemaAt(path.slice(0, -1), value);
  const variants = parent === undefined ? null : variantsOf(parent);
  if (variants !== null && variants.key === path.at(-1)) return Object.keys(variants.byName);
  return wordsOf(schemaAt(path, value) ?? specSchema);
}

/** The words of an enumeration, also when it is one of several accepted forms. */
function wordsOf(schema: AnySchema): readonly string[] {
  const { def } = (unwrap(schema).schema as z.core.$ZodTypes)._zod;
  if (def.type === "union" && !("discriminator" in def)) return def.options.flatMap(wordsOf);
  return def.type === "enum" ? Object.values(def.entries).map(String) : [];
}

function typeOf(schema: AnySchema): string {
  return (unwrap(schema).schema as z.core.$ZodTypes)._zod.def.type;
}

function schemaAt(path: Path, value: unknown): AnySchema | undefined {
  let schema: AnySchema | undefined = specSchema;
  let here = value;
  for (const key of path) {
    if (schema === undefined) return undefined;
    schema = typeof key === "number" ? undefined : fieldAt(schema, here, String(key));
    here = valueAt(here, [key]);
  }
  return schema;
}

/** The value at a path of own properties and list indexes; undefined where there is none. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (here, key) => (Array.isArray(here) ? here[Number(key)] : ownValue(here, String(key))),
    value,
  );
}

/** A value as a message shows it: `the text "abc"`, `a list of 3`, `nothing`. */
export function show(
  value: unknown,
  textPrefix = 'the text "',
  textSuffix = textPrefix === "" ? "" : '"',
): string {
  if (value === undefined || value === null) return "nothing";
  if (typeof value === "string") {
    return `${textPrefix}${value.length > 40 ? `${value.slice(0, 40)}…` : value}${textSuffix}`;
  }
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return typeof value === "object" || typeof value === "function" ? "a mapping" : String(value);
}
