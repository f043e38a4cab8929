import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyTensor } from "../../test/support/any-tensor.ts";
import { readNpy, writeNpy } from "./npy.ts";
import type { Tensor } from "./tensor.ts";

/** A file of version 1.0 with any header text. */
function file(header: string, data: ArrayLike<number> = [], version: readonly number[] = [1, 0]): Uint8Array {
  const text = new TextEncoder().encode(header);
  const start = version[0] === 1 ? 10 : 12;
  const bytes = new Uint8Array(start + text.length + data.length);
  bytes.set([0x93, ...new TextEncoder().encode("NUMPY"), ...version, text.length & 255, text.length >> 8]);
  bytes.set(text, start);
  bytes.set(data, start + text.length);
  return bytes;
}

const header = (descr: string, shape = "(1,)", order = "False") =>
  `{'descr': ${descr}, 'fortran_order': ${order}, 'shape': ${shape}, }\n`;

test("writing and reading gives back any tensor", () => {
  fc.assert(
    fc.property(anyTensor(), (tensor) => {
      expect(readNpy(writeNpy(tensor))).toEqual(tensor);
    }),
  );
});

test("the data start at a multiple of 64 bytes, after a line end", () => {
  fc.assert(
    fc.property(anyTensor(), (tensor) => {
      const bytes = writeNpy(tensor);
      const start = bytes.length - tensor.data.byteLength;
      expect([start % 64, bytes[start - 1]]).toEqual([0, 10]);
    }),
  );
});

test("Fortran order is turned into row-major, for any shape", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }), (shape) => {
      // Element (i, j, …) is written as the number of its place in column-major order.
      const count = shape.reduce((product, size) => product * size, 1);
      const places = Array.from({ length: count }, (_, place) => place);
      const { data } = readNpy(file(header("'|u1'", `(${shape.join(",")},)`, "True"), places));
      for (let flat = 0; flat < count; flat++) {
        let rest = flat;
        const index = shape.map((_, axis) => {
          const below = shape.slice(axis + 1).reduce((product, size) => product * size, 1);
          const position = Math.floor(rest / below);
          rest %= below;
          return position;
        });
        const place = index.reduceRight((sum, position, axis) => sum * shape[axis]! + position, 0);
        expect(data[flat]).toBe(place);
      }
    }),
  );
});

describe("headers that numpy writes now or wrote once", () => {
  test.each<[string, string]>([
    ["double quotes", '{"descr": "|u1", "fortran_order": False, "shape": (1,)}'],
    ["another order, no spaces", "{'shape':(1,),'descr':'|u1','fortran_order':False}"],
    ["a long integer of Python 2", "{'descr': '|u1', 'fortran_order': False, 'shape': (1L,), }   \n"],
    ["a byte order on one byte", header("'<u1'")],
  ])("%s", (_, text) => {
    expect(readNpy(file(text, [7]))).toEqual({ dtype: "U8", shape: [1], data: Uint8Array.of(7) });
  });
});

describe("files that are refused", () => {
  test.each<[string, Uint8Array, string]>([
    ["foreign", Uint8Array.of(1, 2, 3), "npy: need a file that starts with \\x93NUMPY, got another start."],
    ["a later version", file(header("'|u1'"), [1], [4, 0]), "npy: need version 1.0, 2.0 or 3.0, got 4.0."],
    [
      "an unknown minor version",
      file(header("'|u1'"), [1], [1, 1]),
      "need version 1.0, 2.0 or 3.0, got 1.1.",
    ],
    ["cut in the length", file(header("'|u1'")).slice(0, 9), "npy: need at least 10 bytes, got 9."],
    [
      "cut in the header",
      file(header("'|u1'")).slice(0, 40),
      "need a header of at most 30 bytes, got a length of",
    ],
    [
      "cut in the data",
      file(header("'<f4'"), [0, 0]),
      "npy: need 4 bytes for F32 of shape [1], got 2. The file is cut",
    ],
    ["bytes after the data", file(header("'|u1'"), [0, 0]), "got 2. The file has bytes after the array."],
    ["objects", file(header("'|O'"), [0]), "got \"|O\". Save the array with astype('<f4')."],
    [
      "complex numbers",
      file(header("'<c8'"), [0]),
      "npy descr: need a byte order (< or >) and one of f2, f4, f8, i1",
    ],
    ["no byte order", file(header("'|f4'"), [0, 0, 0, 0]), 'got "|f4".'],
    ["a descr of the prototype", file(header("'<valueOf'"), [0]), 'got "<valueOf".'],
    [
      "records",
      file(header("[('a', '<f4')]"), [0]),
      'need a text, True, False or a tuple of whole numbers, got "["',
    ],
    ["a negative size", file(header("'|u1'", "(-1,)"), [0]), 'npy header: need a whole number ≥ 0, got "-".'],
    [
      "a huge shape",
      file(header("'|u1'", "(9007199254740993, 2)"), [0]),
      "whose product is below 2^53, got [",
    ],
    [
      "sizes past the end",
      file(header("'<f8'", "(100000000, 1000000)"), []),
      "need 800000000000000 bytes for F64",
    ],
    [
      "65 dimensions",
      file(header("'|u1'", `(${"1,".repeat(65)})`), [0]),
      "need at most 64 dimensions, got 65.",
    ],
    [
      "a key twice",
      file("{'shape': (), 'shape': ()}"),
      'npy header: need every key once, got "shape" twice.',
    ],
    [
      "a missing key",
      file("{'descr': '|u1', 'shape': (1,)}", [0]),
      "need the keys descr (a text), fortran_order",
    ],
    [
      "an unknown key",
      file("{'descr':'|u1','fortran_order':False,'shape':(),'x':()}", [0]),
      "need the keys descr",
    ],
    [
      "text after the header",
      file(`${header("'|u1'")}x`, [0]),
      'need nothing after the dictionary, got "x".',
    ],
    [
      "not UTF-8 in version 3.0",
      file(header("'|u1'"), [0], [3, 0]).fill(255, 20, 22),
      "npy header: need UTF-8 text",
    ],
    ["a boolean of 2", file(header("'|b1'"), [2]), "npy: need booleans of 0 or 1, got 2 at element 0."],
  ])("%s", (_, bytes, message) => {
    expect(() => readNpy(bytes)).toThrow(message);
  });

  test("a tensor that does not fit its shape is not written", () => {
    const tensor: Tensor = { dtype: "I8", shape: [2, 2], data: new Int8Array(3) };
    expect(() => writeNpy(tensor)).toThrow(
      "writeNpy: need 4 elements of I8 for shape [2, 2], got 3 of 1 bytes. Make shape and data agree.",
    );
  });
});
