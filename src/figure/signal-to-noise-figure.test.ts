import { describe, expect, it } from "vitest";
import { codeNetwork } from "../../test/support/code-network.ts";
import { expectFigure, figureHost, parsedFigure } from "../../test/support/figure-snapshot.ts";
import { signalToNoise } from "../analyse/signal-to-noise.ts";
import { naiveWeights } from "../baseline/naive.ts";
import { matrix } from "../numeric/matrix.ts";
import { signalToNoiseFigure } from "./signal-to-noise-figure.ts";

const distribution = { kind: "exactly", k: 1, values: "symmetric" } as const;
const networks = {
  codewords: codeNetwork(),
  naive: { ...naiveWeights({ features: 100, neurons: 50, mixing: null, distribution }), M: null },
};
const recordsOf = (active: 1 | 2) =>
  Object.entries(networks).map(([label, net]) => ({ label, signals: signalToNoise(net, { active }) }));
const figure = signalToNoiseFigure([...recordsOf(1), ...recordsOf(2)], figureHost);

describe("signalToNoiseFigure", () => {
  it("draws the figure that is kept beside it", () => {
    expectFigure(figure, new URL("./figures/signal-to-noise-figure.svg", import.meta.url));
  });

  it("has every feature at both signs in its table", () => {
    expect(figure.table.rows).toHaveLength(2 * 2 * 2 * 100);
    expect(figure.table.rows[2 * 100]).toEqual(["naive", 1, 0, 1, 1, 1, 0]);
  });

  it("draws a panel for what there is, and a ring for each mean", () => {
    const one = signalToNoiseFigure(recordsOf(1), figureHost);
    expect(parsedFigure(one).querySelectorAll("[aria-label=panel]")).toHaveLength(1);
    expect(parsedFigure(figure).querySelectorAll("[aria-label=panel]")).toHaveLength(2);
    expect(parsedFigure(one).querySelectorAll('[aria-label=dot] [r="5.5"]')).toHaveLength(1);
  });

  it("draws some of very many features, and says so", () => {
    const many = signalToNoise({ W_in: matrix(1, 1000), W_out: matrix(1000, 1), M: null }, { active: 1 });
    const { svg, table } = signalToNoiseFigure([{ label: "zero", signals: many }], figureHost);
    expect(svg).toContain("zero, one feature in 5");
    expect(svg.match(/<circle/g)!.length).toBeLessThan(210);
    expect(table.rows).toHaveLength(2000);
  });

  it("says what it needs", () => {
    expect(() => signalToNoiseFigure([], figureHost)).toThrow(
      "signalToNoiseFigure: need records with features, got none. Pass signalToNoise(network, { active: 1 }).",
    );
  });
});
