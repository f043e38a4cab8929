/**
 * A checkpoint as one safetensors file: the trainer's tensors under `state/`, the metrics so far under `records/`, and
 * the step and the run's identity in the metadata. What the tensors mean is the trainer's business.
 */
import { FormatError } from "../formats/errors.ts";
import { readSafetensors, type Safetensors, writeSafetensors } from "../formats/safetensors.ts";
import type { Tensor } from "../formats/tensor.ts";
import type { Checkpoint, MetricRecord } from "../train/checkpoint.ts";
import { StoreError } from "./errors.ts";

const statePrefix = "state/";
const recordFields = ["step", "loss", "learningRate"] as const;
const scaleField = "mixingScale";

/** A checkpoint's bytes. `identity` says whose it is; the same must be given to read it. */
export function encodeCheckpoint({ step, tensors, records }: Checkpoint, identity: string): Uint8Array {
  const state = Object.entries(tensors).map(([name, tensor]) => [`${statePrefix}${name}`, tensor] as const);
  const isScaled = records[0]?.mixingScale !== undefined;
  const columns = [...recordFields, ...(isScaled ? ([scaleField] as const) : [])].map((field) => {
    const data = Float64Array.from(records, (record) => record[field]!);
    return [`records/${field}`, { dtype: "F64", shape: [data.length], data }] as const;
  });
  return writeSafetensors(Object.fromEntries([...state, ...columns]), { step: `${step}`, spec: identity });
}

/** The checkpoint in a file's bytes. @throws StoreError naming the file when it is damaged or of another run. */
export function decodeCheckpoint(bytes: Uint8Array, identity: string, path: string): Checkpoint {
  const { tensors, metadata } = parse(bytes, path);
  const step = Number(metadata.step);
  if (metadata.spec !== identity || !Number.isSafeInteger(step)) throw unusable(path, "one of another run");
  const state = Object.entries(tensors)
    .filter(([name]) => name.startsWith(statePrefix))
    .map(([name, tensor]) => [name.slice(statePrefix.length), tensor] as const);
  return { step, tensors: Object.fromEntries(state), records: recordsOf(tensors, path) };
}

function parse(bytes: Uint8Array, path: string): Safetensors {
  try {
    return readSafetensors(bytes);
  } catch (error) {
    throw error instanceof FormatError ? unusable(path, `a damaged one (${error.message})`) : error;
  }
}

function recordsOf(tensors: Readonly<Record<string, Tensor>>, path: string): readonly MetricRecord[] {
  const [steps, losses, rates] = recordFields.map((field) => tensors[`records/${field}`]);
  if (steps?.dtype !== "F64" || losses?.dtype !== "F64" || rates?.dtype !== "F64") {
    throw unusable(path, "one without records");
  }
  const scales = tensors[`records/${scaleField}`];
  const lengths = [losses, rates, ...(scales === undefined ? [] : [scales])].map(({ data }) => data.length);
  if (lengths.some((length) => length !== steps.data.length)) {
    throw unusable(path, "one with records of different lengths");
  }
  return Array.from(steps.data, (step, i) => {
    const record = { step, loss: losses.data[i]!, learningRate: rates.data[i]! };
    return scales === undefined ? record : { ...record, mixingScale: Number(scales.data[i]) };
  });
}

function unusable(path: string, got: string): StoreError {
  return new StoreError(
    `${path}: need a checkpoint of this run, got ${got}. Delete it to train from the start.`,
  );
}
