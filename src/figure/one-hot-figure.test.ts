import { describe, expect, it } from "vitest";
import { noise } from "../../test/support/figure-records.ts";
import { expectFigure, figureHost, parsedFigure } from "../../test/support/figure-snapshot.ts";
import { type Network, oneHotResponses } from "../evaluate/index.ts";
import { matrix } from "../numeric/matrix.ts";
import { oneHotFigure } from "./one-hot-figure.ts";

/** `features` features, of which the first `kept` have a neuron of their own, and leaks of about `leak`. */
function network(features: number, kept: number, leak: number): Network {
  const W_in = matrix(kept, features);
  const W_out = matrix(features, kept);
  for (let k = 0; k < kept; k++) {
    for (let i = 0; i < features; i++) {
      W_in.data[k * features + i] = (i === k ? 1 : 0) + leak * (noise(k * features + i) - 0.5);
      W_out.data[i * kept + k] = (i === k ? 1 : 0) + leak * (noise(7 + i * kept + k) - 0.5);
    }
  }
  return { W_in, W_out, M: null };
}
const panel = (label: string, ...sizes: [number, number, number]) => ({
  label,
  responses: oneHotResponses(network(...sizes)),
});
const panels = [panel("naive", 100, 50, 0), panel("trained on symmetric M", 100, 50, 0.35)];
const figure = oneHotFigure(panels, figureHost);

describe("oneHotFigure", () => {
  it("draws the figure that is kept beside it", () => {
    expectFigure(figure, new URL("./figures/one-hot-figure.svg", import.meta.url));
  });

  it("keeps of the naive net's straight responses their ends and bends alone", () => {
    const lines = [...parsedFigure(figure).querySelectorAll('[stroke-opacity="0.4"] path')];
    const kept = lines[0]!.getAttribute("d")!;
    const lost = lines[50]!.getAttribute("d")!;
    expect(kept.match(/L/g)).toHaveLength(2);
    expect(lost.match(/L/g)).toHaveLength(1);
  });

  it("has a row for every value, with every feature's response", () => {
    expect(figure.table.rows).toHaveLength(2 * 41);
    expect(figure.table.columns.slice(-1)).toEqual(["ŷ_99"]);
    expect(figure.table.rows[40]!.slice(0, 7)).toEqual(["naive", 1, 1, 0.5, 0, 0, 1]);
  });

  it("draws four panels, of many features only some, and says so", () => {
    const four = ["a", "b with a long label that does not fit", "c", "d"].map((label, i) =>
      panel(label, 300, 60, 0.1 * i),
    );
    const { svg } = oneHotFigure(four, figureHost);
    expect(svg.length).toBeLessThan(60_000);
    expect(svg).toMatch(/one feature \(every 2nd is drawn\)/);
  });

  it("draws a single feature at a single value", () => {
    expect(
      oneHotFigure([{ label: "one", responses: oneHotResponses(network(1, 1, 0), [1]) }], figureHost).svg,
    ).not.toContain("NaN");
  });

  it("says what it needs when there is nothing to draw, or too much", () => {
    const text = (n: number) =>
      `oneHotFigure: need 1 to 4 panels, got ${n}. Draw more networks in several figures.`;
    expect(() => oneHotFigure([], figureHost)).toThrow(text(0));
    expect(() => oneHotFigure(Array(5).fill(panels[0]), figureHost)).toThrow(text(5));
    const empty = { label: "empty", responses: oneHotResponses(network(1, 1, 0), []) };
    expect(() => oneHotFigure([empty], figureHost)).toThrow(
      'oneHotFigure: panel "empty" needs features and values, got none. Pass what oneHotResponses gives.',
    );
  });
});
