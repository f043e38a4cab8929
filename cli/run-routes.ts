/** The commands that look at stored runs: their arguments and help. */
import { buildCommand } from "@stricli/core";
import { json, out, parseCount, parseList, parseSort } from "./parameters.ts";

const engines = ["auto", "own", "duckdb"] as const;

/** `toy-cis runs` */
export const runs = buildCommand({
  loader: async () => (await import("./commands/runs.ts")).runsCommand,
  parameters: {
    flags: {
      sort: {
        kind: "parsed",
        parse: parseSort,
        optional: true,
        placeholder: "FIELD,-FIELD",
        brief: "Order of the rows; a minus turns it round",
      },
      over: {
        kind: "parsed",
        parse: parseList,
        optional: true,
        placeholder: "FIELD,FIELD",
        brief: "Average over these fields, usually seed: n, means, 95 % intervals",
      },
      columns: {
        kind: "parsed",
        parse: parseList,
        optional: true,
        placeholder: "FIELD,FIELD",
        brief: "What to show; otherwise id, status, what varies, L/p and its parts",
      },
      limit: { kind: "parsed", parse: parseCount, optional: true, placeholder: "N", brief: "At most N rows" },
      engine: {
        kind: "enum",
        values: engines,
        default: "auto",
        brief: "What reads QUERY; auto takes DuckDB for SQL that toy-cis does not read",
      },
      tensorboard: {
        kind: "parsed",
        parse: String,
        optional: true,
        placeholder: "DIR",
        brief: "Also write the metrics of the runs there, for TensorBoard",
      },
      out,
      json,
    },
    positional: {
      kind: "array",
      parameter: {
        parse: String,
        brief: "A WHERE expression of SQL, or a whole SELECT",
        placeholder: "QUERY",
      },
    },
  },
  docs: {
    brief: "list, filter, sort and average runs",
    customUsage: [
      "[QUERY] [--sort LIST] [--over LIST] [--columns LIST] [--limit N] [--engine ENGINE] [--tensorboard DIR] [--out DIR] [--json]",
    ],
    fullDescription: `Lists the runs of a folder, or those for which QUERY is true: SQL over fields of the spec and results.
  toy-cis runs "lossPerP < 0.07 AND labels.mixing.kind IN ('none', 'symmetric')" --sort lossPerP
  toy-cis runs "status = finished" --over seed
  toy-cis runs "SELECT model.neurons, min(lossPerP) FROM runs GROUP BY ALL"   (needs DuckDB)`,
  },
});

/** `toy-cis diff` */
export const diff = buildCommand({
  loader: async () => (await import("./commands/diff.ts")).diffCommand,
  parameters: {
    flags: { out, json },
    positional: {
      kind: "tuple",
      parameters: [
        { parse: String, placeholder: "RUN", brief: "A run's folder, its id or the beginning of it" },
        { parse: String, placeholder: "RUN", brief: "Another one" },
      ],
    },
  },
  docs: {
    brief: "compare two runs: specs, results, weights",
    customUsage: ["RUN RUN [--out DIR] [--json]"],
    fullDescription: `Compares two runs: the fields of their specs that differ, their results, and their weights,
as they are and with neurons matched, since the order and scale of ReLU neurons mean nothing.
  toy-cis diff b7c1 runs/0f3e62a1c0de9b55`,
  },
});
