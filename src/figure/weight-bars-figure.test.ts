import { describe, expect, it } from "vitest";
import { codeNetwork } from "../../test/support/code-network.ts";
import { expectFigure, figureHost, parsedFigure } from "../../test/support/figure-snapshot.ts";
import { uniformsOf } from "../../test/support/random-matrix.ts";
import { neuronContributions } from "../analyse/neuron-contributions.ts";
import { matrix } from "../numeric/matrix.ts";
import { weightBarsFigure } from "./weight-bars-figure.ts";

/** Thirty features and fifteen neurons, of the shape of trained nets: a few large terms a feature, and many small. */
const uniform = uniformsOf(4);
const squared = (value: number) => value * value;
const skewed = () => squared(squared(squared(uniform())));
const record = {
  terms: matrix(
    30,
    15,
    Array.from({ length: 450 }, () => 0.45 * skewed() - 0.004),
  ),
};
const draw = (by: "feature" | "neuron", options: object = {}) =>
  weightBarsFigure(record, { ...figureHost, by, ...options });

describe("weightBarsFigure", () => {
  it("draws the figures that are kept beside it", () => {
    expectFigure(draw("feature"), new URL("./figures/weight-bars-figure-by-feature.svg", import.meta.url));
    expectFigure(
      draw("neuron", { order: "sum" }),
      new URL("./figures/weight-bars-figure-by-neuron.svg", import.meta.url),
    );
  });

  it("draws what a neuron reads, by its name, those that read one feature first", () => {
    const { reach } = neuronContributions(codeNetwork({ features: 24, neurons: 12, size: 3 }));
    const figure = weightBarsFigure(
      { terms: reach, name: "W_in[k, i] · ‖W_out[:, k]‖" },
      { ...figureHost, by: "neuron", order: "share" },
    );
    expectFigure(figure, new URL("./figures/weight-bars-figure-reach.svg", import.meta.url));
    expect(figure.table.columns[3]).toBe("W_in[k, i] · ‖W_out[:, k]‖");
    expect(figure.svg).toContain("12 neurons, those that have most in one feature first");
  });

  it("draws rectangles as long as the terms, from 0 on", () => {
    const small = weightBarsFigure(
      { terms: matrix(2, 2, [0.4, 0.2, -0.8, 0]) },
      { ...figureHost, by: "feature" },
    );
    const heights = [...parsedFigure(small).querySelectorAll("[aria-label=rect] rect")].map((rect) =>
      ["y", "height"].map((name) => Number(rect.getAttribute(name))),
    );
    const [first, second, third] = heights as [number[], number[], number[]];
    expect(heights).toHaveLength(3);
    // Ordered by dominant neuron, both have the first: −.8 comes before .4, on which .2 stands.
    expect(first[1]! / second[1]!).toBeCloseTo(2, 4);
    expect(first[0]).toBeCloseTo(second[0]! + second[1]!, 2);
    expect(third[0]! + third[1]!).toBeCloseTo(second[0]!, 2);
  });

  it("has every drawn term in its table, and sums that are the rows' and columns'", () => {
    for (const by of ["feature", "neuron"] as const) {
      const { rows } = draw(by).table;
      for (const [which, add] of [...Array(15).keys()].map((k) => [k, sumOf(by, k)] as const)) {
        const own = rows.filter((row) => row[1] === which);
        expect(own.reduce((total, row) => total + Number(row[3]), 0)).toBeCloseTo(add, 12);
        for (const row of own) expect(row[4]).toBeCloseTo(add, 12);
      }
    }
  });

  it("draws fewer terms for a larger share, and says which", () => {
    const bars = (share: number) => draw("feature", { leastShare: share }).table.rows.length;
    expect(bars(0.5)).toBeLessThan(bars(0.02));
    expect(draw("feature", { leastShare: 0.5 }).svg).toContain(
      "terms below 50 % of the largest of all, summed",
    );
  });

  it("numbers bars by what they are, in any order", () => {
    const ticks = [...parsedFigure(draw("neuron", { order: "sum" })).querySelectorAll("text")].map(
      (text) => text.textContent,
    );
    const order = [...new Set(draw("neuron", { order: "sum" }).table.rows.map((row) => String(row[1])))];
    expect(ticks.join(" ")).toContain(order.join(" "));
  });

  it("draws a net that does nothing as empty bars", () => {
    const { svg, table } = weightBarsFigure({ terms: matrix(3, 2) }, { ...figureHost, by: "feature" });
    expect(svg).not.toContain("NaN");
    expect(table.rows).toEqual([]);
  });

  it("stays small when thousands of terms are large: more are lumped, and the legend says from where", () => {
    const large = {
      terms: matrix(
        100,
        50,
        Array.from({ length: 5000 }, (_, i) => (i + 1) / 5000),
      ),
    };
    const { svg, table } = weightBarsFigure(large, { ...figureHost, by: "feature" });
    expect(svg.length).toBeLessThan(200_000);
    expect(svg).toContain("terms below 61 % of the largest of all");
    expect(table.rows.filter((row) => row[2] !== "rest")).toHaveLength(1951);
  });

  it("says what it needs", () => {
    const of =
      (terms: { data: ArrayLike<number>; shape: readonly [number, number] }, leastShare = 0.02) =>
      () =>
        weightBarsFigure({ terms }, { ...figureHost, by: "feature", leastShare });
    expect(of(matrix(0, 5))).toThrow(
      "weightBarsFigure: need features × neurons > 0 terms, got 0 × 5 and 0. Pass neuronContributions(network).",
    );
    expect(of(matrix(1, 2, [1, Number.NaN]))).toThrow(
      "weightBarsFigure: need finite terms, got NaN. Train at a lower learning rate.",
    );
    expect(of(matrix(1, 1), 0)).toThrow("weightBarsFigure: need a leastShare in (0, 1], got 0. Try 0.02.");
  });
});

function sumOf(by: "feature" | "neuron", which: number): number {
  const { data } = record.terms;
  const [count, start, step] = by === "feature" ? [15, which * 15, 1] : [30, which, 15];
  return Array.from({ length: count }, (_, i) => data[start + i * step]!).reduce((a, b) => a + b, 0);
}
