import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyTensor } from "../../test/support/any-tensor.ts";
import { readSafetensors, writeSafetensors } from "./safetensors.ts";
import type { Tensor } from "./tensor.ts";

/** A file of a header text and data bytes, with whatever is wrong in them. */
function file(header: string | object, data: number | Uint8Array = 0): Uint8Array {
  const text = new TextEncoder().encode(typeof header === "string" ? header : JSON.stringify(header));
  const content = typeof data === "number" ? new Uint8Array(data) : data;
  const bytes = new Uint8Array(8 + text.length + content.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  bytes.set(content, 8 + text.length);
  return bytes;
}

const entry = (begin: number, end: number, shape = [(end - begin) / 4], dtype = "F32") => ({
  dtype,
  shape,
  data_offsets: [begin, end],
});

describe("writing and reading", () => {
  test("gives back any tensors and metadata", () => {
    const tensors = fc.dictionary(fc.string({ unit: "grapheme" }), anyTensor());
    fc.assert(
      fc.property(tensors, fc.dictionary(fc.string(), fc.string()), (contents, metadata) => {
        const read = readSafetensors(writeSafetensors(contents, metadata));
        expect(new Map(Object.entries(read.tensors))).toEqual(new Map(Object.entries(contents)));
        expect({ ...read.metadata }).toEqual({ ...metadata });
      }),
    );
  });

  test("the bytes do not depend on the order in which names were given", () => {
    const a: Tensor = { dtype: "F32", shape: [2], data: new Float32Array([1, 2]) };
    const b: Tensor = { dtype: "U8", shape: [], data: new Uint8Array([3]) };
    const forward = writeSafetensors({ a, b, 10: a, 9: b }, { x: "1", y: "2" });
    expect(writeSafetensors({ 9: b, 10: a, b, a }, { y: "2", x: "1" })).toEqual(forward);
  });

  test("every tensor lies at a multiple of its element size", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), anyTensor()), (contents) => {
        const bytes = writeSafetensors(contents);
        const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
        const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
        for (const [name, tensor] of Object.entries(contents)) {
          expect((8 + length + header[name].data_offsets[0]) % tensor.data.BYTES_PER_ELEMENT).toBe(0);
        }
      }),
    );
  });

  test("reads tensors from a view into a larger buffer", () => {
    const bytes = writeSafetensors({ a: { dtype: "F64", shape: [1], data: new Float64Array([0.1]) } });
    const larger = new Uint8Array(bytes.length + 3);
    larger.set(bytes, 3);
    expect(readSafetensors(larger.subarray(3)).tensors.a?.data[0]).toBe(0.1);
  });

  test.each([
    [
      { dtype: "F32", shape: [3], data: new Float32Array(2) },
      'writeSafetensors: tensor "a": need 3 elements of F32',
    ],
    [{ dtype: "F32", shape: [1], data: new Float64Array(1) }, "got 1 of 8 bytes. Make shape and data agree."],
    [{ dtype: "F32", shape: [0.5], data: new Float32Array(0) }, "need a shape of whole numbers ≥ 0"],
  ])("refuses to write tensor %#", (tensor, message) => {
    expect(() => writeSafetensors({ a: tensor as Tensor })).toThrow(message);
  });

  test("refuses to write a tensor under the name of the metadata", () => {
    const tensor: Tensor = { dtype: "U8", shape: [0], data: new Uint8Array(0) };
    expect(() => writeSafetensors({ __metadata__: tensor })).toThrow(
      'writeSafetensors: tensor "__metadata__": need another name, got the one kept for metadata. Rename it.',
    );
  });
});

describe("files that keep the rules", () => {
  test.each<[string, Uint8Array]>([
    ["no tensors", file({})],
    ["spaces after the header", file(`{"a":${JSON.stringify(entry(0, 8))}}     `, 8)],
    ["keys in another order than the data", file({ b: entry(4, 8), a: entry(0, 4) }, 8)],
    ["an unaligned tensor", file({ a: entry(0, 1, [1], "U8"), b: entry(1, 5) }, 5)],
    ["empty tensors at one place", file({ a: entry(0, 0, [0, 7]), b: entry(0, 0, [0]), c: entry(0, 4) }, 4)],
  ])("%s", (_, bytes) => {
    expect(() => readSafetensors(bytes)).not.toThrow();
  });

  test("the name __proto__ is a name like any other", () => {
    const { tensors } = readSafetensors(file(`{"__proto__":${JSON.stringify(entry(0, 4))}}`, 4));
    expect(Object.keys(tensors)).toEqual(["__proto__"]);
    expect(Object.getPrototypeOf(tensors)).toBe(Object.prototype);
  });
});

