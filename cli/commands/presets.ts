/** `toy-cis presets`: the names of all presets, or one preset's spec. */
import { stringify } from "yaml";
import { preset, presets } from "../../src/spec/index.ts";
import type { Context } from "../context.ts";
import { table } from "../table.ts";

/** @param name print this preset's spec, as YAML or JSON, in place of the list. */
export async function presetsCommand(this: Context, flags: { json: boolean }, name?: string): Promise<void> {
  if (name !== undefined) {
    const spec = preset(name);
    if (flags.json) this.terminal.printJson(spec);
    else this.terminal.print(stringify(spec).trimEnd());
  } else if (flags.json) this.terminal.printJson({ presets });
  else this.terminal.print(list(this.terminal));
}

function list(terminal: Context["terminal"]): string {
  const rows = presets.map(({ name, sentence, isAvailable }) => [
    name,
    isAvailable ? sentence : `${sentence} (not available yet)`,
  ]);
  return `${table(["preset", ""], rows, terminal)}\n\nTrain one: toy-cis train ${presets[0]!.name}`;
}
