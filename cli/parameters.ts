/** Flags and arguments that several commands share, and the readers of their values. */
import type { SortKey } from "../src/store/index.ts";

/** The preset that is meant when a command names none. */
export const standardPreset = "compressed-computation";

/** `--json` */
export const json = { kind: "boolean", brief: "Print one JSON document on stdout", default: false } as const;

/** A folder's path. Empty is what a shell makes of an unset variable, and would mean the current folder. */
export function parseFolder(input: string): string {
  if (input !== "") return input;
  throw new Error("must be the path of a folder, got an empty text. Write . for the current folder.");
}

/** A file's path. Empty is what a shell makes of an unset variable. */
export function parseFile(input: string): string {
  if (input !== "") return input;
  throw new Error("must be the path of a file, got an empty text. Write audit.html.");
}

/** `--out DIR` */
export const out = {
  kind: "parsed",
  parse: parseFolder,
  brief: "Folder that holds the runs, each in a folder named by its id",
  placeholder: "DIR",
  default: "runs",
} as const;

/** `[SPEC|PRESET] [key=value…]` */
export const specArguments = {
  kind: "array",
  parameter: {
    parse: String,
    brief: "A spec file or a preset, and changes to it such as labels.mixing.std=0.03",
    placeholder: "SPEC|PRESET|key=value",
  },
} as const;

/** A list such as `0.001,0.01,1` of numbers in (0, 1]. */
export function parseProbabilities(input: string): readonly number[] {
  const parts = input.replace(/^\[|\]$/g, "").split(",");
  return parts.map((part) => {
    const p = part.trim() === "" ? Number.NaN : Number(part);
    if (!(p > 0 && p <= 1)) {
      throw new Error(`must be numbers > 0 and ≤ 1, got "${part.trim()}". Write them as 0.001,0.01,1.`);
    }
    return p;
  });
}

/** A whole number ≥ 1. */
export const parseCount = wholeNumberFrom(1);

/** A whole number ≥ 0. */
export const parseCountOrNone = wholeNumberFrom(0);

function wholeNumberFrom(least: number): (input: string) => number {
  return (input) => {
    const count = Number(input);
    if (Number.isSafeInteger(count) && count >= least && input.trim() !== "") return count;
    throw new Error(`must be a whole number ≥ ${least}, got "${input}". Write it as ${least}.`);
  };
}

/** `--workers N` */
export const workers = {
  kind: "parsed",
  parse: parseCount,
  optional: true,
  placeholder: "N",
  brief: "Runs at a time; as many as there are processors otherwise",
} as const;

/** `W_in=fc1.weight`: a name of ours and a tensor of a file, whose name may hold further signs of equality. */
export function parseMapped(input: string): readonly [name: string, tensor: string] {
  const [, name, tensor] = /^([^=]+)=(.+)$/s.exec(input) ?? [];
  if (name !== undefined && tensor !== undefined) return [name, tensor];
  throw new Error(`must be a name and a tensor, got "${input}". Write it as W_in=fc1.weight.`);
}

/** `--map NAME=TENSOR`, as often as there are names, for `findTarget` of target.ts */
export const map = {
  kind: "parsed",
  parse: parseMapped,
  optional: true,
  variadic: true,
  placeholder: "NAME=TENSOR",
  brief: "Which tensor of a file is W_in, W_out or M; W_in=fc1.weight.T for its transpose",
} as const;

/** What `--map` gives. */
export type Mapped = readonly (readonly [name: string, tensor: string])[];

/** A list of names such as `seed,model.neurons`. */
export function parseList(input: string): readonly string[] {
  const names = input.split(",").map((name) => name.trim());
  if (names.includes(""))
    throw new Error(`must be names with commas between, got "${input}". Write them as a,b.`);
  return names;
}

/** Columns to sort by, such as `model.neurons,-lossPerP`; a minus means the largest first. */
export const parseSort = (input: string): readonly SortKey[] =>
  parseList(input).map((name) => ({ column: name.replace(/^-/, ""), descending: name.startsWith("-") }));
