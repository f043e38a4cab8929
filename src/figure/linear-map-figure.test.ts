import { describe, expect, it } from "vitest";
import { expectFigure, figureHost, parsedFigure } from "../../test/support/figure-snapshot.ts";
import { randomMatrix } from "../../test/support/random-matrix.ts";
import { readPngUri } from "../../test/support/read-png.ts";
import { compareLinearMap } from "../analyse/linear-map.ts";
import { linearMapBins } from "../analyse/matrix-bins.ts";
import { combine, identity, type Matrix, matrix } from "../numeric/matrix.ts";
import { linearMapFigure } from "./linear-map-figure.ts";

const n = 30;
const M = randomMatrix(1, n, n, 0.1);
const noise = randomMatrix(2, n, n, 0.05);
/** A net whose map is 0.7 I + 1.86 M with noise, the literature's slope. */
const map = combine(1, combine(0.7, identity(n), 1.86, M), 1, noise);
const recordOf = (W_in: Matrix, mixing: Matrix, bins = 40) => {
  const network = { W_in, W_out: identity(W_in.shape[1]), M: mixing };
  return { bins: linearMapBins(network, { bins })!, comparison: compareLinearMap(network) };
};
const record = recordOf(map, M);
const figure = linearMapFigure(record, figureHost);
const image = (svg = figure) => parsedFigure(svg).querySelector("image")!;

describe("linearMapFigure", () => {
  it("draws the figure that is kept beside it", () => {
    expectFigure(figure, new URL("./figures/linear-map-figure.svg", import.meta.url));
  });

  it("has ink where there are entries and nowhere else, more of it for more entries", () => {
    const { width, height, rgba } = readPngUri(image().getAttribute("href")!);
    expect([width, height]).toEqual([40, 40]);
    const opacities = record.bins.counts.map(
      (_, i) => rgba[4 * ((39 - Math.floor(i / 40)) * 40 + (i % 40)) + 3]!,
    );
    expect(opacities.map((value) => Number(value > 0))).toEqual(
      record.bins.counts.map((count) => Number(count > 0)),
    );
    const most = Math.max(...record.bins.counts);
    expect(opacities[record.bins.counts.indexOf(most)]).toBe(255);
    expect(opacities[record.bins.counts.indexOf(1)]).toBeLessThan(60);
  });

  it("lays the image where the lines are: a map that is exactly 2 M has its bins on the target", () => {
    const exact = recordOf(
      combine(1, identity(3), 2, matrix(3, 3, [0, 1, -1, 0, 0, 0, 0, 0, 0])),
      matrix(3, 3, [0, 1, -1, 0, 0, 0, 0, 0, 0]),
    );
    const drawn = linearMapFigure(exact, figureHost);
    const [x, y, width, height] = ["x", "y", "width", "height"].map((name) =>
      Number(image(drawn).getAttribute(name)),
    );
    const [target] = [...parsedFigure(drawn).querySelectorAll("[aria-label=line][stroke-dasharray] path")];
    const numbers = target!
      .getAttribute("d")!
      .match(/-?[\d.]+/g)!
      .map(Number) as [number, number, number, number];
    const onLine = (px: number) =>
      numbers[1] + ((px - numbers[0]) / (numbers[2] - numbers[0])) * (numbers[3] - numbers[1]);
    // Corners of the image are the least and the greatest entry; lengths are rounded to .001 pixels.
    expect(onLine(x!)).toBeCloseTo(y! + height!, 1);
    expect(onLine(x! + width!)).toBeCloseTo(y!, 1);
  });

  it("says the slopes in its legend", () => {
    const { offDiagonal, diagonal } = record.comparison;
    expect(figure.svg).toContain(
      `slope ${offDiagonal!.slope.toFixed(2)} off the diagonal (r² ${offDiagonal!.r2.toFixed(2)})`,
    );
    expect(figure.svg).toContain(`slope ${diagonal!.slope.toFixed(2)} on it`);
  });

  it("draws the diagonal against features where M's does not vary", () => {
    const hollow = { ...M, data: M.data.map((value, i) => (i % (n + 1) === 0 ? 0 : value)) };
    const { svg } = linearMapFigure(recordOf(map, hollow), figureHost);
    expect(svg).toContain("feature i, where M[i, i] = 0");
    expect(svg).not.toContain("on it (r²");
  });

  it("draws a net that does nothing", () => {
    expect(linearMapFigure(recordOf(matrix(n, n), M), figureHost).svg).not.toContain("NaN");
  });

  it("has every entry in its table once", () => {
    const counts = figure.table.rows.map((row) => Number(row[3]));
    expect(counts.reduce((a, b) => a + b)).toBe(n * n);
  });

  it("says what it needs", () => {
    const empty = { ...record.bins, counts: new Int32Array(1600) };
    expect(() => linearMapFigure({ ...record, bins: empty }, figureHost)).toThrow(
      "linearMapFigure: need entries in the bins, got none. Pass linearMapBins(network).",
    );
  });
});
