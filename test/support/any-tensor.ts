/** Any tensor, for property tests: every element type, 0 to 3 dimensions, up to 64 elements. */
import fc from "fast-check";
import type { ElementType, Tensor } from "../../src/formats/tensor.ts";

const elements: { readonly [T in ElementType]: (count: number) => fc.Arbitrary<Tensor["data"]> } = {
  F64: (count) => fc.float64Array({ minLength: count, maxLength: count }),
  F32: (count) => fc.float32Array({ minLength: count, maxLength: count }),
  I64: (count) => fc.bigInt64Array({ minLength: count, maxLength: count }),
  U64: (count) => fc.bigUint64Array({ minLength: count, maxLength: count }),
  I32: (count) => fc.int32Array({ minLength: count, maxLength: count }),
  U32: (count) => fc.uint32Array({ minLength: count, maxLength: count }),
  I16: (count) => fc.int16Array({ minLength: count, maxLength: count }),
  U16: (count) => fc.uint16Array({ minLength: count, maxLength: count }),
  I8: (count) => fc.int8Array({ minLength: count, maxLength: count }),
  U8: (count) => fc.uint8Array({ minLength: count, maxLength: count }),
  BOOL: (count) => fc.uint8Array({ minLength: count, maxLength: count, max: 1 }),
};

/** An arbitrary tensor whose data fit its shape. */
export function anyTensor(): fc.Arbitrary<Tensor> {
  const shapes = fc.array(fc.nat({ max: 4 }), { maxLength: 3 });
  const types = fc.constantFrom(...(Object.keys(elements) as ElementType[]));
  return fc.tuple(types, shapes).chain(([dtype, shape]) => {
    const count = shape.reduce((product, size) => product * size, 1);
    return elements[dtype](count).map((data) => ({ dtype, shape, data }) as Tensor);
  });
}
