/**
 * What PyTorch's pickles say about tensors: which names they may mention, and views of storages as stored tensors.
 * Source: torch/_utils.py, `_rebuild_tensor_v2`, `_rebuild_tensor_v3` and `_rebuild_parameter`; torch/serialization.py.
 */
import type { StoredType } from "./elements.ts";
import { FormatError, showValue } from "./errors.ts";
import { type PickleHost, PickleName } from "./pickle.ts";

/** Bytes that stand in `data/KEY` of the archive; `type` is null where each tensor says its own. */
export interface PtStorage {
  readonly kind: "storage";
  readonly key: string;
  readonly type: StoredType | null;
  readonly elements: number;
}

/** A view of a storage; element [i, j, …] is at offset + i · strides[0] + j · strides[1] + … */
export interface PtView {
  readonly kind: "view";
  readonly storage: PtStorage;
  readonly type: StoredType;
  readonly offset: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
}

/** Element types by the name of their storage. */
export const storageTypes: ReadonlyMap<string, StoredType> = new Map([
  ["torch.DoubleStorage", "F64"],
  ["torch.FloatStorage", "F32"],
  ["torch.HalfStorage", "F16"],
  ["torch.BFloat16Storage", "BF16"],
  ["torch.LongStorage", "I64"],
  ["torch.IntStorage", "I32"],
  ["torch.ShortStorage", "I16"],
  ["torch.CharStorage", "I8"],
  ["torch.ByteStorage", "U8"],
  ["torch.BoolStorage", "BOOL"],
]);

/** Element types by their own name. */
export const elementTypes: ReadonlyMap<string, StoredType> = new Map([
  ["torch.float64", "F64"],
  ["torch.float32", "F32"],
  ["torch.float16", "F16"],
  ["torch.bfloat16", "BF16"],
  ["torch.int64", "I64"],
  ["torch.uint64", "U64"],
  ["torch.int32", "I32"],
  ["torch.uint32", "U32"],
  ["torch.int16", "I16"],
  ["torch.uint16", "U16"],
  ["torch.int8", "I8"],
  ["torch.uint8", "U8"],
  ["torch.bool", "BOOL"],
]);

const untyped = "torch.storage.UntypedStorage";
const maximumDimensions = 64; // PyTorch's own limit

/** Values of calls. None of these is Python's function: each makes a record of its arguments. */
const calls: ReadonlyMap<string, (args: readonly unknown[]) => unknown> = new Map([
  ["collections.OrderedDict", orderedDict],
  ["torch._utils._rebuild_tensor_v2", (args) => viewOf(args, 6, typeOfStorage(args))],
  ["torch._utils._rebuild_tensor_v3", (args) => viewOf(args, 7, typeOfName(args[6]))],
  ["torch._utils._rebuild_parameter", ([tensor]) => tensor],
  ["torch.Size", ([sizes]) => sizes],
  ["torch.device", ([name]) => name],
]);

const unsupported = /^torch\.(storage\.)?(Q\w+|Complex\w+|\w*Storage|complex\d+|float[48]_\w+|q?u?int\d+)$/;

/** The names that tensors need, and nothing else. */
export const ptHost: PickleHost = { checkName, call, persistent };

function checkName(name: string): void {
  if (calls.has(name) || storageTypes.has(name) || elementTypes.has(name) || name === untyped) return;
  if (unsupported.test(name)) {
    throw new FormatError(
      `pt: need float, integer or boolean tensors, got ${showValue(name)}. Convert them, to float32 for example.`,
    );
  }
  throw new FormatError(
    `pt: need tensors and plain values alone, got ${showValue(name)}, which Python would look up and could run. ` +
      "Nothing was run. Save the tensors alone: torch.save(model.state_dict(), FILE).",
  );
}

function call(name: string, args: readonly unknown[]): unknown {
  const make = calls.get(name);
  if (make === undefined) throw damaged("a call that makes a tensor", showValue(name));
  return make(args);
}

/** `OrderedDict()`, or with a list of pairs. */
function orderedDict([pairs = []]: readonly unknown[]): Map<unknown, unknown> {
  if (Array.isArray(pairs) && pairs.every((pair) => Array.isArray(pair) && pair.length === 2)) {
    return new Map(pairs as [unknown, unknown][]);
  }
  throw damaged("pairs of keys and values", "other values");
}

/** ("storage", type, key, device, elements) */
function persistent(id: unknown): PtStorage {
  if (!Array.isArray(id) || id[0] !== "storage")
    throw damaged("a storage", "something else outside the pickle");
  const [, name, key, , elements] = id as readonly unknown[];
  const type = name instanceof PickleName ? storageTypes.get(name.name) : undefined;
  const isUntyped = name instanceof PickleName && name.name === untyped;
  if ((type === undefined && !isUntyped) || typeof key !== "string" || !isCount(elements)) {
    throw damaged("a storage's type, key and size", "other values");
  }
  return { kind: "storage", key, type: type ?? null, elements };
}

function typeOfStorage([storage]: readonly unknown[]): StoredType {
  const type = isStorage(storage) ? storage.type : null;
  if (type === null) throw damaged("a storage with an element type", "another value");
  return type;
}

function typeOfName(name: unknown): StoredType {
  const type = name instanceof PickleName ? elementTypes.get(name.name) : undefined;
  if (type === undefined) throw damaged("an element type", "another value");
  return type;
}

/** (storage, offset, sizes, strides, requires_grad, hooks, …, metadata), the last at `metadata`. */
function viewOf(args: readonly unknown[], metadata: number, type: StoredType): PtView {
  const [storage, offset, shape, strides] = args;
  if (!isStorage(storage) || !isCount(offset) || !isCounts(shape) || !isCounts(strides)) {
    throw damaged("a tensor's storage, offset, sizes and strides", "other values");
  }
  if (shape.length !== strides.length || shape.length > maximumDimensions) {
    throw damaged(
      `a stride for each of at most ${maximumDimensions} sizes`,
      `${shape.length} and ${strides.length}`,
    );
  }
  const bits = args[metadata] ?? null; // PyTorch's mark of a tensor to be negated or conjugated when it is read
  if (bits !== null && !(bits instanceof Map && bits.size === 0)) {
    throw new FormatError("pt: need resolved tensors, got one to be negated. Save its .resolve_neg().");
  }
  return { kind: "view", storage, type, offset, shape, strides };
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

const isCounts = (value: unknown): value is readonly number[] => Array.isArray(value) && value.every(isCount);

const isStorage = (value: unknown): value is PtStorage =>
  typeof value === "object" && value !== null && "kind" in value && value.kind === "storage";

/** Whether a value of a pickle is a tensor. */
export const isView = (value: unknown): value is PtView =>
  typeof value === "object" && value !== null && "kind" in value && value.kind === "view";

function damaged(need: string, got: string): FormatError {
  return new FormatError(`pt: need ${need}, got ${got}. The file is damaged; save it again.`);
}
