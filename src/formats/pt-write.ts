/**
 * Writes .pt files that `torch.load(FILE, weights_only=True)` reads as a dict of tensors, PyTorch 1.13 or later; unsigned
 * integers of more than 8 bits need 2.3. The layout is torch.save's, the pickle of protocol 2 without a memo.
 */
import { encodeElements } from "./elements.ts";
import { FormatError, showValue } from "./errors.ts";
import { elementTypes, storageTypes } from "./pt-tensors.ts";
import { checkTensor, type ElementType, type Tensor } from "./tensor.ts";
import { writeZip, type ZipContent } from "./zip-write.ts";

const encoder = new TextEncoder();
const root = "archive";

/** Writes a .pt file; equal contents are equal bytes. @throws FormatError when data do not fit a shape. */
export function writePt(tensors: Readonly<Record<string, Tensor>>): Uint8Array {
  const entries = Object.entries(tensors);
  for (const [name, tensor] of entries) checkTensor(tensor, `writePt: tensor ${showValue(name)}`);
  const storages = entries.map(([, tensor], i) => file(`data/${i}`, encodeElements(tensor)));
  const files = [
    file("data.pkl", pickleOf(entries)),
    file("byteorder", encoder.encode("little")),
    ...storages,
    file("version", encoder.encode("3\n")),
  ];
  return writeZip(files, "writePt");
}

const file = (name: string, content: Uint8Array): ZipContent => ({ name: `${root}/${name}`, content });

type Bytes = readonly number[];

/** A dict: PROTO 2, EMPTY_DICT, MARK, keys and values, SETITEMS, STOP. */
function pickleOf(entries: readonly (readonly [string, Tensor])[]): Uint8Array {
  const items = entries.flatMap(([name, tensor], i) => [...text(name), ...tensorCode(tensor, `${i}`)]);
  return Uint8Array.from([0x80, 2, 0x7d, 0x28, ...items, 0x75, 0x2e]);
}

/** `_rebuild_tensor_v2(storage, 0, sizes, strides, False, OrderedDict())`; v3 with the element type at the end. */
function tensorCode({ dtype, shape, data }: Tensor, key: string): Bytes {
  const typed = nameOf(storageTypes, dtype);
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, size) => product * size, 1));
  const storage = typed === null ? global("torch.storage UntypedStorage") : global(typed);
  const elements = typed === null ? data.byteLength : data.length;
  const id = tuple([text("storage"), storage, text(key), text("cpu"), whole(elements)]);
  const hooks = [...global("collections OrderedDict"), ...tuple([]), 0x52];
  const view = [[...id, 0x51], whole(0), tuple(shape.map(whole)), tuple(strides.map(whole)), [0x89], hooks];
  return typed === null
    ? [
        ...global("torch._utils _rebuild_tensor_v3"),
        ...tuple([...view, global(nameOf(elementTypes, dtype)!)]),
        0x52,
      ]
    : [...global("torch._utils _rebuild_tensor_v2"), ...tuple(view), 0x52];
}

/** `torch FloatStorage` for F32; null where PyTorch has no such storage. */
function nameOf(names: ReadonlyMap<string, string>, dtype: ElementType): string | null {
  const found = [...names].find(([, type]) => type === dtype);
  return found === undefined ? null : found[0].replace(".", " ");
}

const global = (name: string): Bytes => [0x63, ...encoder.encode(`${name.replace(" ", "\n")}\n`)];

const tuple = (items: readonly Bytes[]): Bytes => [0x28, ...items.flat(), 0x74];

/** BINUNICODE. */
function text(value: string): Bytes {
  const bytes = encoder.encode(value);
  return [0x58, ...little(bytes.length, 4), ...bytes];
}

/** BININT below 2^31, else LONG1 of eight bytes. */
function whole(value: number): Bytes {
  if (!Number.isSafeInteger(value)) {
    throw new FormatError(`writePt: need sizes below 2^53, got ${value}. Write smaller tensors.`);
  }
  return value < 2 ** 31 ? [0x4a, ...little(value, 4)] : [0x8a, 8, ...little(value, 8)];
}

const little = (value: number, size: number): Bytes =>
  Array.from({ length: size }, (_, i) => Math.floor(value / 256 ** i) % 256);
