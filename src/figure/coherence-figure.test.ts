import { describe, expect, it } from "vitest";
import { equiangularFrame } from "../../test/support/equiangular.ts";
import { expectFigure, figureHost, parsedFigure } from "../../test/support/figure-snapshot.ts";
import { randomMatrix } from "../../test/support/random-matrix.ts";
import { unevenNetwork } from "../../test/support/superposed-code.ts";
import { coherence, columnCosines } from "../analyse/coherence.ts";
import type { Matrix } from "../numeric/matrix.ts";
import { coherenceFigure } from "./coherence-figure.ts";

const recordOf = (label: string, W: Matrix) => ({
  label,
  cosines: columnCosines(W),
  coherence: coherence(W),
});
const networks = [
  recordOf("a superposed code", unevenNetwork().W_in),
  recordOf("random weights", randomMatrix(1, 50, 100)),
];
const figure = coherenceFigure(networks, figureHost);

describe("coherenceFigure", () => {
  it("draws the figure that is kept beside it", () => {
    expectFigure(figure, new URL("./figures/coherence-figure.svg", import.meta.url));
  });

  it("counts every pair in its bin", () => {
    for (const { label, cosines } of networks) {
      const rows = figure.table.rows.filter((row) => row[0] === label);
      for (const [, from, to, pairs] of rows) {
        expect(pairs).toBe(cosines.filter((c) => c >= Number(from) && c < Number(to)).length);
      }
    }
  });

  it("sets the lines where they belong: for an equiangular frame all three coincide", () => {
    const drawn = coherenceFigure([recordOf("frame", equiangularFrame(6, 3))], figureHost);
    const lines = [...parsedFigure(drawn).querySelectorAll("[aria-label=rule] line")];
    const vertical = lines.filter((line) => line.getAttribute("x1") === line.getAttribute("x2"));
    const [square, welch, largest] = vertical.map((line) => line.getAttribute("x1"));
    expect(welch).toBe(square);
    expect(welch).toBe(largest);
    expect(drawn.svg).toContain("frame: largest 0.447, root mean square 0.447, bound 0.447");
  });

  it("puts parallel columns, whose |cos| rounding may carry past 1, into the last bin", () => {
    const record = { label: "twins", cosines: [1, 1 + 2 ** -52], coherence: networks[0]!.coherence };
    expect(coherenceFigure([record], figureHost).table.rows.at(-1)![3]).toBe(2);
  });

  it("says what it needs", () => {
    expect(() => coherenceFigure([recordOf("one", randomMatrix(1, 3, 1))], figureHost)).toThrow(
      "coherenceFigure: need networks with two features at least, got none. Pass columnCosines(network.W_in).",
    );
  });
});
