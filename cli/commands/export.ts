/** `toy-cis export`: the weights of a run, or of a file, as a file for other tools. */
import { writeWeightsFile } from "../../src/store/index.ts";
import type { Context } from "../context.ts";
import type { Mapped } from "../parameters.ts";
import { findNetwork } from "../target.ts";

interface Flags {
  readonly to: string;
  readonly map?: Mapped;
  readonly force: boolean;
  readonly out: string;
  readonly json: boolean;
}

/** Writes a network's tensors and prints what was written. */
export async function exportCommand(this: Context, flags: Flags, name: string): Promise<void> {
  const { path, network, assumptions } = await findNetwork(name, flags);
  const tensors = writeWeightsFile(flags.to, network, { replace: flags.force });
  if (flags.json) this.terminal.printJson({ target: path, file: flags.to, tensors, assumptions });
  else this.terminal.print([`${flags.to}: ${listed(tensors)}`, ...assumptions].join("\n"));
}

const listed = (tensors: Readonly<Record<string, readonly number[]>>): string =>
  Object.entries(tensors)
    .map(([name, shape]) => `${name} [${shape.join(", ")}]`)
    .join(", ");
