/** The whole spec of an experiment, and its TypeScript type with every default filled in. */
import * as z from "zod";
import { dataSchema } from "./data.ts";
import { evaluateSchema } from "./evaluate.ts";
import { group, seed } from "./fields.ts";
import { labelsSchema } from "./labels.ts";
import { lossSchema } from "./loss.ts";
import { modelSchema } from "./model.ts";
import { trainingSchema } from "./training.ts";

/** The version of the spec's format that this package reads and writes. */
export const specVersion = 1;

/** Schema of a spec. Use `parseSpec`, whose errors name places and mends. */
export const specSchema = group(
  {
    version: z
      .literal(specVersion, { error: `must be ${specVersion}` })
      .describe("Version of the spec's format.")
      .default(specVersion),
    name: z
      .string({ error: "must be a text of 1 to 200 characters" })
      .min(1)
      .max(200)
      .describe("A name for people; not part of the run's id.")
      .default("unnamed"),
    seed: seed("Seed of every random stream of the run but those with a seed of their own."),
    model: modelSchema.prefault({}),
    data: dataSchema.prefault({ kind: "bernoulli" }),
    labels: labelsSchema.prefault({}),
    loss: lossSchema.prefault({}),
    training: trainingSchema.prefault({ optimizer: "adamw" }),
    evaluate: evaluateSchema.prefault({}),
  },
  "A toy-cis experiment.",
);

type DeepReadonly<T> = T extends (infer Item)[]
  ? readonly DeepReadonly<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> }
    : T;

/** What an experiment is: plain, frozen data with every default filled in. */
export type Spec = DeepReadonly<z.output<typeof specSchema>>;
