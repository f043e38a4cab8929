/**
 * PyTorch's .pt files of tensors, as torch.save writes them since 1.6: a zip archive with a pickle of the structure
 * (`NAME/data.pkl`) and the bytes of each storage (`NAME/data/KEY`). Written by pt-write.ts.
 *
 * Nothing of the pickle is run: pickle.ts reads it as data, and pt-tensors.ts knows the few names that tensors need.
 * Limits: members are stored, as PyTorch writes them, so that no archive unpacks to more than itself; tensors may share
 * and stretch storages up to four times the file's size. Names are at most 1,000 characters and 32 dicts deep.
 * Refused: TorchScript, files from before 1.6, whole models, complex, quantised and sparse tensors.
 */
import { crc32 } from "./crc32.ts";
import { decodeTensor, storedSize } from "./elements.ts";
import { FormatError, showShape, showValue } from "./errors.ts";
import { readPickle } from "./pickle.ts";
import { isView, type PtView, ptHost } from "./pt-tensors.ts";
import { elementCount, type Tensor } from "./tensor.ts";
import { readZip, type ZipMember } from "./zip.ts";

const maximumDepth = 32;
const maximumName = 1000;
const maximumStretch = 4;

/**
 * Reads the tensors of a .pt file by name; those of dicts and lists within get dotted names, as
 * `state_dict.fc1.weight`. Values that are no tensors are passed over. Names come from the file: look them up with
 * `Object.hasOwn`.
 * @throws FormatError for damaged files, for pickles that mention anything but tensors, and for other kinds of .pt.
 */
export function readPt(bytes: Uint8Array): Readonly<Record<string, Tensor>> {
  checkKind(bytes);
  const archive = openArchive(readZip(bytes));
  const views = namedViews(readPickle(archive.content("data.pkl"), ptHost));
  checkTotal(views, bytes.length);
  const littleEndian = readByteOrder(archive);
  const tensors = views.map(([name, view]) => {
    const where = `pt tensor ${showValue(name)}`;
    const elements = viewedBytes(view, archive.content(`data/${view.storage.key}`), where);
    return [name, decodeTensor(view.type, view.shape, elements, littleEndian, where)] as const;
  });
  return Object.fromEntries(tensors);
}

/** A file from before 1.6 starts with a pickle of a magic number, which is a PROTO 2 and a LONG1 of ten bytes. */
function checkKind(bytes: Uint8Array): void {
  if (bytes[0] !== 0x80 || bytes[2] !== 0x8a) return;
  throw new FormatError(
    "pt: need a zip archive as PyTorch writes since 1.6, got the format before it. " +
      "Save it again: torch.save(torch.load(FILE, weights_only=True), FILE).",
  );
}

interface Archive {
  readonly has: (name: string) => boolean;
  /** The bytes of a member, checked; a view. */
  readonly content: (name: string) => Uint8Array;
}

/** Everything lies in one folder, named after the file that it was saved to. */
function openArchive(members: readonly ZipMember[]): Archive {
  const root = /^[^/]*\//.exec(members[0]?.name ?? "")?.[0] ?? "";
  const byName = new Map(members.map((member) => [member.name, member]));
  const has = (name: string) => byName.has(root + name);
  if (byName.size < members.length) {
    throw new FormatError("pt: need every member once, got one twice. Save the file again.");
  }
  if (has("constants.pkl") || members.some(({ name }) => name.startsWith(`${root}code/`))) {
    throw new FormatError(
      "pt: need a state dict, got a TorchScript archive, which is a program. " +
        "Save its tensors: torch.save(torch.jit.load(FILE).state_dict(), FILE).",
    );
  }
  const checked = new Map<string, Uint8Array>();
  const content = (name: string) => {
    const found = checked.get(name) ?? checkedContent(byName.get(root + name), name);
    checked.set(name, found);
    return found;
  };
  return { has, content };
}

function checkedContent(member: ZipMember | undefined, name: string): Uint8Array {
  const where = `pt member ${showValue(name)}`;
  if (member === undefined) {
    throw new FormatError(`${where}: need it in the archive, got none. Is it a file of torch.save?`);
  }
  const { method, data, size, crc } = member;
  if (method !== "stored" || data.length !== size) {
    throw new FormatError(
      `${where}: need it stored as PyTorch does, got it compressed. Save it with torch.save.`,
    );
  }
  if (crc32(data) === crc) return data;
  throw new FormatError(
    `${where}: need contents that fit their checksum, got damaged ones. Get the file again.`,
  );
}

