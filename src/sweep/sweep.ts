/** A sweep file: a base spec and the parameters that are varied, read from YAML, JSON or an object. */
import * as z from "zod";
import { SpecError, type SpecIssue } from "../spec/error.ts";
import { wholeNumber } from "../spec/fields.ts";
import { nearest } from "../spec/near.ts";
import { presets } from "../spec/presets.ts";
import { show, valueAt } from "../spec/problems.ts";
import { specSchema } from "../spec/schema.ts";
import { type ParsedText, parseText } from "../spec/text.ts";
import { allPaths, isMapping, ownValue } from "../spec/walk.ts";
import {
  longForm,
  type ParameterSource,
  parameterProblems,
  parameterSchema,
  valueCount,
  valuesOf,
} from "./parameter.ts";

/** A parameter: the path of a field of the spec, and the values it takes. */
export interface SweepParameter {
  readonly path: string;
  readonly values: readonly unknown[];
}

/** What is varied around what. */
export interface Sweep {
  readonly name: string | null;
  /** A preset's name or a spec. */
  readonly base: string | Readonly<Record<string, unknown>>;
  /** In the order of the file; `seeds` last. */
  readonly parameters: readonly SweepParameter[];
  /** Where a path of the sweep stands in its text, for messages about its runs. */
  readonly positionOf: (path: readonly PropertyKey[]) => { readonly line?: number; readonly column?: number };
  readonly fileName: string | undefined;
}

/** How a sweep is read. */
export interface SweepOptions {
  /** The file that the text came from, named in messages. */
  readonly fileName?: string;
  /** The runs that a sweep may have at most; otherwise those that its own `limit` says, or 10,000. */
  readonly limit?: number;
}

/** A larger grid is more likely a slip than a wish. */
const standardLimit = 10_000;
const standardBase = "compressed-computation";

/** Keys of W&B's files that a local grid has no use for. */
const foreignKeys = [
  "program",
  "command",
  "metric",
  "project",
  "entity",
  "description",
  "early_terminate",
  "run_cap",
];

const sweepSchema = z.strictObject(
  {
    name: z.string({ error: "must be a text" }).optional(),
    method: z.literal("grid", { error: "must be grid, since a sweep is exactly N runs" }).optional(),
    base: z
      .union([z.string(), z.record(z.string(), z.unknown())], {
        error: "must be a preset's name or a spec",
      })
      .default(standardBase),
    parameters: z
      .record(z.string(), z.unknown(), { error: "must be a mapping from fields of a spec to values" })
      .default({}),
    seeds: wholeNumber(1, "How many seeds: 0, 1, …").optional(),
    limit: wholeNumber(1, "How many runs the sweep may have.").optional(),
  },
  { error: "must be a mapping with base and parameters" },
);

type Parameters = readonly (readonly [path: string, source: ParameterSource])[];
type Path = readonly PropertyKey[];

/** A problem before it is placed; `part` says whether the key or the value is meant. */
interface Problem {
  readonly path: Path;
  readonly part: "key" | "value";
  readonly message: string;
}

/**
 * Reads a sweep.
 * @param source YAML or JSON text, or an object.
 * @throws SpecError with every problem, its line and column; and for a grid of more runs than the limit.
 * @example parseSweep("base: cc-clean\nseeds: 3").parameters // [{ path: "seed", values: [0, 1, 2] }]
 */
export function parseSweep(source: unknown, options: SweepOptions = {}): Sweep {
  const { fileName } = options;
  const text = typeof source === "string" ? parseText(source, fileName, "sweep") : null;
  const value = text === null ? source : text.value;
  const refuse = (problems: readonly Problem[]): never => {
    throw new SpecError(placed(problems, text), fileName);
  };
  const top = sweepSchema.safeParse(value);
  const listed = readParameters(ownValue(value, "parameters"));
  const problems = [
    ...problemsOf(top.error?.issues ?? [], value),
    ...listed.problems,
    ...problemsBetween(value),
  ];
  if (!top.success || problems.length > 0) return refuse(problems);
  const { name = null, base, seeds, limit } = top.data;
  const parameters = [...listed.parameters, ...seedParameter(seeds)];
  const excess = sizeProblem(parameters, options.limit ?? limit ?? standardLimit);
  if (excess !== null) return refuse([excess]);
  return {
    ...{ name, base, fileName },
    parameters: parameters.map(([path, parameter]) => ({ path, values: valuesOf(parameter) })),
    positionOf: (path) => (text === null ? {} : text.positionOf(path, "value")),
  };
}

function seedParameter(seeds: number | undefined): Parameters {
  if (seeds === undefined) return [];
  return [["seed", seeds === 1 ? { value: 0 } : { min: 0, max: seeds - 1 }]];
}

