import { describe, expect, it } from "vitest";
import { noise } from "../../test/support/figure-records.ts";
import { expectFigure, figureHost, parsedFigure } from "../../test/support/figure-snapshot.ts";
import { labelledSpectra, projectionFigure, spectrumFigure } from "./spectrum-figure.ts";

const descending = (length: number, at: (i: number) => number) =>
  Float64Array.from({ length }, (_, i) => at(i));
const spectrum = (length: number, at: (i: number) => number, effectiveRank: number) => ({
  singularValues: descending(length, at),
  effectiveRank,
});
const spectra = {
  W_in: spectrum(50, (i) => 1.45 - 0.008 * i, 49.1),
  W_out: spectrum(50, (i) => 1.38 - 0.009 * i, 48.6),
  linearMap: spectrum(100, (i) => (i < 50 ? 1.25 - 0.011 * i : 0), 46.2),
  mixing: spectrum(100, (i) => 0.65 * Math.sqrt(Math.max(0, 1 - (i / 100) ** 2)), 84.3),
  identityPlusMixing: spectrum(100, (i) => 1.66 - 0.0133 * i, 91.7),
  oddTarget: spectrum(100, (i) => 2.3 - 0.0262 * i + 0.00005 * i * i, 82.5),
};

describe("spectrumFigure", () => {
  it("draws the figure that is kept beside it", () => {
    const figure = spectrumFigure(labelledSpectra(spectra), figureHost);
    expectFigure(figure, new URL("./figures/spectrum-figure.svg", import.meta.url));
    expect(parsedFigure(figure).querySelector("[aria-label=legend]")!.textContent).toContain(
      "W_out W_in (effective rank 46.2)",
    );
    expect(figure.table.rows).toHaveLength(500);
  });

  it("leaves M out on clean labels", () => {
    const labels = labelledSpectra({ ...spectra, mixing: null }).map(({ label }) => label);
    expect(labels).toEqual(["W_in", "W_out", "W_out W_in", "I + M", "I + 2M"]);
  });

  it("says what it needs when there is nothing to draw", () => {
    expect(() => spectrumFigure([], figureHost)).toThrow(
      "spectrumFigure: need at least one curve with a value, got none. Pass measured points.",
    );
  });
});

describe("projectionFigure", () => {
  const cosines = (shift: number) =>
    Array.from({ length: 100 }, (_, k) => {
      const falling = 0.99 / (1 + Math.exp((k - 48) / 4));
      return Math.min(1, falling + 0.08 * noise(k + shift) * (k > 35 ? 1 : 0.1));
    });
  const series = [
    { label: "symmetric M, eigenvectors of Σ_y", cosines: cosines(1) },
    { label: "asymmetric M, singular vectors of I + M", cosines: cosines(500) },
    { label: "asymmetric M, singular vectors of I + 2M", cosines: cosines(900) },
  ];

  it("draws the figure that is kept beside it", () => {
    const figure = projectionFigure({ series, neurons: 50 }, figureHost);
    expectFigure(figure, new URL("./figures/projection-figure.svg", import.meta.url));
    expect(figure.svg).toContain(">k = h = 50<");
  });

  it("does without a mark", () => {
    expect(projectionFigure({ series }, figureHost).svg).not.toContain("k = h");
  });
});
