/** `toy-cis studies`: the questions of the literature that can be reproduced. */
import { studies } from "../../src/study/index.ts";
import type { Context } from "../context.ts";
import { table } from "../table.ts";

/** Flags of `toy-cis studies`. */
export interface StudiesFlags {
  readonly json: boolean;
}

export function studiesCommand(this: Context, { json }: StudiesFlags): void {
  const rows = studies.map(({ name, title, question, sources }) => ({ name, title, question, sources }));
  if (json) {
    this.terminal.printJson({ studies: rows });
    return;
  }
  this.terminal.print(
    table(
      ["study", "question"],
      rows.map(({ name, question }) => [name, question]),
      this.terminal,
    ),
  );
  this.terminal.print("\nRun one with: toy-cis reproduce NAME --quick");
}
