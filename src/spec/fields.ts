/**
 * The kinds of value that a spec's fields hold, each with one sentence on what it needs.
 *
 * A field's error reads "must be …" and is completed by `problems.ts` with what was found and how to mend it.
 */
import * as z from "zod";

/** Seeds are whole numbers that float64 holds exactly. */
export const largestSeed = Number.MAX_SAFE_INTEGER;

/** A whole number from `minimum` to `maximum`. */
export function wholeNumber(minimum: number, description: string, maximum = largestSeed) {
  const top = maximum === largestSeed ? "" : ` and ≤ ${maximum}`;
  return z
    .int({ error: `must be a whole number ≥ ${minimum}${top}` })
    .min(minimum)
    .max(maximum)
    .describe(description);
}

/** A finite number ≥ `minimum`. */
export function numberFrom(minimum: number, description: string) {
  return z
    .number({ error: `must be a number ≥ ${minimum}` })
    .min(minimum)
    .describe(description);
}

/** Any finite number. */
export function anyNumber(description: string) {
  return z.number({ error: "must be a number" }).describe(description);
}

/** A finite number > 0. */
export function positiveNumber(description: string) {
  return z.number({ error: "must be a number > 0" }).positive().describe(description);
}

/** A number in (0, 1]. */
export function probability(description: string) {
  return z.number({ error: "must be a number > 0 and ≤ 1" }).gt(0).max(1).describe(description);
}

/** A seed of a random stream. */
export function seed(description: string) {
  return z
    .int({ error: "must be a whole number from 0 to 2^53 − 1" })
    .min(0)
    .max(largestSeed)
    .default(0)
    .describe(description);
}

/** One of a few words. */
export function oneOf<const Words extends readonly [string, ...string[]]>(words: Words, description: string) {
  return z.enum(words, { error: `must be one of ${words.join(", ")}` }).describe(description);
}

/** The word that names a variant of a group. */
export function kind<const Word extends string>(word: Word, description: string) {
  return z.literal(word).describe(description);
}

/** A list of at least one value. */
export function listOf<Item extends z.ZodType>(item: Item, what: string, description: string) {
  return z
    .array(item, { error: `must be a list of ${what}` })
    .min(1)
    .describe(description);
}

/** A mapping that refuses keys it does not know. */
export function group<Shape extends z.core.$ZodLooseShape>(shape: Shape, description = "") {
  const result = z.strictObject(shape, { error: `must be a mapping with ${Object.keys(shape).join(", ")}` });
  return description === "" ? result : result.describe(description);
}

/** A group of several forms, told apart by the word under `key`. */
export function variants<const Options extends readonly [Option, ...Option[]]>(
  key: string,
  options: Options,
  description: string,
) {
  return z.discriminatedUnion(key, options, { error: `must be a mapping with ${key}` }).describe(description);
}

type Option = z.core.$ZodTypeDiscriminable & z.ZodObject;
