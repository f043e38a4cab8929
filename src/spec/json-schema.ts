/** The spec's JSON Schema, draft 2020-12, for editors and other languages. It describes what a user writes. */
import * as z from "zod";
import { specSchema } from "./schema.ts";

/** JSON Schema of a spec as it is written: fields with defaults may be left out. */
export function specJsonSchema(): Readonly<Record<string, unknown>> {
  const { $schema, ...rest } = z.toJSONSchema(specSchema, { io: "input" });
  const notes = {
    $schema: { type: "string", description: "Path of this schema." },
    $run: { type: "object", description: "Whose spec it is, in the spec.json of a run." },
  };
  const properties = { ...notes, ...rest.properties };
  return { $schema, title: "toy-cis spec", ...rest, properties };
}
