import { describe, expect, it } from "vitest";
import { expectFigure, figureHost, parsedFigure } from "../../test/support/figure-snapshot.ts";
import { randomMatrix } from "../../test/support/random-matrix.ts";
import { readPngUri } from "../../test/support/read-png.ts";
import { unevenNetwork } from "../../test/support/superposed-code.ts";
import { codewords } from "../analyse/codewords.ts";
import { matrix } from "../numeric/matrix.ts";
import { codewordsFigure } from "./codewords-figure.ts";

const record = codewords(unevenNetwork().W_in);
const figure = codewordsFigure(record, figureHost);

/** Which cells of the drawn matrix have ink, row by row. */
function inkOf(drawn: typeof figure): string[] {
  const { width, height, rgba } = readPngUri(
    parsedFigure(drawn).querySelector("image")!.getAttribute("href")!,
  );
  return Array.from({ length: height }, (_, k) =>
    Array.from({ length: width }, (_, i) => (rgba[4 * (k * width + i) + 3]! > 0 ? "1" : "0")).join(""),
  );
}

const sumsOf = (title: string) =>
  figure.table.rows.filter((row) => row[0] === title).reduce((sum, row) => sum + Number(row[4]), 0);

describe("codewordsFigure", () => {
  it("draws the figure that is kept beside it", () => {
    expectFigure(figure, new URL("./figures/codewords-figure.svg", import.meta.url));
  });

  it("draws every bit once, neurons by degree, features by codeword", () => {
    const rows = inkOf(figure);
    const degrees = rows.map((row) => [...row].filter((bit) => bit === "1").length);
    expect(degrees).toEqual([...record.degrees].sort((a, b) => b - a));
    const columns = Array.from(rows[0]!, (_, i) => rows.map((row) => row[i]).join(""));
    expect(columns).toEqual([...columns].sort().reverse());
    expect(columns.map((column) => column.replaceAll("0", "").length).sort()).toEqual(
      [...record.sizes].sort(),
    );
  });

  it("counts every feature, pair and neuron", () => {
    expect([sumsOf("sizes"), sumsOf("overlaps"), sumsOf("degrees")]).toEqual([100, 4950, 50]);
    for (const [title, least, , , number] of figure.table.rows) {
      const values = { sizes: record.sizes, degrees: record.degrees }[String(title)];
      if (values !== undefined) expect(number).toBe(values.filter((value) => value === least).length);
      else expect(number).toBe(record.overlaps[Number(least)]);
    }
  });

  it("puts several counts into a bar where they reach far", () => {
    const { table, svg } = codewordsFigure(codewords(randomMatrix(3, 400, 60)), figureHost);
    const degrees = table.rows.filter((row) => row[0] === "sizes");
    expect(degrees.length).toBeLessThanOrEqual(20);
    expect(degrees.reduce((sum, row) => sum + Number(row[4]), 0)).toBe(60);
    expect(svg.length).toBeLessThan(60_000);
  });

  it("draws a net without codewords, and one of one feature", () => {
    expect(codewordsFigure(codewords(matrix(2, 3)), figureHost).table.rows).toEqual([
      ["sizes", 0, 0, "features", 3],
      ["overlaps", 0, 0, "pairs of features", 3],
      ["degrees", 0, 0, "neurons", 2],
    ]);
    expect(codewordsFigure(codewords(matrix(1, 1, [1])), figureHost).svg).not.toContain("NaN");
  });

  it("says what it needs", () => {
    expect(() => codewordsFigure(codewords(matrix(0, 3)), figureHost)).toThrow(
      "codewordsFigure: need neurons and features, got 0 and 3. Pass codewords(network.W_in).",
    );
  });
});
