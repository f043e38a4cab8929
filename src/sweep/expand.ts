/**
 * From a sweep to its runs: every combination of the parameters' values, each a spec with an id.
 *
 * The order is that of nested loops over the parameters as the file lists them: the last varies fastest.
 */
import { SpecError, type SpecIssue } from "../spec/error.ts";
import { type FileHashes, runId } from "../spec/identity.ts";
import { parseSpec } from "../spec/parse.ts";
import { presetSource } from "../spec/presets.ts";
import type { Spec } from "../spec/schema.ts";
import type { Sweep, SweepParameter } from "./sweep.ts";

/** The values of one combination by their fields' paths. */
export type Changes = Readonly<Record<string, unknown>>;

/** One combination and the spec that it makes of the base. */
export interface SweepPoint {
  readonly changes: Changes;
  readonly spec: Spec;
}

/** A point and the id of its run. */
export interface SweepRun extends SweepPoint {
  readonly id: string;
}

/** The different runs of a sweep. */
export interface SweepRuns {
  /** In the order of their first points; ids differ. */
  readonly runs: readonly SweepRun[];
  /** Points left out because an earlier one has the same id. */
  readonly merged: readonly SweepRun[];
}

/**
 * Every point of a sweep.
 * @throws SpecError with every different problem of its specs, each with the first point that has it.
 * @example expandSweep(parseSweep("seeds: 2")).map(({ spec }) => spec.seed) // [0, 1]
 */
export function expandSweep(sweep: Sweep): readonly SweepPoint[] {
  const source = typeof sweep.base === "string" ? presetSource(sweep.base) : sweep.base;
  const found = new Map<string, Found>();
  const points = combinations(sweep.parameters).flatMap((changes) => {
    try {
      return [{ changes, spec: parseSpec(source, { overrides: overridesOf(changes) }) }];
    } catch (error) {
      if (!(error instanceof SpecError)) throw error;
      for (const issue of error.issues) note(found, issue, changes);
      return [];
    }
  });
  if (found.size === 0) return points;
  throw new SpecError(
    [...found.values()].map((each) => placed(each, sweep)),
    sweep.fileName,
  );
}

/**
 * Gives points their ids and merges those that are one run: equal values written twice, or fields that the id leaves
 * out, as `name` and `evaluate`.
 * @param files SHA-256 of each file that a spec names. @throws Error when one is missing.
 */
export function sweepRuns(points: readonly SweepPoint[], files: FileHashes = {}): SweepRuns {
  const runs = new Map<string, SweepRun>();
  const merged: SweepRun[] = [];
  for (const point of points) {
    const run = { ...point, id: runId(point.spec, files) };
    if (runs.has(run.id)) merged.push(run);
    else runs.set(run.id, run);
  }
  return { runs: [...runs.values()], merged };
}

/** A point as people read it: `labels.mixing.std=0.03 seed=1`; `base` when nothing is changed. */
export function changesText(changes: Changes): string {
  const texts = Object.entries(changes).map(([path, value]) => `${path}=${valueText(value)}`);
  return texts.join(" ") || "base";
}

/** A value as a person writes it: texts without quotes. */
export const valueText = (value: unknown): string =>
  typeof value === "string" ? value : JSON.stringify(value);

function combinations(parameters: readonly SweepParameter[]): readonly Changes[] {
  return parameters.reduce<readonly Changes[]>(
    (points, { path, values }) =>
      points.flatMap((point) => values.map((value) => ({ ...point, [path]: value }))),
    [{}],
  );
}

/** JSON is YAML, so any value stands behind an override's equals sign. */
const overridesOf = (changes: Changes): readonly string[] =>
  Object.entries(changes).map(([path, value]) => `${path}=${JSON.stringify(value)}`);

/** A problem of some points. */
interface Found {
  readonly issue: SpecIssue;
  readonly first: Changes;
  points: number;
}

function note(found: Map<string, Found>, issue: SpecIssue, changes: Changes): void {
  const key = `${issue.path}\n${issue.message}`;
  const same = found.get(key);
  if (same === undefined) found.set(key, { issue, first: changes, points: 1 });
  else same.points += 1;
}

/** The problem where the sweep's text causes it: at the parameter that sets the field, or in the base. */
function placed({ issue: { path, message }, first, points }: Found, sweep: Sweep): SpecIssue {
  const field = sweep.parameters.map((parameter) => parameter.path).find((other) => isWithin(path, other));
  const place = field === undefined ? ["base", ...path.split(".")] : ["parameters", field];
  const others = points === 1 ? "" : `, the first of ${points.toLocaleString("en-US")}`;
  return { path, message: `${message} (run ${changesText(first)}${others})`, ...sweep.positionOf(place) };
}

const isWithin = (path: string, other: string): boolean => path === other || path.startsWith(`${other}.`);
