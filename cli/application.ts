/** Every command with its arguments and help. The commands themselves are loaded when they are called. */
import { buildApplication, buildCommand, buildRouteMap } from "@stricli/core";
import type { Context } from "./context.ts";
import { failureOf } from "./failure.ts";
import {
  json,
  map,
  out,
  parseCount,
  parseCountOrNone,
  parseFile,
  parseProbabilities,
  specArguments,
  standardPreset,
  workers,
} from "./parameters.ts";
import { diff, runs } from "./run-routes.ts";
import { text } from "./text.ts";
import { version } from "./version.ts";
import { exportWeights } from "./weights-route.ts";

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
    customUsage: ["[PRESET] [--json]"],
    fullDescription:
      "Lists the presets: specs with names.\nWith a name, prints the whole spec as YAML, to be edited:\n  toy-cis presets cc-clean > my.yaml",
  },
});

const overrides = "Changes are key=value with a YAML value, in any order:";

const train = buildCommand({
  loader: async () => (await import("./commands/train.ts")).trainCommand,
  parameters: {
    flags: { out, again: { kind: "boolean", brief: "Train a finished run anew", default: false }, json },
    positional: specArguments,
  },
  docs: {
    brief: "train a spec and keep the run",
    customUsage: ["[SPEC|PRESET] [key=value…] [--out DIR] [--again] [--json]"],
    fullDescription: `Trains a spec file or a preset (${standardPreset} when none is named) and keeps the run in DIR/ID.
A run that was interrupted goes on where it was, to the same bits; one that is finished is not trained again.
${overrides}
  toy-cis train cc-clean seed=1 training.steps=2000
  toy-cis train my.yaml labels.mixing.std=0.03 'data={kind: exactly, k: 2}'`,
  },
});

const evaluate = buildCommand({
  loader: async () => (await import("./commands/evaluate.ts")).evaluateCommand,
  parameters: {
    flags: {
      p: {
        kind: "parsed",
        parse: parseProbabilities,
        optional: true,
        placeholder: "LIST",
        brief: "Densities to evaluate at, as 0.001,0.01,1; those of the spec otherwise",
      },
      exactly: {
        kind: "parsed",
        parse: parseCount,
        optional: true,
        placeholder: "K",
        brief: "Exactly K active features in place of a density; 1 is exact",
      },
      map,
      out,
      json,
    },
    aliases: { p: "p" },
    positional: {
      kind: "array",
      minimum: 1,
      parameter: {
        parse: String,
        brief: "A run's folder or id, or weights in .safetensors, .npz or .pt; then changes to its spec",
        placeholder: "RUN|WEIGHTS|key=value",
      },
    },
  },
  docs: {
    brief: "evaluate a run, or weights from elsewhere",
    customUsage: [
      "RUN|WEIGHTS [key=value…] [--p LIST] [--exactly K] [--map NAME=TENSOR]… [--out DIR] [--json]",
    ],
    fullDescription: `Evaluates L/p, its linear and even parts, and the loss of every feature, on fresh inputs.
For a file of weights, name the preset or spec file that its labels come from, or change labels.mixing.
${overrides}
  toy-cis evaluate b7c10f8b --p 0.01,1
  toy-cis evaluate weights.npz cc-symmetric labels.mixing.seed=3 --exactly 1
  toy-cis evaluate theirs.pt --map W_in=fc1.weight --map W_out=fc2.weight`,
  },
});

const audit = buildCommand({
  loader: async () => (await import("./commands/audit.ts")).auditCommand,
  parameters: {
    flags: {
      html: {
        kind: "parsed",
        parse: parseFile,
        optional: true,
        placeholder: "FILE",
        brief: "Write the audit as a page that opens offline",
      },
      map,
      out,
      json,
    },
    positional: {
      kind: "array",
      minimum: 1,
      parameter: {
        parse: String,
        brief:
          "A run's folder or id, or weights in .safetensors, .npz or .pt; then what they were trained for",
        placeholder: "RUN|WEIGHTS|key=value",
      },
    },
  },
  docs: {
    brief: "judge whether a network computes in superposition",
    customUsage: ["RUN|WEIGHTS [key=value…] [--html FILE] [--map NAME=TENSOR]… [--out DIR] [--json]"],
    fullDescription: `Is the network computing in superposition, or what else explains its loss: dedicated neurons, a dense
answer, mixed labels? Gives a verdict, the evidence for it, how sure it is, and what would change it.
For a file of weights, say what they were trained for: a preset, a spec file, or changes. ${overrides}
  toy-cis audit b7c10f8b --html audit.html
  toy-cis audit weights.npz loss.exponent=4 data.p=0.02
  toy-cis audit theirs.pt cc-symmetric --map W_in=fc1.weight --map W_out=fc2.weight`,
  },
});