function readByteOrder({ has, content }: Archive): boolean {
  const text = has("byteorder") ? new TextDecoder().decode(content("byteorder")) : "little";
  if (text === "little" || text === "big") return text === "little";
  throw new FormatError(`pt byteorder: need little or big, got ${showValue(text)}. Save the file again.`);
}

/** The tensors of a structure by dotted name. Each dict is walked once: shared ones could multiply without end. */
function namedViews(root: unknown): readonly [string, PtView][] {
  if (!(root instanceof Map)) {
    throw new FormatError("pt: need a dict of tensors, got another value. Save it as {NAME: TENSOR}.");
  }
  const found = new Map<string, PtView>();
  const seen = new Set<unknown>();
  const walk = (value: unknown, name: string, depth: number): void => {
    if (isView(value)) add(found, name, value);
    else if (value instanceof Map || Array.isArray(value)) {
      if (seen.has(value) || depth > maximumDepth) throw nestingError(name);
      seen.add(value);
      const prefix = depth === 0 ? "" : `${name}.`;
      for (const [key, item] of value.entries()) walk(item, prefix + keyText(key), depth + 1);
    }
  };
  walk(root, "", 0);
  return [...found];
}

function nestingError(name: string): FormatError {
  return new FormatError(
    `pt ${showValue(name)}: need dicts at most ${maximumDepth} deep that stand in one place each, got others. ` +
      "Save one state dict.",
  );
}

function add(found: Map<string, PtView>, name: string, view: PtView): void {
  if (name.length > maximumName || found.has(name)) {
    throw new FormatError(
      `pt tensor ${showValue(name)}: need every name once, of at most ${maximumName} characters, got another. ` +
        "Rename the tensors.",
    );
  }
  found.set(name, view);
}

const keyText = (key: unknown): string =>
  ["string", "number", "bigint", "boolean"].includes(typeof key) ? String(key) : "?";

/** Views may stretch one number to any size, so all of them together are held to the size of the file. */
function checkTotal(views: readonly (readonly [string, PtView])[], fileSize: number): void {
  let total = 0;
  for (const [name, { type, shape }] of views) {
    total += elementCount(shape, `pt tensor ${showValue(name)}`) * storedSize(type);
    if (total <= maximumStretch * fileSize) continue;
    throw new FormatError(
      `pt tensor ${showValue(name)}: need tensors of at most ${maximumStretch} times the file's ${fileSize} bytes, ` +
        `got ${total}. Save only tensors that share no memory.`,
    );
  }
}

/** The bytes of a view's elements, row-major: a part of the storage where they lie so already, else a copy. */
function viewedBytes(
  { storage, type, offset, shape, strides }: PtView,
  bytes: Uint8Array,
  where: string,
): Uint8Array {
  const size = storedSize(type);
  const held = storage.elements * (storage.type === null ? 1 : size);
  if (held !== bytes.length) {
    throw new FormatError(
      `${where}: need a storage of ${held} bytes, got ${bytes.length}. Save the file again.`,
    );
  }
  const count = shape.reduce((product, length) => product * length, 1);
  const last = shape.reduce((sum, length, axis) => sum + (length - 1) * strides[axis]!, offset);
  if (count > 0 && (last + 1) * size > bytes.length) {
    throw new FormatError(
      `${where}: need elements of its storage, got shape ${showShape(shape)} beyond its ${bytes.length} bytes. ` +
        "Save the file again.",
    );
  }
  if (isContiguous(shape, strides)) return bytes.subarray(offset * size, (offset + count) * size);
  return gather(bytes, size, shape, strides, offset, count);
}

function isContiguous(shape: readonly number[], strides: readonly number[]): boolean {
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (shape[axis] !== 1 && strides[axis] !== stride) return false;
    stride *= shape[axis]!;
  }
  return true;
}

function gather(
  bytes: Uint8Array,
  size: number,
  shape: readonly number[],
  strides: readonly number[],
  offset: number,
  count: number,
): Uint8Array {
  const result = new Uint8Array(count * size);
  const index = shape.map(() => 0);
  let place = offset;
  for (let i = 0; i < count; i++) {
    for (let byte = 0; byte < size; byte++) result[i * size + byte] = bytes[place * size + byte]!;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index[axis]! += 1;
      place += strides[axis]!;
      if (index[axis]! < shape[axis]!) break;
      place -= index[axis]! * strides[axis]!;
      index[axis] = 0;
    }
  }
  return result;
}
