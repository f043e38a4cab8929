/** What a command gets besides its arguments. */
import type { CommandContext } from "@stricli/core";
import type { Terminal } from "./terminal.ts";

/** The `this` of every command. */
export interface Context extends CommandContext {
  readonly terminal: Terminal;
}