const baselines = buildCommand({
  loader: async () => (await import("./commands/baselines.ts")).baselinesCommand,
  parameters: {
    flags: {
      restarts: {
        kind: "parsed",
        parse: parseCountOrNone,
        optional: true,
        placeholder: "N",
        brief: "Starts of each semi-NMF, the best of which is kept; 0 leaves them out, 2 otherwise",
      },
      json,
    },
    positional: specArguments,
  },
  docs: {
    brief: "compute untrained solutions and bounds of a spec",
    customUsage: ["[SPEC|PRESET] [key=value…] [--restarts N] [--json]"],
    fullDescription: `What solutions without training reach for a spec's labels, and what no network can go below.
For a spec file or a preset (${standardPreset} when none is named). ${overrides}
  toy-cis baselines cc-asymmetric labels.mixing.std=0.02`,
  },
});

const bench = buildCommand({
  loader: async () => (await import("./commands/bench.ts")).benchCommand,
  parameters: { flags: { json } },
  docs: {
    brief: "time training on this machine",
    fullDescription:
      "Steps a second of the training loop, by kind, shape, density and kernel path, on one thread. Takes fifteen seconds.",
  },
});

const reproduce = buildCommand({
  loader: async () => (await import("./commands/reproduce.ts")).reproduceCommand,
  parameters: {
    flags: {
      quick: { kind: "boolean", brief: "Three or four seeds and few points: two minutes", default: false },
      out: { ...out, brief: "Folder for the report, its figures and the runs", default: "reproduction" },
      workers,
      json,
    },
    positional: {
      kind: "array",
      parameter: { parse: String, brief: "A study's name; all of them otherwise", placeholder: "STUDY" },
    },
  },
  docs: {
    brief: "reproduce the findings of the literature, with a report",
    customUsage: ["[STUDY…] [--quick] [--out DIR] [--workers N] [--json]"],
    fullDescription: `Trains what a study needs, measures it, and gives every published claim a verdict.
Writes DIR/report.html, DIR/claims.json, DIR/figures and the runs in DIR/runs. What is finished is kept: a study that was
interrupted goes on with the same command.
  toy-cis reproduce compressed-computation --quick`,
  },
});

const sweep = buildCommand({
  loader: async () => (await import("./commands/sweep.ts")).sweepCommand,
  parameters: {
    flags: {
      workers,
      out,
      dryRun: {
        kind: "boolean",
        brief: "List the runs and how long they take; train nothing",
        default: false,
      },
      failFast: { kind: "boolean", brief: "Stop all runs when one fails", default: false },
      keepGoing: { kind: "boolean", brief: "Go on when a run fails; so it is anyway", default: false },
      retries: {
        kind: "parsed",
        parse: parseCountOrNone,
        placeholder: "N",
        brief: "How often a failed run is tried again",
        default: "0",
      },
      limit: {
        kind: "parsed",
        parse: parseCount,
        optional: true,
        placeholder: "N",
        brief: "The most runs that the sweep may have; 10,000 otherwise",
      },
      json,
    },
    positional: {
      kind: "tuple",
      parameters: [{ parse: String, placeholder: "FILE", brief: "A sweep file, YAML or JSON" }],
    },
  },
  docs: {
    brief: "train every run of a grid",
    customUsage: [
      "FILE [--workers N] [--out DIR] [--dry-run] [--fail-fast] [--retries N] [--limit N] [--json]",
    ],
    fullDescription: `Trains the runs of a sweep file that are not finished yet, one model a processor, and keeps each in DIR/ID.
Stopped or killed, it goes on with the same command; runs that failed are tried again.
  base: cc-symmetric
  seeds: 3
  parameters: { labels.mixing.std: { min: 0.01, max: 0.06, count: 6 } }`,
  },
});

const studies = buildCommand({
  loader: async () => (await import("./commands/studies.ts")).studiesCommand,
  parameters: { flags: { json } },
  docs: { brief: "list the studies that can be reproduced" },
});

const routes = buildRouteMap<string, Context>({
  routes: {
    train,
    sweep,
    evaluate,
    audit,
    baselines,
    reproduce,
    runs,
    diff,
    export: exportWeights,
    presets,
    studies,
    bench,
  },
  docs: {
    brief: "A workbench for computation in superposition",
    fullDescription: `Specify, train, evaluate and bound toy networks that compute more than they have neurons.
Start with: toy-cis train ${standardPreset}`,
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
