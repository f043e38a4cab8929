/**
 * Tensors as plain records: an element type, a shape, and the elements row-major in the typed array of that type.
 * Limits: no views, no strides; float16 and bfloat16 have no typed array on every host, so readers widen them.
 */
import { FormatError, showShape } from "./errors.ts";

/** The typed array that holds each element type. BOOL is one byte an element, 0 or 1. */
export interface ElementArrays {
  readonly F64: Float64Array;
  readonly F32: Float32Array;
  readonly I64: BigInt64Array;
  readonly U64: BigUint64Array;
  readonly I32: Int32Array;
  readonly U32: Uint32Array;
  readonly I16: Int16Array;
  readonly U16: Uint16Array;
  readonly I8: Int8Array;
  readonly U8: Uint8Array;
  readonly BOOL: Uint8Array;
}

/** The names of the element types, as safetensors writes them. */
export type ElementType = keyof ElementArrays;

/** A tensor: `data` holds the product of `shape` elements, row-major. An empty shape is one number. */
export type Tensor<T extends ElementType = ElementType> = {
  [K in T]: { readonly dtype: K; readonly shape: readonly number[]; readonly data: ElementArrays[K] };
}[T];

/** Bytes of one element. */
export const elementSizes: Readonly<Record<ElementType, number>> = {
  F64: 8,
  F32: 4,
  I64: 8,
  U64: 8,
  I32: 4,
  U32: 4,
  I16: 2,
  U16: 2,
  I8: 1,
  U8: 1,
  BOOL: 1,
};

/** The product of a shape's sizes. @throws FormatError when a size is not a whole number ≥ 0, or all is too large. */
export function elementCount(shape: readonly number[], where: string): number {
  let count = 1;
  for (const size of shape) {
    count *= size;
    if (!Number.isSafeInteger(size) || size < 0 || !Number.isSafeInteger(count)) {
      throw new FormatError(
        `${where}: need a shape of whole numbers ≥ 0 whose product is below 2^53, got ${showShape(shape)}. ` +
          "Write the file again.",
      );
    }
  }
  return count;
}

/** Checks that a tensor holds as many elements as its shape says. @throws FormatError naming `where`. */
export function checkTensor(tensor: Tensor, where: string): void {
  const need = elementCount(tensor.shape, where);
  if (tensor.data.length === need && tensor.data.BYTES_PER_ELEMENT === elementSizes[tensor.dtype]) return;
  throw new FormatError(
    `${where}: need ${need} elements of ${tensor.dtype} for shape ${showShape(tensor.shape)}, ` +
      `got ${tensor.data.length} of ${tensor.data.BYTES_PER_ELEMENT} bytes. Make shape and data agree.`,
  );
}
