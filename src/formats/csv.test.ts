import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readCsv } from "./csv.ts";

const number = fc.double().map((value) => (Number.isFinite(value) ? value : Number.NaN));

test("numbers as JavaScript prints them are read to the same bits", () => {
  const tables = fc
    .tuple(fc.integer({ min: 1, max: 4 }), fc.constantFrom(",", ";", "\t"), fc.boolean())
    .chain(([columns, separator, header]) =>
      fc
        .array(fc.array(number, { minLength: columns, maxLength: columns }), { minLength: 1, maxLength: 4 })
        .map((rows) => ({ columns, separator, header, rows })),
    );
  fc.assert(
    fc.property(tables, ({ columns, separator, header, rows }) => {
      const lines = rows.map((row) =>
        row.map((value) => (Object.is(value, -0) ? "-0" : `${value}`)).join(separator),
      );
      const title = Array.from({ length: columns }, (_, i) => `x${i}`).join(separator);
      const { data, shape } = readCsv([...(header ? [title] : []), ...lines].join("\n"));
      expect(shape).toEqual([rows.length, columns]);
      expect([...data]).toEqual(rows.flat());
    }),
  );
});

describe("what a table may look like", () => {
  test.each<[string, string, number[][]]>([
    ["one number", "7", [[7]]],
    [
      "spaces, signs, exponents",
      " +1 , -.5 ,\t2.e+3\n3,4,5\n".replace("\t", " "),
      [
        [1, -0.5, 2000],
        [3, 4, 5],
      ],
    ],
    [
      "a byte order mark and Windows line ends",
      "\uFEFF1;2\r\n3;4\r\n\r\n",
      [
        [1, 2],
        [3, 4],
      ],
    ],
    ["a header", "a,b\n1,2", [[1, 2]]],
    [
      "numbers that are not finite",
      "nan,-inf\nNaN,inf",
      [
        [Number.NaN, -Infinity],
        [Number.NaN, Infinity],
      ],
    ],
  ])("%s", (_, text, rows) => {
    const { data, shape } = readCsv(new TextEncoder().encode(text));
    expect(shape).toEqual([rows.length, rows[0]!.length]);
    expect([...data]).toEqual(rows.flat());
  });
});

describe("tables that are refused", () => {
  test.each<[string, string | Uint8Array, string]>([
    ["empty", "", "csv: need at least one row of numbers, got none. Is it empty?"],
    ["a header alone", "a,b\n", "csv: need at least one row of numbers, got none."],
    [
      "a bad cell",
      "1,2\n3,x4\n",
      'csv row 2, column 2: need a number, got "x4". Use a decimal point, and comma,',
    ],
    ["a bad cell in the first row", "1,two\n3,4", 'csv row 1, column 2: need a number, got "two".'],
    ["a bad cell below a header", "a,b\n1,2\n3,0x4", 'csv row 3, column 2: need a number, got "0x4".'],
    ["an empty cell", "1,\n", 'csv row 1, column 2: need a number, got "".'],
    ["spaces between numbers", "1 2\n3 4\n5 6", 'csv row 1, column 1: need a number, got "1 2".'],
    ["decimal commas", "1,5;2,5\n1;2", 'csv row 1, column 1: need a number, got "1,5". Use a decimal point'],
    ["a short row", "1,2\n3\n", "csv row 2: need 2 cells as in row 1, got 1. Give every row as many cells."],
    ["an empty line between", "1,2\n\n3,4", "csv row 2: need 2 cells as in row 1, got 1."],
    [
      "not UTF-8",
      Uint8Array.of(0xff, 0xfe, 0x31),
      "csv: need UTF-8 text, got other bytes. Is it a csv file?",
    ],
  ])("%s", (_, source, message) => {
    expect(() => readCsv(source)).toThrow(message);
  });

  test("a wide first row over many short ones reserves nothing", () => {
    // Rows times columns would be 10^10 numbers.
    const text = `${"1,".repeat(1e5)}1\n${"1\n".repeat(1e5)}`;
    expect(() => readCsv(text)).toThrow("csv row 2: need 100001 cells as in row 1, got 1.");
  });
});