describe("files that break the rules", () => {
  test.each<[string, Uint8Array, string]>([
    ["too short", new Uint8Array(3), "safetensors: need at least 8 bytes, got 3. The file is cut off,"],
    ["cut off", file({}).slice(0, 9), "safetensors: need a header of at most 1 bytes, got a length of 2."],
    [
      "a length beyond 2^53",
      new Uint8Array(9).fill(255),
      "need a header of at most 1 bytes, got a length of 1844",
    ],
    ["not UTF-8", file("{}").map((byte) => byte | 128), "safetensors: need a header"],
    ["no JSON", file("{]"), "safetensors header: need JSON, got a text that is none."],
    ["a list", file("[]"), "safetensors header: need a JSON object, got another value."],
    ["spaces before the header", file(" {}"), "safetensors header: need a JSON object"],
    [
      "a name twice",
      file('{"a":1,"b":{"x":[]},"a":2}'),
      'safetensors header: need every key once, got "a" twice.',
    ],
    ["a name twice, escaped", file('{"a":1,"\\u0061" :2}'), 'need every key once, got "a" twice.'],
    ["a key twice inside", file('{"a":{"dtype":"F32","dtype":"F64"}}'), 'every key once, got "dtype" twice.'],
    ["metadata of numbers", file({ __metadata__: { a: 1 } }), "safetensors __metadata__: need texts by name"],
    [
      "an entry without shape",
      file({ a: { dtype: "F32" } }),
      'tensor "a" shape: need a list of whole numbers ≥ 0',
    ],
    [
      "an unknown key",
      file({ a: { ...entry(0, 4), stride: 1 } }, 4),
      "need the keys dtype, shape and data_offsets",
    ],
    ["an 8-bit float", file({ a: entry(0, 4, [4], "F8_E4M3") }, 4), 'got "F8_E4M3". Convert it, to F32 for'],
    ["a dtype of the prototype", file({ a: entry(0, 4, [4], "toString") }, 4), 'got "toString". Convert it'],
    ["a negative size", file({ a: entry(0, 4, [-1]) }, 4), "need a list of whole numbers ≥ 0, got [-1]."],
    ["a size beyond 2^53", file({ a: entry(0, 4, [2 ** 30, 2 ** 30]) }, 4), "whose product is below 2^53"],
    [
      "too few bytes for the shape",
      file({ a: entry(0, 4, [2]) }, 4),
      "need 8 bytes for F32 of shape [2], got 4.",
    ],
    [
      "offsets backwards",
      file({ a: entry(4, 0, [1]) }, 4),
      "need [begin, end] with begin ≤ end, got [4, 0].",
    ],
    ["three offsets", file({ a: { ...entry(0, 4), data_offsets: [0, 4, 8] } }, 4), "need [begin, end]"],
    [
      "past the end",
      file({ a: entry(0, 8) }, 4),
      'tensor "a": need data up to byte 8, got 4. The file is cut off.',
    ],
    [
      "an overlap",
      file({ a: entry(0, 8), b: entry(4, 12) }, 12),
      "got 4: an overlap with the tensor before it.",
    ],
    [
      "the same place twice",
      file({ a: entry(0, 4), b: entry(0, 4) }, 4),
      "got 0: an overlap with the tensor",
    ],
    [
      "a hole",
      file({ a: entry(0, 4), b: entry(8, 12) }, 12),
      'tensor "b": need a begin of 4, got 8: a hole before it.',
    ],
    [
      "bytes after the data",
      file({ a: entry(0, 4) }, 5),
      "need 4 bytes of data, got 5. The file has bytes that",
    ],
    [
      "a boolean of 2",
      file({ a: entry(0, 1, [1], "BOOL") }, Uint8Array.of(2)),
      "booleans of 0 or 1, got 2 at element 0.",
    ],
  ])("%s", (_, bytes, message) => {
    expect(() => readSafetensors(bytes)).toThrow(message);
  });

  test("a header that is not UTF-8", () => {
    const bytes = file('{"a":1}');
    bytes[10] = 0xff;
    expect(() => readSafetensors(bytes)).toThrow(
      "safetensors header: need UTF-8 text, got other bytes. The file is damaged, or of another format.",
    );
  });

  test("a header over 100 MB, before it is decoded", () => {
    const bytes = new Uint8Array(100_000_100);
    new DataView(bytes.buffer).setBigUint64(0, 100_000_001n, true);
    expect(() => readSafetensors(bytes)).toThrow(
      "safetensors: need a header of at most 100000000 bytes, got a length of 100000001.",
    );
  });

  test("lists nested a hundred thousand deep", () => {
    const deep = `{"a":${"[".repeat(1e5)}${"]".repeat(1e5)}}`;
    expect(() => readSafetensors(file(deep))).toThrow(
      'tensor "a": need the keys dtype, shape and data_offsets',
    );
    const shape = `{"a":{"dtype":"F32","data_offsets":[0,0],"shape":${"[".repeat(1e5)}${"]".repeat(1e5)}}}`;
    expect(() => readSafetensors(file(shape))).toThrow("need a list of whole numbers ≥ 0, got a list.");
  });
});
