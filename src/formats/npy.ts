/**
 * npy: one array a file. Source: numpy.lib.format, versions 1.0, 2.0 and 3.0.
 * Read: both byte orders, C and Fortran order (turned into row-major), float16 widened to F32.
 * Written: version 1.0, little-endian, row-major, with the header padded to 64 bytes as numpy does.
 */
import { decodeTensor, encodeElements, storedSize } from "./elements.ts";
import { FormatError } from "./errors.ts";
import { formatNpyHeader, type NpyHeader, parseNpyHeader } from "./npy-header.ts";
import { checkTensor, elementCount, type Tensor } from "./tensor.ts";

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]; // \x93NUMPY
const maximumHeaderBytes = 1 << 20;
const maximumDimensions = 64; // numpy's own limit

/** Reads an npy file. Every size is checked before anything is allocated. @throws FormatError */
export function readNpy(bytes: Uint8Array): Tensor {
  const { text, data } = split(bytes);
  const header = parseNpyHeader(text);
  checkSize(header, data.length);
  const tensor = decodeTensor(header.type, header.shape, data, header.littleEndian, "npy");
  return header.fortranOrder
    ? ({ ...tensor, data: toRowMajor(tensor.data, tensor.shape) } as Tensor)
    : tensor;
}

/** Writes an npy file, version 1.0. @throws FormatError when the data do not fit the shape. */
export function writeNpy(tensor: Tensor): Uint8Array {
  checkTensor(tensor, "writeNpy");
  if (tensor.shape.length > maximumDimensions) throw dimensionsError("writeNpy", tensor.shape.length);
  const text = formatNpyHeader(tensor.dtype, tensor.shape);
  const start = Math.ceil((10 + text.length + 1) / 64) * 64;
  const bytes = new Uint8Array(start + tensor.data.byteLength).fill(0x20, 10, start);
  bytes.set([...magic, 1, 0, (start - 10) & 0xff, (start - 10) >> 8]);
  bytes.set(new TextEncoder().encode(text), 10);
  bytes[start - 1] = 0x0a;
  bytes.set(encodeElements(tensor), start);
  return bytes;
}

function split(bytes: Uint8Array): { text: string; data: Uint8Array } {
  const major = bytes[6];
  if (magic.some((byte, i) => bytes[i] !== byte) || major === undefined) {
    throw new FormatError(
      "npy: need a file that starts with \\x93NUMPY, got another start. Is it an npy file?",
    );
  }
  if (major < 1 || major > 3 || bytes[7] !== 0) {
    throw new FormatError(
      `npy: need version 1.0, 2.0 or 3.0, got ${major}.${bytes[7]}. Save the array with numpy.save.`,
    );
  }
  const { start, length } = headerPlace(bytes, major);
  if (length > Math.min(maximumHeaderBytes, bytes.length - start)) {
    throw new FormatError(
      `npy: need a header of at most ${Math.min(maximumHeaderBytes, Math.max(0, bytes.length - start))} bytes, ` +
        `got a length of ${length}. The file is cut off or damaged.`,
    );
  }
  return {
    text: decodeText(bytes.subarray(start, start + length), major),
    data: bytes.subarray(start + length),
  };
}

/** Version 1.0 has a 16-bit header length, later ones 32 bits. */
function headerPlace(bytes: Uint8Array, major: number): { start: number; length: number } {
  const start = major === 1 ? 10 : 12;
  if (bytes.length < start) {
    throw new FormatError(`npy: need at least ${start} bytes, got ${bytes.length}. The file is cut off.`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, start);
  return { start, length: major === 1 ? view.getUint16(8, true) : view.getUint32(8, true) };
}

/** Versions 1.0 and 2.0 are Latin-1, 3.0 is UTF-8; what is accepted is ASCII in all of them. */
function decodeText(header: Uint8Array, major: number): string {
  try {
    return new TextDecoder(major === 3 ? "utf-8" : "latin1", { fatal: true }).decode(header);
  } catch {
    throw new FormatError("npy header: need UTF-8 text, got other bytes. The file is damaged.");
  }
}

function checkSize({ type, shape }: NpyHeader, length: number): void {
  if (shape.length > maximumDimensions) throw dimensionsError("npy", shape.length);
  const need = elementCount(shape, "npy") * storedSize(type);
  if (need === length) return;
  const mend = need > length ? "The file is cut off." : "The file has bytes after the array.";
  throw new FormatError(
    `npy: need ${need} bytes for ${type} of shape [${shape.join(", ")}], got ${length}. ${mend}`,
  );
}

function dimensionsError(where: string, got: number): FormatError {
  return new FormatError(
    `${where}: need at most ${maximumDimensions} dimensions, got ${got}. Reshape the array.`,
  );
}

interface Elements<E> {
  [index: number]: E;
  readonly length: number;
  slice(): this;
}

/** Reorders column-major elements: the first index ran fastest, in the result the last one does. */
function toRowMajor<E, A extends Elements<E>>(columnMajor: A, shape: readonly number[]): A {
  const rowMajor = columnMajor.slice();
  const index = shape.map(() => 0);
  const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((product, size) => product * size, 1));
  let place = 0;
  for (let i = 0; i < rowMajor.length; i++) {
    rowMajor[i] = columnMajor[place]!;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index[axis]! += 1;
      place += strides[axis]!;
      if (index[axis]! < shape[axis]!) break;
      place -= index[axis]! * strides[axis]!;
      index[axis] = 0;
    }
  }
  return rowMajor;
}