/** The sound parameters in their long form, and what is wrong with the others. */
function readParameters(source: unknown): { parameters: Parameters; problems: readonly Problem[] } {
  const parameters: [string, ParameterSource][] = [];
  const problems: Problem[] = [];
  for (const [field, value] of Object.entries(isMapping(source) ? source : {})) {
    const path = ["parameters", field];
    const unknown = unknownField(field);
    if (unknown !== null) problems.push({ path, part: "key", message: unknown });
    const read = parameterSchema.safeParse(longForm(value));
    problems.push(...problemsOf(read.error?.issues ?? [], longForm(value), path));
    for (const [key, message] of read.success ? parameterProblems(read.data) : []) {
      problems.push({ path: key === "" ? path : [...path, key], part: "value", message });
    }
    if (read.success) parameters.push([field, read.data]);
  }
  return { parameters, problems };
}

/** @param under the path of `value` in the sweep. */
function problemsOf(
  issues: readonly z.core.$ZodIssue[],
  value: unknown,
  under: Path = [],
): readonly Problem[] {
  return issues.flatMap((issue): readonly Problem[] => {
    const path = [...under, ...issue.path];
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => ({ path: [...path, key], part: "key", message: unknownKey(path, key) }));
    }
    const message = `${issue.message}, got ${show(valueAt(value, issue.path))}. docs/guides/sweeps.md shows the form.`;
    return [{ path, part: "value", message }];
  });
}

function unknownKey(path: Path, key: string): string {
  const isTop = path.length === 0;
  if (isTop && foreignKeys.includes(key)) return "has no meaning for a grid on this machine. Leave it out.";
  const known = Object.keys(isTop ? sweepSchema.shape : parameterSchema.shape);
  const near = nearest(key, known);
  if (near !== null) return `unknown key. Did you mean ${near}?`;
  return isTop && allPaths(specSchema).includes(key)
    ? "unknown key. Put it under base, or under parameters to vary it."
    : `unknown key. Known here: ${known.join(", ")}.`;
}

/** What is wrong with a preset's name, and between keys. */
function problemsBetween(value: unknown): readonly Problem[] {
  const problems: Problem[] = [];
  const base = ownValue(value, "base");
  const names = presets.map(({ name }) => name);
  if (typeof base === "string" && !names.includes(base)) {
    const near = nearest(base, names);
    const mend = near === null ? `The presets are ${names.join(", ")}.` : `Did you mean ${near}?`;
    const message = `must be a preset's name or a spec, got the text "${base}". ${mend}`;
    problems.push({ path: ["base"], part: "value", message });
  }
  const [parameters, seeds] = [ownValue(value, "parameters"), ownValue(value, "seeds")];
  if (seeds !== undefined && ownValue(parameters, "seed") !== undefined) {
    const message = "given beside parameters.seed. Keep one of them.";
    problems.push({ path: ["seeds"], part: "key", message });
  }
  const isEmpty = parameters === undefined || (isMapping(parameters) && Object.keys(parameters).length === 0);
  if (isMapping(value) && isEmpty && seeds === undefined) {
    const message =
      "must vary something, got no parameter. Add parameters or seeds; toy-cis train trains one run.";
    problems.push({ path: ["parameters"], part: "value", message });
  }
  return problems;
}

function unknownField(field: string): string | null {
  const fields = allPaths(specSchema);
  if (fields.includes(field)) return null;
  const last = (path: string) => path.split(".").at(-1)!;
  const nearLast = nearest(last(field), fields.map(last));
  const near = nearest(field, fields) ?? fields.find((path) => last(path) === nearLast);
  const mend = near === undefined ? "docs/guides/spec.md lists the fields." : `Did you mean ${near}?`;
  return `no field of a spec. ${mend}`;
}

function sizeProblem(parameters: Parameters, limit: number): Problem | null {
  const counts = parameters.map(([, parameter]) => valueCount(parameter));
  const runs = counts.reduce((product, count) => product * count, 1);
  if (runs <= limit) return null;
  const product = counts.length > 1 ? ` (${counts.join(" × ")})` : "";
  const message = `must have at most ${limit.toLocaleString("en-US")} runs, got ${runs.toLocaleString("en-US")}${product}. Take values out, or raise the limit: limit in the file, --limit on the command line.`;
  return { path: ["parameters"], part: "key", message };
}

/** In the order of the text; problems of the whole first. */
function placed(problems: readonly Problem[], text: ParsedText | null): readonly SpecIssue[] {
  const issues: SpecIssue[] = problems.map(({ path, part, message }) => ({
    path: path.length === 0 ? "sweep" : path.map(String).join("."),
    message,
    ...(text === null ? {} : text.positionOf(path, part)),
  }));
  return issues.sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
}
