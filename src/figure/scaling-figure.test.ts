import { describe, expect, it } from "vitest";
import { expectFigure, figureHost, parsedFigure } from "../../test/support/figure-snapshot.ts";
import { type ScalingPanel, scalingFigure } from "./scaling-figure.ts";

const kinds = [
  { label: "squares, Gram path", rate: 4000 },
  { label: "fourth powers, general path", rate: 300 },
  { label: "toy model of superposition, general path", rate: 2000 },
];
/** Rates that fall with a power of the size, about as measured ones do. */
const panel = (size: string, values: readonly number[], power: number): ScalingPanel => ({
  size,
  curves: kinds.map(({ label, rate }) => ({
    label,
    points: values.map((x) => ({ x, y: rate * (values[2]! / x) ** power })),
  })),
});
const record = {
  quantity: "steps a second",
  panels: [
    panel("features, n", [20, 50, 100, 200, 500], 1.1),
    panel("neurons, h", [5, 20, 50, 100, 200], 0.9),
    panel("samples in a batch, B", [64, 256, 1024, 4096, 16384], 0.8),
    panel("density of the inputs, p", [0.001, 0.003, 0.01, 0.1, 1], 0.7),
  ],
};
const figure = scalingFigure(record, figureHost);

describe("scalingFigure", () => {
  it("draws the figure that is kept beside it", () => {
    expectFigure(figure, new URL("./figures/scaling-figure.svg", import.meta.url));
  });

  it("has a panel a size, with its words, and every kind once in the legend", () => {
    const svg = parsedFigure(figure);
    const panels = [...svg.querySelectorAll("[aria-label=panel]")];
    expect(panels).toHaveLength(4);
    for (const [i, { size }] of record.panels.entries()) expect(panels[i]!.textContent).toContain(size);
    const legend = svg.querySelector("[aria-label=legend]")!.textContent!;
    for (const { label } of kinds) expect(legend.split(label)).toHaveLength(2);
  });

  it("has every point in its table", () => {
    expect(figure.table.columns).toEqual(["varied", "label", "value", "steps a second"]);
    expect(figure.table.rows).toHaveLength(4 * 3 * 5);
    expect(figure.table.rows[2]).toEqual(["features, n", "squares, Gram path", 100, 4000]);
  });

  it("keeps a kind's look in panels that lack another kind", () => {
    const [first, ...others] = record.panels;
    const lacking = { ...first!, curves: first!.curves.slice(1) };
    const drawn = parsedFigure(scalingFigure({ ...record, panels: [lacking, ...others] }, figureHost));
    const [colours, coloursBeside] = [...drawn.querySelectorAll("[aria-label=panel]")].map((one) =>
      [...one.querySelectorAll("[aria-label=line]")].map((line) => line.getAttribute("stroke")),
    );
    expect(colours).toHaveLength(2);
    expect(coloursBeside!.slice(1)).toEqual(colours);
    expect(new Set(coloursBeside)).toHaveProperty("size", 3);
  });

  it("says what it needs", () => {
    const empty = { quantity: "steps a second", panels: [{ size: "features, n", curves: [] }] };
    expect(() => scalingFigure(empty, figureHost)).toThrow(
      "scalingFigure: need at least one rate above 0, got none. Pass measured points.",
    );
  });
});
