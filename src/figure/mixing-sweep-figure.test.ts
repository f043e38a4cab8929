import { describe, expect, it } from "vitest";
import { point } from "../../test/support/figure-records.ts";
import { expectFigure, figureHost, parsedFigure } from "../../test/support/figure-snapshot.ts";
import { mixingSweepFigure } from "./mixing-sweep-figure.ts";

const sizes = [0, 0.005, 0.01, 0.015, 0.02, 0.025, 0.03, 0.035, 0.04, 0.05, 0.06, 0.08];
const bowl = (x: number, depth: number, at: number) =>
  0.0834 - depth * (1 - ((x - at) / at) ** 2) + (x > at ? 3 * (x - at) ** 2 : 0);
const curve = (label: string, depth: number, at: number) => ({
  label,
  points: sizes.map((x) => point(x, bowl(x, depth, at), 0.0009)),
});
const bound = (label: string, of: string, shift: number) => ({
  label,
  of,
  kind: "bound" as const,
  value: sizes.map((x) => ({ x, y: 0.0834 - shift + 7 * x * x - 0.6 * x })),
});
const record = {
  curves: [curve("symmetric", 0.0175, 0.033), curve("asymmetric", 0.016, 0.025)],
  references: [
    { label: "naive", kind: "naive" as const, value: 1 / 12 },
    bound("rank bound, symmetric", "symmetric", 0.018),
    bound("rank bound, asymmetric", "asymmetric", 0.022),
  ],
  marks: [
    { label: "least: 0.0659 at σ = 0.033", x: 0.033, y: 0.0659 },
    { label: "crosses naive at σ = 0.066", x: 0.0655, y: 0.0834 },
  ],
  published: [
    { label: "published optimum, 0.0235", x: 0.0235 },
    { label: "published, 0.03", x: 0.03 },
  ],
};
const figure = mixingSweepFigure(record, figureHost);

describe("mixingSweepFigure", () => {
  it("draws the figure that is kept beside it", () => {
    expectFigure(figure, new URL("./figures/mixing-sweep-figure.svg", import.meta.url));
  });

  it("gives a bound the colour of its kind, dashed", () => {
    const lines = [...parsedFigure(figure).querySelectorAll("[aria-label=line]")];
    const dashed = lines.filter((line) => line.getAttribute("stroke-dasharray") === "5,4");
    expect(dashed.map((line) => line.getAttribute("stroke"))).toEqual(["#0072b2", "#d55e00"]);
  });

  it("rings its marks where their numbers say: halfway between σ = 0 and 0.08 lies 0.04", () => {
    const at = (x: number) => {
      const marks = [{ label: "mark", x, y: 0.07 }];
      const { svg } = mixingSweepFigure({ ...record, marks }, figureHost);
      return Number(/<circle cx="([\d.]+)" cy="[\d.]+" r="6.5"/.exec(svg)![1]);
    };
    expect(at(0.04)).toBeCloseTo((at(0) + at(0.08)) / 2, 2);
  });

  it("says what it needs when there is nothing to draw", () => {
    expect(() => mixingSweepFigure({ curves: [] }, figureHost)).toThrow(
      "mixingSweepFigure: need at least one curve with a value, got none. Pass measured points.",
    );
  });
});
