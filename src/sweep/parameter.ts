/**
 * One parameter of a sweep and the values it takes: a list, one value, or a range on a line or a logarithmic scale.
 *
 * The keys of Weights & Biases' sweep files are understood where they mean a grid: values, value, min, max, q, distribution.
 * Limit: what draws at random is refused, since a sweep here is exactly N runs.
 */
import * as z from "zod";
import { pow } from "../numeric/elementary.ts";
import { anyNumber, listOf, oneOf, positiveNumber, wholeNumber } from "../spec/fields.ts";

/** W&B's distributions that are grids, and the keys that say what is in each. */
const gridDistributions = [
  "constant",
  "categorical",
  "int_uniform",
  "uniform",
  "q_uniform",
  "log_uniform_values",
];

const longestRange = 1_000_000;

/** The schema of a parameter in its long form. Which keys go together is checked by {@link parameterProblems}. */
export const parameterSchema = z.strictObject(
  {
    values: listOf(z.unknown(), "values", "The values, in order.").optional(),
    value: z.unknown().optional(),
    min: anyNumber("The first value of a range.").optional(),
    max: anyNumber("The last value of a range.").optional(),
    count: wholeNumber(2, "How many values a range has.", longestRange).optional(),
    step: positiveNumber("From one value of a range to the next.").optional(),
    q: positiveNumber("W&B's word for step.").optional(),
    spacing: oneOf(["linear", "log"], "How the values of a range are spaced.").optional(),
    distribution: z
      .string({ error: `must be one of ${gridDistributions.join(", ")}` })
      .describe("W&B's word for the form.")
      .optional(),
  },
  { error: "must be a value, a list, or a mapping with values, or with min, max and count" },
);

/** A parameter in its long form. */
export type ParameterSource = z.output<typeof parameterSchema>;

/** A value or a list as the long form; a mapping is left as it is. */
export function longForm(source: unknown): unknown {
  if (Array.isArray(source)) return { values: source };
  return typeof source === "object" && source !== null ? source : { value: source };
}

/** What is wrong between the keys of a parameter: the key, and the sentence. */
export function parameterProblems(
  source: ParameterSource,
): readonly (readonly [key: string, message: string])[] {
  const { min, max, distribution, count } = source;
  if (distribution !== undefined && !gridDistributions.includes(distribution)) {
    const mend = "Give values, or min, max and count.";
    return [
      [
        "distribution",
        `must be one of ${gridDistributions.join(", ")}, got ${distribution}. A sweep is a grid. ${mend}`,
      ],
    ];
  }
  const forms = [["value"], ["values"], ["min", "max"]].filter((keys) =>
    keys.some((key) => has(source, key)),
  );
  if (forms.length !== 1) {
    const got =
      forms.length === 0
        ? "neither"
        : forms
            .flat()
            .filter((key) => has(source, key))
            .join(" and ");
    return [["", `must have value, values, or min and max, got ${got}. Keep one of them.`]];
  }
  if (forms[0]![0] !== "min") {
    const stray = ["count", "step", "q", "spacing"].find((key) => has(source, key));
    return stray === undefined ? [] : [[stray, "belongs to a range. Give min and max, or leave it out."]];
  }
  if (min === undefined || max === undefined) {
    const missing = min === undefined ? "min" : "max";
    return [["", `must have min and max, got no ${missing}. Add ${missing}.`]];
  }
  if (min >= max) return [["max", `must be above min, ${min}, got ${max}. Swap them.`]];
  const step = stepOf(source);
  if (isLog(source)) {
    if (min <= 0)
      return [["min", `must be > 0 on a logarithmic scale, got ${min}. Raise it, or use spacing: linear.`]];
    if (count === undefined) return [["", "must have count on a logarithmic scale, got none. Add count."]];
  }
  if ((count === undefined) === (step === undefined)) {
    const got = count === undefined ? "neither" : "both";
    return [
      [
        "",
        `must have count or step, got ${got}. ${count === undefined ? "Add count." : "Keep one of them."}`,
      ],
    ];
  }
  return [];
}

/** How many values a sound parameter has; found without making them. */
export function valueCount(source: ParameterSource): number {
  if (source.values !== undefined) return source.values.length;
  if (source.min === undefined) return 1;
  // A step that divides the range but for rounding reaches its end.
  return source.count ?? Math.floor((source.max! - source.min) / stepOf(source)! + 1e-9) + 1;
}

/**
 * The values of a sound parameter. Those of a range are rounded to 12 significant digits, within a logarithmic one to
 * 6, so that they are the numbers that a person would write; the powers are the same bits on every host.
 */
export function valuesOf(source: ParameterSource): readonly unknown[] {
  if (source.values !== undefined) return source.values;
  if (source.min === undefined) return [source.value];
  return Array.from({ length: valueCount(source) }, (_, i) => rangeValue(source, i));
}

function rangeValue(source: ParameterSource, i: number): number {
  const [min, max] = [source.min!, source.max!];
  const { count } = source;
  if (i === 0) return min;
  if (count === undefined) return rounded(min + i * stepOf(source)!, 12);
  if (i === count - 1) return max;
  const share = i / (count - 1);
  return isLog(source) ? rounded(min * pow(max / min, share), 6) : rounded(min + (max - min) * share, 12);
}

const rounded = (value: number, digits: number): number => Number(value.toPrecision(digits));

const isLog = ({ spacing, distribution }: ParameterSource): boolean =>
  spacing === "log" || distribution === "log_uniform_values";

/** From one value to the next; 1 between whole numbers unless count says otherwise. */
function stepOf(source: ParameterSource): number | undefined {
  const { min, max, count, step, q } = source;
  const isWhole = Number.isInteger(min) && Number.isInteger(max) && count === undefined && !isLog(source);
  return step ?? q ?? (isWhole ? 1 : undefined);
}

const has = (source: ParameterSource, key: string): boolean => Object.hasOwn(source, key);
