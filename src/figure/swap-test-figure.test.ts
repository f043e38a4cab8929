import { describe, expect, it } from "vitest";
import { expectFigure, figureHost } from "../../test/support/figure-snapshot.ts";
import { naiveNetwork, unevenNetwork } from "../../test/support/superposed-code.ts";
import { swapTest } from "../analyse/swap-test.ts";
import { swapTestFigure } from "./swap-test-figure.ts";

const code = unevenNetwork();
const tests = [
  { label: "a superposed code", test: swapTest(code) },
  { label: "a superposed code", test: swapTest(code, { exchange: "codeword" }) },
  { label: "naive", test: swapTest(naiveNetwork()) },
];
const figure = swapTestFigure(tests, figureHost);

describe("swapTestFigure", () => {
  it("draws the figure that is kept beside it", () => {
    expectFigure(figure, new URL("./figures/swap-test-figure.svg", import.meta.url));
  });

  it("says how many pairs swap", () => {
    expect(figure.svg).toContain("a superposed code, columns exchanged: 100 % of all 4950 pairs swap");
    expect(figure.svg).toContain("naive, columns exchanged: 24.7 % of all 4950 pairs swap");
  });

  it("never rounds up to all, and says when pairs were drawn", () => {
    const test = { ...tests[0]!.test, share: 4949 / 4950, exact: false };
    expect(swapTestFigure([{ label: "a", test }], figureHost).svg).toContain("99.9 % of 4950 of the pairs");
  });

  it("counts every direction once in either histogram", () => {
    const sums = [3, 4].map((column) =>
      figure.table.rows.reduce((total, row) => total + Number(row[column]), 0),
    );
    expect(sums).toEqual([3 * 9900, 3 * 9900]);
  });

  it("says what it needs", () => {
    const message = "swapTestFigure: need tests with finite outputs, got none. Pass swapTest(network).";
    expect(() => swapTestFigure([], figureHost)).toThrow(message);
    const broken = { ...tests[0]!.test, answers: Float64Array.of(Number.NaN) };
    expect(() => swapTestFigure([{ label: "a", test: broken }], figureHost)).toThrow(message);
  });
});
