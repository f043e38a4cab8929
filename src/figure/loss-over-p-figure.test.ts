import { describe, expect, it } from "vitest";
import { densities, point } from "../../test/support/figure-records.ts";
import { expectFigure, figureHost, parsedFigure } from "../../test/support/figure-snapshot.ts";
import { lossOverPFigure } from "./loss-over-p-figure.ts";

const curve = (label: string, at: (p: number) => number) => ({
  label,
  points: densities.map((p) => point(p, at(p), 0.0012 + 0.002 * p)),
});
const record = {
  curves: [
    curve("trained, clean labels", (p) => 0.0834 - 0.012 * p),
    curve("trained, symmetric M", (p) => 0.0655 + 0.05 * p),
    curve("trained, asymmetric M", (p) => 0.0668 + 0.042 * p),
    curve("trained, M from a random embedding", (p) => 0.0731 + 0.03 * p),
  ],
  references: [
    { label: "naive", kind: "naive", value: 1 / 12 },
    {
      label: "naive with offset",
      kind: "offset",
      value: densities.map((x) => ({ x, y: 1 / 12 - 0.031 * x })),
    },
    { label: "rank bound", kind: "bound", value: densities.map((x) => ({ x, y: 0.0544 - 0.012 * x })) },
  ],
} as const;
const figure = lossOverPFigure(record, figureHost);

describe("lossOverPFigure", () => {
  it("draws the figure that is kept beside it", () => {
    expectFigure(figure, new URL("./figures/loss-over-p-figure.svg", import.meta.url));
  });

  it("puts decades of p at equal distances, and says them as numbers", () => {
    const ticks = [...parsedFigure(figure).querySelectorAll('[aria-label="x-axis tick label"] text')];
    expect(ticks.map((tick) => tick.textContent)).toEqual(["0.001", "0.01", "0.1", "1"]);
    const places = ticks.map((tick) =>
      Number(/translate\(([\d.]+)/.exec(tick.getAttribute("transform")!)![1]),
    );
    expect(places[1]! - places[0]!).toBeCloseTo(places[3]! - places[2]!, 2);
  });

  it("says the naive line's value in the legend, and that bars are 95 % intervals", () => {
    const legend = parsedFigure(figure).querySelector("[aria-label=legend]")!.textContent;
    expect(legend).toContain("naive (0.0833)");
    expect(legend).toContain("95 % interval");
  });

  it("has every point and reference in its table", () => {
    expect(figure.table.columns).toEqual([
      "label",
      "density of the inputs, p",
      "loss per output / p",
      "95 % low",
      "95 % high",
    ]);
    expect(figure.table.rows).toHaveLength(4 * 10 + 1 + 2 * 10);
    expect(figure.table.rows[40]).toEqual(["naive", null, 1 / 12, null, null]);
  });

  it("leaves a gap for a missing value, and leaves out what a logarithm has no place for", () => {
    const points = [
      { x: 0, y: 0.05 },
      { x: 0.01, y: 0.06 },
      { x: 0.02, y: 0.07 },
      { x: 0.05, y: null },
      { x: 0.1, y: 0.08 },
    ];
    const { svg, table } = lossOverPFigure({ curves: [{ label: "gap", points }] }, figureHost);
    const path = /aria-label="line"[^>]*><path d="([^"]+)"/.exec(svg)![1]!;
    expect(path.match(/M/g)).toHaveLength(2);
    expect(table.rows).toHaveLength(5);
  });

  it("draws a single point", () => {
    const { svg } = lossOverPFigure(
      { curves: [{ label: "one", points: [{ x: 0.01, y: 0.07 }] }] },
      figureHost,
    );
    expect(svg).not.toContain("NaN");
    expect(svg).toContain("<circle");
  });

  it("says what it needs when there is nothing to draw", () => {
    const missing = { label: "missing", points: [{ x: 0.01, y: null }] };
    const text = "lossOverPFigure: need at least one curve with a value, got none. Pass measured points.";
    for (const curves of [[], [missing]]) {
      expect(() => lossOverPFigure({ curves }, figureHost)).toThrow(text);
    }
  });
});
