/**
 * safetensors: a 64-bit header length, a JSON header, and the tensors' bytes, little-endian and row-major.
 * Source: the format's description in the huggingface/safetensors repository.
 *
 * Rules that the reader holds files to: the header is at most 100 MB of UTF-8 JSON that starts with `{`, names no
 * key twice, and whose offsets tile the data exactly: no hole, no overlap, nothing after the last tensor. The order
 * of keys and the alignment of tensors are free. F16 and BF16 are read as F32; 8-bit and smaller floats and
 * complex numbers are refused.
 */
import { decodeTensor, encodeElements, type StoredType, storedSize } from "./elements.ts";
import { FormatError, showShape, showValue } from "./errors.ts";
import { parseStrictJson } from "./strict-json.ts";
import { checkTensor, elementCount, elementSizes, type Tensor } from "./tensor.ts";

/** What a safetensors file holds. Names come from the file: look them up with `Object.hasOwn`. */
export interface Safetensors {
  readonly tensors: Readonly<Record<string, Tensor>>;
  readonly metadata: Readonly<Record<string, string>>;
}

const lengthBytes = 8;
const maximumHeaderBytes = 100_000_000;
const metadataKey = "__metadata__";

interface Entry {
  readonly name: string;
  readonly type: StoredType;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

/** Reads a safetensors file. Every size is checked before anything is allocated. @throws FormatError */
export function readSafetensors(bytes: Uint8Array): Safetensors {
  const { header, data } = split(bytes);
  const { [metadataKey]: metadata, ...tensors } = parseHeader(header);
  const entries = Object.entries(tensors).map(([name, value]) => parseEntry(name, value));
  checkTiling(entries, data.length);
  return {
    tensors: Object.fromEntries(entries.map((entry) => [entry.name, decode(entry, data)])),
    metadata: parseMetadata(metadata),
  };
}

/**
 * Writes a safetensors file. The bytes depend on the contents alone: tensors lie by element size, largest first (so
 * that each is aligned), then by name; metadata keys are sorted; the header is padded to a multiple of 8 bytes.
 * @throws FormatError for a tensor whose data do not fit its shape, or that is named `__metadata__`.
 */
export function writeSafetensors(
  tensors: Readonly<Record<string, Tensor>>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const ordered = Object.entries(tensors).sort(byElementSizeThenName);
  for (const [name, tensor] of ordered) checkWritable(name, tensor);
  const header = encodeHeader(ordered, metadata);
  const total = ordered.reduce((sum, [, tensor]) => sum + tensor.data.byteLength, 0);
  const bytes = new Uint8Array(lengthBytes + header.length + total);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(header.length), true);
  bytes.set(header, lengthBytes);
  let offset = lengthBytes + header.length;
  for (const [, tensor] of ordered) {
    bytes.set(encodeElements(tensor), offset);
    offset += tensor.data.byteLength;
  }
  return bytes;
}

function split(bytes: Uint8Array): { header: Uint8Array; data: Uint8Array } {
  if (bytes.length < lengthBytes) {
    throw new FormatError(
      `safetensors: need at least ${lengthBytes} bytes, got ${bytes.length}. The file is cut off, or of another format.`,
    );
  }
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset, lengthBytes).getBigUint64(0, true));
  const room = Math.min(maximumHeaderBytes, bytes.length - lengthBytes);
  if (length > room) {
    throw new FormatError(
      `safetensors: need a header of at most ${room} bytes, got a length of ${length}. ` +
        "The file is cut off, or of another format.",
    );
  }
  const end = lengthBytes + length;
  return { header: bytes.subarray(lengthBytes, end), data: bytes.subarray(end) };
}

function parseHeader(header: Uint8Array): Record<string, unknown> {
  const value = parseStrictJson(decodeText(header), "safetensors header");
  if (isRecord(value) && header[0] === "{".charCodeAt(0)) return value;
  throw new FormatError(
    "safetensors header: need a JSON object, got another value. The file is of another format.",
  );
}

function decodeText(header: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(header);
  } catch {
    throw new FormatError(
      "safetensors header: need UTF-8 text, got other bytes. The file is damaged, or of another format.",
    );
  }
}

function parseMetadata(value: unknown): Record<string, string> {
  if (value === undefined) return {};
  if (isRecord(value) && Object.values(value).every((text) => typeof text === "string")) {
    return value as Record<string, string>;
  }
  throw new FormatError(
    `safetensors ${metadataKey}: need texts by name, got something else. Write the file again.`,
  );
}

