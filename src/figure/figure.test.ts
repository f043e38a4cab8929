import { describe, expect, it } from "vitest";
import { csvOf } from "./figure.ts";

describe("csvOf", () => {
  it("writes a header, exact numbers, quoted text and empty cells", () => {
    const rows = [
      ["symmetric, std 0.033", 0.1, null],
      ['the "naive" net', 1e-7, -2],
    ];
    expect(csvOf({ columns: ["label", "L/p", "x"], rows })).toBe(
      'label,L/p,x\n"symmetric, std 0.033",0.1,\n"the ""naive"" net",1e-7,-2\n',
    );
  });

  it("spells numbers that are not finite as the reader of CSV takes them", () => {
    const rows = [[Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]];
    expect(csvOf({ columns: ["a", "b", "c"], rows })).toBe("a,b,c\nnan,inf,-inf\n");
  });
});
