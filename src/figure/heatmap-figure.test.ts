import { describe, expect, it } from "vitest";
import { expectFigure, figureHost, parsedFigure } from "../../test/support/figure-snapshot.ts";
import { randomMatrix } from "../../test/support/random-matrix.ts";
import { readPngUri } from "../../test/support/read-png.ts";
import { combine, identity, type Matrix, matrix, multiply } from "../numeric/matrix.ts";
import { colourIndex, divergingScale } from "./colour-scale.ts";
import type { Figure } from "./figure.ts";
import { heatmapFigure } from "./heatmap-figure.ts";

const panel = (title: string, values: Matrix, xLabel = "feature j", yLabel = "feature i") => ({
  ...{ title, matrix: values, xLabel, yLabel },
});

/** Small weights of the literature's sizes: twelve features, six neurons. */
const W_in = randomMatrix(1, 6, 12, 0.8);
const W_out = combine(0.8, matrix(12, 6, randomMatrix(2, 6, 12).data), 0, matrix(12, 6));
const map = multiply(W_out, W_in);
const M = randomMatrix(3, 12, 12, 0.06);
const weights = [
  panel("W_in", W_in, "feature", "neuron"),
  panel("W_out", W_out, "neuron", "feature"),
  panel("W_out W_in", map),
  panel("M", M),
];
const figure = heatmapFigure({ panels: weights, scale: { sharing: "each" } }, figureHost);

/** The images of a figure as pixels, with the frame that they fill: matrices and bars in the order of drawing. */
function imagesOf(drawn: Figure) {
  return [...parsedFigure(drawn).querySelectorAll("image")].map((image) => ({
    ...readPngUri(image.getAttribute("href")!),
    frame: ["x", "y", "width", "height"].map((name) => Number(image.getAttribute(name))),
  }));
}

/** The colour that a value should have. */
function colourOf(value: number, limit: number): number[] {
  const scale = divergingScale(limit);
  const at = 4 * colourIndex(scale, value);
  return Array.from(scale.palette.subarray(at, at + 4));
}

describe("heatmapFigure", () => {
  it("draws the figure that is kept beside it", () => {
    expectFigure(figure, new URL("./figures/heatmap-figure.svg", import.meta.url));
  });

  it("has one image a matrix, whose pixels have the colours of the entries", () => {
    const images = imagesOf(figure);
    expect(images).toHaveLength(8);
    weights.forEach(({ matrix: { data, shape } }, which) => {
      const { width, height, rgba } = images[which]!;
      const limit = Math.max(...data.map(Math.abs));
      expect([height, width]).toEqual(shape);
      for (let i = 0; i < data.length; i++) {
        expect(Array.from(rgba.subarray(4 * i, 4 * i + 4))).toEqual(colourOf(data[i]!, limit));
      }
    });
  });

  it("draws cells of one size, square, and bars as high as their matrices", () => {
    const images = imagesOf(figure);
    const cells = images
      .slice(0, 4)
      .map(({ width, height, frame }) => [frame[2]! / width, frame[3]! / height]);
    expect(new Set(cells.flat()).size).toBe(1);
    expect(images.slice(4).map(({ frame }) => frame[3])).toEqual(
      images.slice(0, 4).map(({ frame }) => frame[3]),
    );
  });

  it("shares one scale, and marks ends that entries go beyond", () => {
    const record = { panels: weights.slice(2), scale: { sharing: "shared", limit: 0.1 } } as const;
    const drawn = heatmapFigure(record, figureHost);
    const images = imagesOf(drawn);
    expect(images).toHaveLength(3);
    expect(Array.from(images[1]!.rgba.subarray(0, 4))).toEqual(colourOf(M.data[0]!, 0.1));
    expect(drawn.svg).toContain(">≥ 0.1<");
    expect(drawn.svg).toContain(">≤ −0.1<");
    expect(figure.svg).not.toContain("≥");
  });

  it("gives an entry beyond the limit the colour of the end, and zero no ink", () => {
    expect(colourOf(-7, 0.1)).toEqual(colourOf(-0.1, 0.1));
    expect(colourOf(0, 0.1)[3]).toBe(0);
    expect(colourOf(0.1, 0.1)[3]).toBe(255);
    const [image] = imagesOf(
      heatmapFigure({ panels: [panel("0", matrix(1, 1))], scale: { sharing: "each" } }, figureHost),
    );
    expect(image!.rgba[3]).toBe(0);
  });

  it("has a table of every row, with empty cells for columns that a matrix lacks", () => {
    const { columns, rows } = figure.table;
    expect(columns).toHaveLength(14);
    expect(rows).toHaveLength(6 + 12 + 12 + 12);
    expect(rows[1]!.slice(0, 3)).toEqual(["W_in", 1, W_in.data[12]]);
    expect(rows[6]!.slice(7)).toEqual([W_out.data[5], null, null, null, null, null, null]);
  });

  it("stays small: a hundred features are one pixel each", () => {
    const large = panel("I", identity(100));
    const { svg } = heatmapFigure({ panels: [large], scale: { sharing: "shared" } }, figureHost);
    expect(svg.length).toBeLessThan(25_000);
  });

  it("says what it needs", () => {
    const draw =
      (values: Matrix, scale = {}) =>
      () =>
        heatmapFigure({ panels: [panel("M", values)], scale: { sharing: "each", ...scale } }, figureHost);
    expect(() => heatmapFigure({ panels: [], scale: { sharing: "each" } }, figureHost)).toThrow(
      "heatmapFigure: need at least one panel, got none. Pass a matrix.",
    );
    expect(draw(matrix(0, 3))).toThrow(
      'heatmapFigure: need rows × columns > 0 entries in "M", got 0 × 3 and 0. Check the matrix.',
    );
    expect(draw({ data: new Float64Array(3), shape: [2, 2] })).toThrow("got 2 × 2 and 3");
    expect(draw(matrix(2, 2, [0, 0, Number.NaN, 0]))).toThrow(
      'heatmapFigure: need finite entries in "M", got NaN at (1, 0). Train at a lower learning rate.',
    );
    expect(draw(M, { limit: 0 })).toThrow(
      "heatmapFigure: need a limit above 0, got 0. Leave it out for the largest entry.",
    );
  });
});
