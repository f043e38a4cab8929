/** The JSON of a run folder: `spec.json` (what is trained, written first) and `run.json` (what came of it, last). */
import * as z from "zod";
import { SpecError } from "../spec/error.ts";
import { canonicalJson, type FileHashes, numericsVersion, runId, runIdentity } from "../spec/identity.ts";
import { parseSpec } from "../spec/parse.ts";
import type { Spec } from "../spec/schema.ts";
import { sha256 } from "../spec/sha256.ts";
import { StoreError } from "./errors.ts";
import { layoutVersion } from "./layout.ts";
import { parseJsonFile } from "./read-file.ts";

const originSchema = z.object({
  layout: z.number(),
  id: z.string(),
  version: z.string(),
  numerics: z.number(),
  files: z.record(z.string(), z.string()),
});

const shared = {
  layout: z.number(),
  id: z.string(),
  started: z.iso.datetime(),
  ended: z.iso.datetime(),
  versions: z.object({ toyCis: z.string(), numerics: z.number(), node: z.string() }),
};

const recordSchema = z.discriminatedUnion("status", [
  z.object({ ...shared, status: z.literal("finished"), result: z.record(z.string(), z.unknown()) }),
  z.object({ ...shared, status: z.literal("failed"), message: z.string() }),
  z.object({ ...shared, status: z.literal("stopped"), step: z.number() }),
]);

/** Whose run it is: its id, the toy-cis and numerics versions, and the hashes of the files that its spec names. */
export type RunOrigin = Readonly<z.output<typeof originSchema>>;

/** What came of a run, with times in ISO 8601 and the versions that trained it. */
export type RunRecord = Readonly<z.output<typeof recordSchema>>;

/** How a run ended, and what belongs to that. `result` is whatever the trainer reports; numbers that are not finite become null. */
export type RunOutcome =
  | { readonly status: "finished"; readonly result: Readonly<Record<string, unknown>> }
  | { readonly status: "failed"; readonly message: string }
  | { readonly status: "stopped"; readonly step: number };

/** The origin of a run that this version of toy-cis trains. */
export function originOf(spec: Spec, files: FileHashes, version: string): RunOrigin {
  return { layout: layoutVersion, id: runId(spec, files), version, numerics: numericsVersion, files };
}

/** The SHA-256 of all that a run's weights depend on; its id is the beginning of it. */
export function identityHash(spec: Spec, files: FileHashes): string {
  return sha256(canonicalJson(runIdentity(spec, files)));
}

/** `spec.json`: the spec itself with every default, so that it can be trained again, and the origin under `$run`. */
export function formatSpecFile(spec: Spec, origin: RunOrigin): string {
  return `${JSON.stringify({ ...spec, $run: origin }, null, 2)}\n`;
}

/** Reads `spec.json`. @throws StoreError naming it when it is damaged, newer, or not what its run was trained with. */
export function parseSpecFile(
  path: string,
  bytes: Uint8Array,
): { readonly spec: Spec; readonly origin: RunOrigin } {
  const { $run, ...fields } = objectOf(parseJsonFile(path, bytes), path);
  checkLayout($run, path);
  const origin = check(originSchema, $run, path);
  const spec = parseFields(fields, path);
  if (origin.numerics === numericsVersion && runId(spec, origin.files) !== origin.id) {
    throw new StoreError(
      `${path}: need the spec of run ${origin.id}, got one that was changed since. Restore it, or train it as a new run.`,
    );
  }
  return { spec, origin };
}

/** `run.json`. */
export function formatRunFile(record: RunRecord): string {
  return `${JSON.stringify(record, null, 2)}\n`;
}

/** Reads `run.json`. @throws StoreError naming it when it is damaged, newer, or of another run than `id`. */
export function parseRunFile(path: string, bytes: Uint8Array, id: string): RunRecord {
  const value = parseJsonFile(path, bytes);
  checkLayout(value, path);
  const record = check(recordSchema, value, path);
  if (record.id === id) return record;
  throw new StoreError(
    `${path}: need the record of run ${id}, got that of run ${record.id}. Do not mix run folders.`,
  );
}

function parseFields(fields: Readonly<Record<string, unknown>>, path: string): Spec {
  try {
    return parseSpec(fields);
  } catch (error) {
    throw error instanceof SpecError ? new StoreError(`${path}: ${error.message}`, { cause: error }) : error;
  }
}

function checkLayout(value: unknown, path: string): void {
  const layout =
    typeof value === "object" && value !== null ? (value as { layout?: unknown }).layout : undefined;
  if (typeof layout !== "number" || layout <= layoutVersion) return;
  throw new StoreError(
    `${path}: need layout ${layoutVersion} of run folders or an older one, got ${layout}. Update toy-cis.`,
  );
}

function objectOf(value: unknown, path: string): Record<string, unknown> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  throw new StoreError(`${path}: need a JSON object, got another value. It was not written by toy-cis.`);
}

function check<T>(schema: z.ZodType<T>, value: unknown, path: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const fields = [...new Set(result.error.issues.map((issue) => issue.path.join(".") || "$run"))].join(", ");
  throw new StoreError(
    `${path}: need what toy-cis writes, got missing or other fields: ${fields}. Get the file again.`,
  );
}
