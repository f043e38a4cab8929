/** Finds the spec that a command line asks for: a file or a preset, and changes to it. */
import { readFile, stat } from "node:fs/promises";
import { nearest, parseSpec, preset, presets, type Spec } from "../src/spec/index.ts";
import { Mistake } from "./failure.ts";

/** The words of a command line after its flags, told apart. */
export interface SpecWords {
  /** A file's path or a preset's name; null when only changes are given. */
  readonly source: string | null;
  /** Changes, each `key=value`. */
  readonly overrides: readonly string[];
}

/** What stands before the first `=` of a change; a path has a slash before it, or none at all. */
const overridePattern = /^[A-Za-z_$][\w$.-]*=/;
const largestSpec = 1 << 20;

/**
 * Tells the source from the changes, in any order.
 * @throws Mistake when there are two sources.
 */
export function specWords(words: readonly string[]): SpecWords {
  const overrides = words.filter((word) => overridePattern.test(word));
  const [source = null, second] = words.filter((word) => !overridePattern.test(word));
  if (second !== undefined) {
    const message = `${second}: one spec or preset is enough, got ${source} too. Write changes as key=value, in quotes where they have spaces.`;
    throw new Mistake(message, 2);
  }
  return { source, overrides };
}

/** The spec of the words; `standard` is the preset when they name none. */
export async function specOf({ source, overrides }: SpecWords, standard: string): Promise<Spec> {
  const name = source ?? standard;
  const isPreset = presets.some((candidate) => candidate.name === name);
  return isPreset ? preset(name, overrides) : readSpec(name, overrides);
}

async function readSpec(path: string, overrides: readonly string[]): Promise<Spec> {
  const found = await stat(path).catch(() => null);
  if (found === null) throw new Mistake(unknownSource(path));
  if (found.isDirectory()) throw new Mistake(`${path}: a folder. Name a spec file or a preset.`);
  if (found.size > largestSpec) {
    throw new Mistake(`${path}: ${found.size} bytes are too many for a spec. Name a YAML or JSON file.`);
  }
  return parseSpec(await readFile(path, "utf8"), { overrides, fileName: path });
}

function unknownSource(name: string): string {
  const names = presets.map((candidate) => candidate.name);
  const near = nearest(name, names);
  const mend = near === null ? `The presets are ${names.join(", ")}.` : `Did you mean ${near}?`;
  return `${name}: no such file or preset. ${mend}`;
}
