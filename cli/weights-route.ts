/** The command that writes files of weights: its arguments and help. */
import { buildCommand } from "@stricli/core";
import { json, map, out } from "./parameters.ts";

/** `toy-cis export` */
export const exportWeights = buildCommand({
  loader: async () => (await import("./commands/export.ts")).exportCommand,
  parameters: {
    flags: {
      to: {
        kind: "parsed",
        parse: String,
        placeholder: "FILE",
        brief: "What to write; its ending says the format: .safetensors, .npz or .pt",
      },
      map,
      force: { kind: "boolean", brief: "Replace a file that is there", default: false },
      out,
      json,
    },
    positional: {
      kind: "tuple",
      parameters: [
        {
          parse: String,
          placeholder: "RUN|WEIGHTS",
          brief: "A run's folder or id, or weights in .safetensors, .npz or .pt",
        },
      ],
    },
  },
  docs: {
    brief: "write weights for numpy, PyTorch or JAX",
    customUsage: ["RUN|WEIGHTS --to FILE [--map NAME=TENSOR]… [--force] [--out DIR] [--json]"],
    fullDescription: `Writes W_in [neurons, features], W_out [features, neurons] and what else the network has: M, W_E, bypass.
The file is there whole or not at all, and one that is there already is kept unless --force is given.
  toy-cis export b7c10f8b --to weights.npz
  toy-cis export theirs.pt --map W_in=fc1.weight --map W_out=fc2.weight --to ours.safetensors`,
  },
});
