/**
 * Walks a schema: which fields a group has, what their defaults are, which variant a value belongs to.
 *
 * Reads zod's definitions (`schema._zod.def`, zod's documented interface for libraries), so that near names,
 * overrides and ids all follow from the schema and cannot drift from it.
 */
import type * as z from "zod";

type AnySchema = z.core.$ZodType;

/** A schema without its wrappers. `defaultValue` is undefined when the field has none. */
export interface Unwrapped {
  readonly schema: AnySchema;
  readonly defaultValue: unknown;
}

/** Takes defaults, optionals and transforms off a schema. */
export function unwrap(schema: AnySchema): Unwrapped {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  if (def.type === "default" || def.type === "prefault") {
    return { schema: unwrap(def.innerType).schema, defaultValue: def.defaultValue };
  }
  if (def.type === "optional" || def.type === "readonly") return unwrap(def.innerType);
  if (def.type === "pipe") return unwrap(def.in);
  return { schema, defaultValue: undefined };
}

/** A group with variants: the key that names the variant, and each variant's fields. */
export interface Variants {
  readonly key: string;
  readonly byName: Readonly<Record<string, Fields>>;
}

/** Fields of a group, by name. */
export type Fields = Readonly<Record<string, AnySchema>>;

/** The variants of a discriminated union; null for everything else. */
export function variantsOf(schema: AnySchema): Variants | null {
  const { def } = (unwrap(schema).schema as z.core.$ZodTypes)._zod;
  if (def.type !== "union" || !("discriminator" in def)) return null;
  const key = (def as z.core.$ZodDiscriminatedUnionDef).discriminator;
  const options = def.options.map((option) => objectFields(option)!);
  return { key, byName: Object.fromEntries(options.map((fields) => [literalOf(fields[key]!), fields])) };
}

/** The fields of a mapping schema; null for everything else. */
export function objectFields(schema: AnySchema): Fields | null {
  const { def } = (unwrap(schema).schema as z.core.$ZodTypes)._zod;
  return def.type === "object" ? (def.shape as Fields) : null;
}

/** The fields that `value` may have: a mapping's, or those of the variant that `value` names. */
export function fieldsFor(schema: AnySchema, value: unknown): Fields | null {
  const variants = variantsOf(schema);
  if (variants === null) return mappingBranch(schema);
  const name = ownValue(value, variants.key) ?? ownValue(unwrap(schema).defaultValue, variants.key);
  return Object.hasOwn(variants.byName, String(name)) ? variants.byName[String(name)]! : null;
}

/** The schema of one field of `value`; undefined when there is no such field. */
export function fieldAt(schema: AnySchema, value: unknown, key: string): AnySchema | undefined {
  const fields = fieldsFor(schema, value);
  return fields !== null && Object.hasOwn(fields, key) ? fields[key] : undefined;
}

/** Every path that some spec may have, with dots: `labels.mixing.std`. */
export function allPaths(schema: AnySchema, prefix = ""): readonly string[] {
  const variants = variantsOf(schema);
  const groups = variants === null ? [mappingBranch(schema)] : Object.values(variants.byName);
  const paths = groups.flatMap((fields) =>
    Object.entries(fields ?? {}).flatMap(([key, field]) => {
      const path = prefix === "" ? key : `${prefix}.${key}`;
      return [path, ...allPaths(field, path)];
    }),
  );
  return [...new Set(paths)];
}

/** The value of an own property of a mapping; undefined for everything else. */
export function ownValue(value: unknown, key: string): unknown {
  return isMapping(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** Whether `value` is a plain mapping: not null, not a list, not an instance of a class. */
export function isMapping(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** A mapping's fields, also when the mapping is one of several accepted forms. */
function mappingBranch(schema: AnySchema): Fields | null {
  const { def } = (unwrap(schema).schema as z.core.$ZodTypes)._zod;
  if (def.type !== "union") return objectFields(schema);
  return def.options.map(objectFields).find((fields) => fields !== null) ?? null;
}

function literalOf(schema: AnySchema): string {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  return def.type === "literal" ? String(def.values[0]) : "";
}
