import { describe, expect, it } from "vitest";
import { expectFigure, figureHost, parsedFigure } from "../../test/support/figure-snapshot.ts";
import { randomMatrix } from "../../test/support/random-matrix.ts";
import { readPngUri } from "../../test/support/read-png.ts";
import { responseHeatmap } from "../evaluate/response-heatmap.ts";
import { matrix } from "../numeric/matrix.ts";
import { responseHeatmapFigure } from "./response-heatmap-figure.ts";

/** Twelve features; the first six have a neuron each, with leaks; labels with a mixing of the literature's size. */
const leaks = randomMatrix(1, 12, 6, 0.12);
const network = {
  W_in: matrix(
    6,
    12,
    Array.from({ length: 72 }, (_, i) => (i % 12 === Math.floor(i / 12) ? 1 : 0)),
  ),
  W_out: { ...leaks, data: leaks.data.map((leak, i) => leak + (i % 6 === Math.floor(i / 6) ? 0.9 : 0)) },
  M: randomMatrix(2, 12, 12, 0.06),
};
const record = responseHeatmap(network);
const figure = responseHeatmapFigure(record, figureHost);

describe("responseHeatmapFigure", () => {
  it("draws the figure that is kept beside it", () => {
    expectFigure(figure, new URL("./figures/response-heatmap-figure.svg", import.meta.url));
  });

  it("shows the network at the left, positive inputs above, all on one scale", () => {
    const images = [...parsedFigure(figure).querySelectorAll("image")].map((image) => ({
      x: Number(image.getAttribute("x")),
      y: Number(image.getAttribute("y")),
      rgba: readPngUri(image.getAttribute("href")!).rgba,
    }));
    const [positive, labels, negative, , bar] = images;
    expect(images).toHaveLength(5);
    expect(positive!.x).toBeLessThan(labels!.x);
    expect(positive!.y).toBeLessThan(negative!.y);
    // The net answers nothing to −e_j; the labels' diagonal is the largest entry somewhere, so it has full ink.
    expect(Math.max(...negative!.rgba.filter((_, i) => i % 4 === 3))).toBe(0);
    expect(Math.max(...labels!.rgba.filter((_, i) => i % 4 === 3))).toBe(255);
    expect(bar!.x).toBeGreaterThan(labels!.x);
  });

  it("has the responses in its table", () => {
    expect(figure.table.rows).toHaveLength(48);
    expect(figure.table.rows[0]!.slice(0, 3)).toEqual(["network, x = +eⱼ", 0, record.positive.data[0]]);
  });

  it("ends colours where it is told to", () => {
    expect(responseHeatmapFigure(record, { ...figureHost, limit: 0.2 }).svg).toContain(">≥ 0.2<");
  });

  it("says what it needs when there is nothing to draw", () => {
    const none = matrix(0, 0);
    const empty = { positive: none, negative: none, positiveLabels: none, negativeLabels: none };
    expect(() => responseHeatmapFigure(empty, figureHost)).toThrow(
      'heatmapFigure: need rows × columns > 0 entries in "network, x = +eⱼ", got 0 × 0 and 0. Check the matrix.',
    );
  });
});