function parseEntry(name: string, value: unknown): Entry {
  const where = `safetensors tensor ${showValue(name)}`;
  if (
    !isRecord(value) ||
    Object.keys(value).some((key) => !["dtype", "shape", "data_offsets"].includes(key))
  ) {
    throw new FormatError(
      `${where}: need the keys dtype, shape and data_offsets, got something else. Write the file again.`,
    );
  }
  const type = parseType(value.dtype, where);
  const shape = parseNumbers(value.shape, `${where} shape`);
  const [begin, end] = parseOffsets(value.data_offsets, where);
  const need = elementCount(shape, where) * storedSize(type);
  if (end - begin === need) return { name, type, shape, begin, end };
  throw new FormatError(
    `${where}: need ${need} bytes for ${type} of shape ${showShape(shape)}, got ${end - begin}. Write the file again.`,
  );
}

function parseType(value: unknown, where: string): StoredType {
  if (value === "F16" || value === "BF16") return value;
  if (typeof value === "string" && Object.hasOwn(elementSizes, value)) return value as StoredType;
  const known = ["F16", "BF16", ...Object.keys(elementSizes)].join(", ");
  throw new FormatError(
    `${where}: need a dtype of ${known}, got ${showValue(value)}. Convert it, to F32 for example.`,
  );
}

function parseNumbers(value: unknown, where: string): readonly number[] {
  if (Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && item >= 0)) return value;
  throw new FormatError(
    `${where}: need a list of whole numbers ≥ 0, got ${showValue(value)}. Write the file again.`,
  );
}

function parseOffsets(value: unknown, where: string): readonly [number, number] {
  const offsets = parseNumbers(value, `${where} data_offsets`);
  if (offsets.length === 2 && offsets[0]! <= offsets[1]!) return [offsets[0]!, offsets[1]!];
  throw new FormatError(
    `${where} data_offsets: need [begin, end] with begin ≤ end, got ${showValue(value)}. Write the file again.`,
  );
}

/** Sorted by place, the tensors must follow each other from 0 to the end of the data. */
function checkTiling(entries: readonly Entry[], length: number): void {
  const sorted = [...entries].sort((a, b) => a.begin - b.begin || a.end - b.end);
  let place = 0;
  for (const { name, begin, end } of sorted) {
    if (begin !== place || end > length) throw tilingError(name, begin, end, place, length);
    place = end;
  }
  if (place === length) return;
  throw new FormatError(
    `safetensors: need ${place} bytes of data, got ${length}. The file has bytes that belong to no tensor; write it again.`,
  );
}

function tilingError(name: string, begin: number, end: number, place: number, length: number): FormatError {
  const where = `safetensors tensor ${showValue(name)}`;
  if (end > length) {
    return new FormatError(`${where}: need data up to byte ${end}, got ${length}. The file is cut off.`);
  }
  const what = begin < place ? "an overlap with the tensor before it" : "a hole before it";
  return new FormatError(`${where}: need a begin of ${place}, got ${begin}: ${what}. Write the file again.`);
}

function decode({ name, type, shape, begin, end }: Entry, data: Uint8Array): Tensor {
  return decodeTensor(type, shape, data.subarray(begin, end), true, `safetensors tensor ${showValue(name)}`);
}

function byElementSizeThenName([nameA, a]: [string, Tensor], [nameB, b]: [string, Tensor]): number {
  return elementSizes[b.dtype] - elementSizes[a.dtype] || (nameA < nameB ? -1 : 1);
}

function checkWritable(name: string, tensor: Tensor): void {
  const where = `writeSafetensors: tensor ${showValue(name)}`;
  if (name === metadataKey) {
    throw new FormatError(`${where}: need another name, got the one kept for metadata. Rename it.`);
  }
  checkTensor(tensor, where);
}

function encodeHeader(
  ordered: readonly [string, Tensor][],
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const fields: [string, unknown][] = [];
  const keys = Object.keys(metadata).sort();
  if (keys.length > 0)
    fields.push([metadataKey, Object.fromEntries(keys.map((key) => [key, metadata[key]]))]);
  let offset = 0;
  for (const [name, { dtype, shape, data }] of ordered) {
    fields.push([name, { dtype, shape, data_offsets: [offset, offset + data.byteLength] }]);
    offset += data.byteLength;
  }
  // Written field by field: an object would put names that look like whole numbers first.
  const text = `{${fields.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(",")}}`;
  const bytes = new TextEncoder().encode(text);
  const padded = new Uint8Array(Math.ceil(bytes.length / 8) * 8).fill(0x20);
  padded.set(bytes);
  return padded;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
