/** Every command with its arguments and help. The commands themselves are loaded when they are called. */
import { buildApplication, buildCommand, buildRouteMap } from "@stricli/core";
import type { Context } from "./context.ts";
import { failureOf } from "./failure.ts";
import { json } from "./parameters.ts";
import { text } from "./text.ts";
import { version } from "./version.ts";

const presets = buildCommand({
  loader: async () => (await import("./commands/presets.ts")).presetsCommand,
  parameters: {
    flags: { json },
    positional: {
      kind: "tuple",
      parameters: [
        { parse: String, optional: true, placeholder: "PRESET", brief: "Print this preset's whole spec" },
      ],
    },
  },
  docs: {
    brief: "list the presets, or print one",
    fullDescription:
      "Lists the presets: specs with names.\nWith a name, prints the whole spec as YAML, to be edited:\n  toy-cis presets cc-clean > my.yaml",
  },
});

const routes = buildRouteMap<string, Context>({
  routes: { presets },
  docs: {
    brief: "A workbench for computation in superposition",
    fullDescription:
      "Specify, train, evaluate and bound toy networks that compute more than they have neurons.",
  },
});

/** The toy-cis command line. */
export const application = buildApplication<Context>(routes, {
  name: "toy-cis",
  versionInfo: { getCurrentVersion: version },
  determineExitCode: (error) => failureOf(error).exitCode,
  scanner: {
    caseStyle: "allow-kebab-for-camel",
    distanceOptions: {
      threshold: 3,
      weights: { insertion: 1, deletion: 1, substitution: 2, transposition: 1 },
    },
  },
  documentation: { caseStyle: "convert-camel-to-kebab" },
  localization: { text },
});
