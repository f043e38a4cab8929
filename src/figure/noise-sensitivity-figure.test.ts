import { expect, it } from "vitest";
import { codeNetwork } from "../../test/support/code-network.ts";
import { expectFigure, figureHost, parsedFigure } from "../../test/support/figure-snapshot.ts";
import { type NoiseSensitivity, noiseSensitivity } from "../analyse/noise-sensitivity.ts";
import { noiseSensitivityFigure } from "./noise-sensitivity-figure.ts";

const distribution = { kind: "exactly", k: 1, values: "symmetric" } as const;
const scales = [0, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1];
const sensitivity = await noiseSensitivity(codeNetwork(), { scales, exponent: 4, distribution });
const figure = noiseSensitivityFigure([{ label: "codewords", sensitivity }], figureHost);

/** Made up, and sampled. */
const point = { scale: 0.1, lossPerP: 0.2, stderr: 0.01 };
const sampled: NoiseSensitivity = {
  ...sensitivity,
  exponent: 2,
  noiseless: { ...point, scale: 0 },
  points: [point, { ...point, scale: 1 }],
};

it("draws the figure that is kept beside it", () => {
  expectFigure(figure, new URL("./figures/noise-sensitivity-figure.svg", import.meta.url));
});

it("draws every scale above 0 on the curves, and says the losses without noise", () => {
  const document = parsedFigure(figure);
  expect(document.querySelectorAll("[aria-label=dot] circle")).toHaveLength(10);
  const legend = document.querySelector("[aria-label=legend]")!.textContent;
  // A factor of 1/(2 · 5) beside (n − h)/n.
  expect(legend).toContain("naive, no noise (0.05)");
  expect(legend).toContain("codewords, no noise (");
  expect(figure.table.columns[2]).toBe("mean |ŷ − y|⁴ per output / p");
});

it("has all in its table, with intervals where losses are sampled", () => {
  expect(figure.table.rows).toHaveLength(11 + 11 + 2);
  expect(figure.table.rows[1]!.slice(3)).toEqual([null, null]);
  const { table, svg } = noiseSensitivityFigure([{ label: "sampled", sensitivity: sampled }], figureHost);
  expect(table.rows[0]!.slice(0, 3)).toEqual(["sampled", 0.1, 0.2]);
  expect(Number(table.rows[0]![4]) - Number(table.rows[0]![3])).toBeCloseTo(2 * 1.96 * 0.01, 12);
  expect(svg).toContain("loss per output / p");
});

it("says what it needs", () => {
  expect(() => noiseSensitivityFigure([], figureHost)).toThrow(
    "noiseSensitivityFigure: need at least one network, got none. Pass noiseSensitivity(network, …).",
  );
  const two = [
    { label: "one", sensitivity },
    { label: "other", sensitivity: sampled },
  ];
  expect(() => noiseSensitivityFigure(two, figureHost)).toThrow(
    "noiseSensitivityFigure: need one exponent, got 4 and 2. Draw a figure for each.",
  );
});
