import { describe, expect, it } from "vitest";
import { type BarOrder, orderBars, stackTerms } from "./stack-terms.ts";

describe("stackTerms", () => {
  // Numbers that binary fractions hold exactly, so that sums are exact.
  const bar = stackTerms(3, [0.25, -0.5, 0.0625, 1, -0.125, 0.03125, -0.03125], 0.125);

  it("stacks positive terms upwards and negative ones downwards, the largest next to 0", () => {
    expect(bar.segments.slice(0, 4)).toEqual([
      { rank: 0, term: 3, from: 0, to: 1 },
      { rank: 1, term: 1, from: 0, to: -0.5 },
      { rank: 2, term: 0, from: 1, to: 1.25 },
      { rank: 3, term: 4, from: -0.5, to: -0.625 },
    ]);
  });

  it("lumps what is smaller, by sign, and so keeps the ends and the sum", () => {
    expect(bar.segments.slice(4)).toEqual([
      { rank: null, term: null, from: 1.25, to: 1.34375 },
      { rank: null, term: null, from: -0.625, to: -0.65625 },
    ]);
    expect(bar.sum).toBe(1.34375 - 0.65625);
    expect(bar.dominant).toBe(3);
  });

  it("has no segment for a row of zeros", () => {
    expect(stackTerms(0, [0, 0], 1)).toEqual({ row: 0, dominant: null, sum: 0, segments: [] });
  });
});

describe("orderBars", () => {
  const bars = [
    [0, 0],
    [0.1, 2],
    [3, 0.1],
    [1, -4],
    [0.5, 5],
  ].map((terms, row) => stackTerms(row, terms, 0.2));
  const rows = (order: BarOrder) => orderBars(bars, order).map(({ row }) => row);

  it("puts bars of one dominant term beside each other, the larger first, those without one last", () => {
    expect(rows("dominant")).toEqual([2, 4, 3, 1, 0]);
  });

  it("sorts by sums, or not at all", () => {
    expect(rows("sum")).toEqual([4, 2, 1, 0, 3]);
    expect(rows("index")).toEqual([0, 1, 2, 3, 4]);
  });

  it("sorts by the share of the largest term, whatever its sign", () => {
    // 3/3.1, 2/2.1, 5/5.5, 4/5 and nothing.
    expect(rows("share")).toEqual([2, 1, 4, 3, 0]);
  });
});
