import { expect, test } from "vitest";
import { decodeTensor, encodeElements, widenBfloat16, widenFloat16 } from "./elements.ts";

test("every float16 pattern widens to its value", () => {
  const patterns = Uint16Array.from({ length: 65536 }, (_, pattern) => pattern);
  const widened = widenFloat16(patterns);
  const wrong = patterns.filter((pattern) => {
    // IEEE 754 binary16: sign, 5 exponent bits with bias 15, 10 fraction bits; exponent 31 is not finite.
    const sign = pattern >> 15 ? -1 : 1;
    const exponent = (pattern >> 10) & 31;
    const fraction = pattern & 1023;
    const finite = exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15);
    const special = fraction === 0 ? Number.POSITIVE_INFINITY : Number.NaN;
    return !Object.is(widened[pattern], sign * (exponent === 31 ? special : finite));
  });
  expect(wrong).toEqual(new Uint16Array(0));
});

test("bfloat16 is the upper half of a float32", () => {
  const values = new Float32Array([1, -0.15625, 2 ** -133, Number.NEGATIVE_INFINITY]);
  const halves = Uint16Array.from(new Uint32Array(values.buffer), (bits) => bits >>> 16);
  expect(widenBfloat16(halves)).toEqual(values);
});

test("both byte orders, in any alignment, without touching the source", () => {
  const bytes = Uint8Array.of(0, 1, 2, 3, 4);
  const decode = (littleEndian: boolean) =>
    decodeTensor("U16", [2], bytes.subarray(1), littleEndian, "test").data;
  expect([...decode(true)]).toEqual([0x0201, 0x0403]);
  expect([...decode(false)]).toEqual([0x0102, 0x0304]);
  expect([...bytes]).toEqual([0, 1, 2, 3, 4]);
});

test("elements are written little-endian", () => {
  const data = new Uint32Array([0x01020304]);
  expect([...encodeElements({ dtype: "U32", shape: [1], data })]).toEqual([4, 3, 2, 1]);
});
