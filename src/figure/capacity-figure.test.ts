import { describe, expect, it } from "vitest";
import { codeNetwork } from "../../test/support/code-network.ts";
import { expectFigure, figureHost, parsedFigure } from "../../test/support/figure-snapshot.ts";
import { capacity } from "../analyse/capacity.ts";
import { naiveWeights } from "../baseline/naive.ts";
import { matrix } from "../numeric/matrix.ts";
import { capacityFigure } from "./capacity-figure.ts";

const distribution = { kind: "exactly", k: 1, values: "symmetric" } as const;
const naive = naiveWeights({ features: 100, neurons: 50, mixing: null, distribution });
const networks = [
  { label: "codewords", capacity: capacity(codeNetwork().W_in) },
  { label: "naive", capacity: capacity(naive.W_in) },
];
const figure = capacityFigure(networks, figureHost);
/** An antipodal pair, one feature alone, one that is absent. */
const pair = capacityFigure(
  [{ label: "pair", capacity: capacity(matrix(2, 4, [1, 0, -1, 0, 0, 2, 0, 0])) }],
  figureHost,
);

describe("capacityFigure", () => {
  it("draws the figure that is kept beside it", () => {
    expectFigure(figure, new URL("./figures/capacity-figure.svg", import.meta.url));
  });

  it("orders features by capacity, and sums them up", () => {
    expect(pair.table.rows).toEqual([
      ["pair", 1, 1, 1, 1],
      ["pair", 2, 0, 0.5, 1.5],
      ["pair", 3, 2, 0.5, 2],
      ["pair", 4, 3, 0, 2],
    ]);
  });

  it("draws half a capacity on the line of 1/2", () => {
    const document = parsedFigure(pair);
    const rules = [...document.querySelectorAll("[aria-label=rule] line")];
    const dots = [...document.querySelectorAll("[aria-label=dot] circle")];
    const half = Number(rules[2]!.getAttribute("y1"));
    expect(dots.slice(1, 3).map((dot) => Number(dot.getAttribute("cy")))).toEqual([half, half]);
  });

  it("says in the legend how much of the dimensions is used", () => {
    const legend = parsedFigure(figure).querySelector("[aria-label=legend]")!.textContent;
    expect(legend).toContain("naive: 50.0 of 50 dimensions used");
  });

  it("draws a net that does nothing", () => {
    const nothing = [{ label: "zero", capacity: capacity(matrix(2, 1)) }];
    expect(capacityFigure(nothing, figureHost).svg).not.toContain("NaN");
  });

  it("says what it needs", () => {
    for (const given of [[], [{ label: "empty", capacity: capacity(matrix(2, 0)) }]]) {
      expect(() => capacityFigure(given, figureHost)).toThrow(
        "capacityFigure: need networks with features, got none. Pass capacity(network.W_in).",
      );
    }
  });
});
