import { describe, expect, it } from "vitest";
import { noise, trainingCurve } from "../../test/support/figure-records.ts";
import { expectFigure, figureHost, parsedFigure } from "../../test/support/figure-snapshot.ts";
import { learnedScaleFigure, trainingCurvesFigure, transplantFigure } from "./training-curves-figure.ts";

const naive = { label: "naive", kind: "naive", value: 1 / 12 } as const;
const tickLabels = (svg: string, axis: "x" | "y") =>
  [
    ...parsedFigure({ svg, table: { columns: [], rows: [] } }).querySelectorAll(
      `[aria-label="${axis}-axis tick label"] text`,
    ),
  ].map(({ textContent }) => textContent);

describe("trainingCurvesFigure", () => {
  const ends = [0.0834, 0.0661, 0.0672, 0.0655, 0.0668, 0.0731, 0.0729, 0.0733];
  const curves = ends.map((end, i) => trainingCurve(`seed ${i}`, 0.31, end));
  const bound = { label: "rank bound", kind: "bound", value: 0.0544 } as const;

  it("draws the figure that is kept beside it, 1600 points in eight curves", () => {
    const figure = trainingCurvesFigure({ curves, references: [naive, bound] }, figureHost);
    expectFigure(figure, new URL("./figures/training-curves-figure.svg", import.meta.url));
  });

  it("draws logarithmic axes, with a place for step 0", () => {
    const figure = trainingCurvesFigure(
      { curves, references: [naive], steps: "log", scale: "log" },
      figureHost,
    );
    expectFigure(figure, new URL("./figures/training-curves-figure-log.svg", import.meta.url));
    expect(tickLabels(figure.svg, "x")).toEqual(["0", "10", "100", "1000", "10,000"]);
  });

  it("stays small for many long runs, and keeps all their points in the table", () => {
    const long = Array.from({ length: 30 }, (_, i) => trainingCurve(`seed ${i}`, 0.3, 0.07, 1e5, 3000));
    const { svg, table } = trainingCurvesFigure({ curves: long }, figureHost);
    expect(svg.length).toBeLessThan(60_000);
    expect(table.rows).toHaveLength(90_000);
  });

  it("says what it needs when a logarithm has no place for any value", () => {
    const zero = { label: "zero", points: [{ x: 0, y: 0 }] };
    expect(() => trainingCurvesFigure({ curves: [zero], scale: "log" }, figureHost)).toThrow(
      "trainingCurvesFigure: need at least one curve with a value above 0, got none. Pass measured points.",
    );
    expect(trainingCurvesFigure({ curves: [zero] }, figureHost).svg).not.toContain("NaN");
  });
});

describe("transplantFigure", () => {
  const steps = [-1000, -300, -100, -30, -10, 0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 3000, 10_000];
  const run = (label: string, before: number, jump: number, after: number) => ({
    label,
    points: steps.map((x) => ({
      x,
      y: x < 0 ? before : after + (jump - after) * Math.exp(-x / 40) + 0.0006 * noise(x + 2000),
    })),
  });
  const figure = transplantFigure(
    {
      curves: [
        run("trained on symmetric M", 0.0661, 0.089, 0.0832),
        run("trained on asymmetric M", 0.0668, 0.094, 0.0836),
      ],
      references: [naive],
      event: "labels switched to clean ones",
    },
    figureHost,
  );

  it("draws the figure that is kept beside it", () => {
    expectFigure(figure, new URL("./figures/transplant-figure.svg", import.meta.url));
  });

  it("gives the first hundred steps more than a fifth of the axis, and marks the switch at 0", () => {
    const ticks = [...parsedFigure(figure).querySelectorAll('[aria-label="x-axis tick label"] text')];
    const place = (text: string) => {
      const tick = ticks.find(({ textContent }) => textContent === text)!;
      return Number(/translate\(([\d.]+)/.exec(tick.getAttribute("transform")!)![1]);
    };
    expect(place("100") - place("0")).toBeGreaterThan(0.2 * 640);
    expect(figure.svg).toContain(">labels switched to clean ones<");
  });
});

describe("learnedScaleFigure", () => {
  const curves = [0, 1, 2, 3].map((seed) => ({
    label: `seed ${seed}`,
    points: Array.from({ length: 101 }, (_, i) => ({
      x: i * 100,
      y: 0.029 + 0.001 * seed - 0.029 * Math.exp(-i / 12) + 0.0002 * noise(i + 131 * seed),
    })),
  }));

  it("draws the figure that is kept beside it", () => {
    const references = [{ label: "published end value", kind: "published", value: 0.0291 } as const];
    const figure = learnedScaleFigure({ curves, references }, figureHost);
    expectFigure(figure, new URL("./figures/learned-scale-figure.svg", import.meta.url));
  });
});
