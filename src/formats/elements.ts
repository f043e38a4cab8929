/**
 * Stored elements ↔ typed arrays: byte order, and half precision widened to float32.
 * float16 is IEEE 754 binary16; bfloat16 is the upper half of a float32. Both widen exactly, NaN payloads included.
 */
import { FormatError } from "./errors.ts";
import { type ElementType, elementSizes, type Tensor } from "./tensor.ts";

/** What a file may store: every element type, and the two half precisions that are read as F32. */
export type StoredType = ElementType | "F16" | "BF16";

/** Bytes of one stored element. */
export function storedSize(type: StoredType): number {
  return type === "F16" || type === "BF16" ? 2 : elementSizes[type];
}

/**
 * A tensor from its stored bytes, which are copied; F16 and BF16 become F32.
 * @param bytes — exactly the elements, in any alignment
 * @throws FormatError for a BOOL that is neither 0 nor 1.
 */
export function decodeTensor(
  type: StoredType,
  shape: readonly number[],
  bytes: Uint8Array,
  littleEndian: boolean,
  where: string,
): Tensor {
  const copy = new Uint8Array(bytes);
  if (littleEndian !== hostIsLittleEndian()) reverseEach(copy, storedSize(type));
  if (type === "BOOL") checkBooleans(copy, where);
  return typed(type, shape, copy.buffer);
}

/** The elements' bytes, little-endian. The result may share memory with the tensor. */
export function encodeElements(tensor: Tensor): Uint8Array {
  const { buffer, byteOffset, byteLength } = tensor.data;
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  if (hostIsLittleEndian()) return bytes;
  const copy = new Uint8Array(bytes);
  reverseEach(copy, tensor.data.BYTES_PER_ELEMENT);
  return copy;
}

function typed(type: StoredType, shape: readonly number[], buffer: ArrayBuffer): Tensor {
  switch (type) {
    case "F16":
      return { dtype: "F32", shape, data: widenFloat16(new Uint16Array(buffer)) };
    case "BF16":
      return { dtype: "F32", shape, data: widenBfloat16(new Uint16Array(buffer)) };
    case "F64":
      return { dtype: type, shape, data: new Float64Array(buffer) };
    case "F32":
      return { dtype: type, shape, data: new Float32Array(buffer) };
    case "I64":
      return { dtype: type, shape, data: new BigInt64Array(buffer) };
    case "U64":
      return { dtype: type, shape, data: new BigUint64Array(buffer) };
    case "I32":
      return { dtype: type, shape, data: new Int32Array(buffer) };
    case "U32":
      return { dtype: type, shape, data: new Uint32Array(buffer) };
    case "I16":
      return { dtype: type, shape, data: new Int16Array(buffer) };
    case "U16":
      return { dtype: type, shape, data: new Uint16Array(buffer) };
    case "I8":
      return { dtype: type, shape, data: new Int8Array(buffer) };
    case "U8":
    case "BOOL":
      return { dtype: type, shape, data: new Uint8Array(buffer) };
  }
}

/** float16 bit patterns as float32 values, exactly. */
export function widenFloat16(halves: Uint16Array): Float32Array {
  const values = new Float32Array(halves.length);
  const bits = new Uint32Array(values.buffer);
  for (let i = 0; i < halves.length; i++) bits[i] = float16ToFloat32Bits(halves[i]!);
  return values;
}

/** bfloat16 bit patterns as float32 values, exactly. */
export function widenBfloat16(halves: Uint16Array): Float32Array {
  const values = new Float32Array(halves.length);
  const bits = new Uint32Array(values.buffer);
  for (let i = 0; i < halves.length; i++) bits[i] = halves[i]! << 16;
  return values;
}

function float16ToFloat32Bits(half: number): number {
  const sign = (half & 0x8000) << 16;
  const exponent = (half >> 10) & 31;
  const fraction = half & 0x3ff;
  if (exponent === 31) return sign | 0x7f800000 | (fraction << 13);
  if (exponent > 0) return sign | ((exponent + 112) << 23) | (fraction << 13); // 112 = 127 − 15, the biases' difference
  if (fraction === 0) return sign;
  const shift = Math.clz32(fraction) - 21; // brings the leading one of a subnormal to bit 10
  return sign | ((113 - shift) << 23) | (((fraction << shift) & 0x3ff) << 13);
}

function checkBooleans(bytes: Uint8Array, where: string): void {
  const index = bytes.findIndex((byte) => byte > 1);
  if (index < 0) return;
  throw new FormatError(
    `${where}: need booleans of 0 or 1, got ${bytes[index]} at element ${index}. Write the file again.`,
  );
}

function reverseEach(bytes: Uint8Array, size: number): void {
  if (size === 1) return;
  for (let start = 0; start < bytes.length; start += size) bytes.subarray(start, start + size).reverse();
}

function hostIsLittleEndian(): boolean {
  return new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;
}
