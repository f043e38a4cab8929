import { describe, expect, it } from "vitest";
import { expectFigure, figureHost, parsedFigure } from "../../test/support/figure-snapshot.ts";
import { type AblationRecord, type AblationRow, ablationFigure } from "./ablation-figure.ts";

/** Values of the literature's size; reports draw measured ones. */
const record: AblationRecord = {
  reference: { label: "naive, clean labels", value: 0.0833 },
  rows: [
    {
      label: "as published",
      mean: 0.0668,
      low: 0.0661,
      high: 0.0675,
      group: "the original network",
      bound: 0.058,
    },
    {
      label: "without the embedding",
      mean: 0.0835,
      low: 0.0834,
      high: 0.0836,
      group: "the original network",
    },
    { label: "without the bypass", mean: 0.0836, low: 0.0835, high: 0.0838, group: "the original network" },
    { label: "without both", mean: 0.0834, low: 0.0833, high: 0.0835, group: "the original network" },
    { label: "symmetric, σ = .033", mean: 0.065, low: 0.0645, high: 0.0656, group: "labels", bound: 0.0546 },
    {
      label: "asymmetric, σ = .025",
      mean: 0.0751,
      low: 0.0743,
      high: 0.0758,
      group: "labels",
      bound: 0.0672,
    },
    { label: "clean", mean: 0.0835, low: 0.0834, high: 0.0836, group: "labels", bound: 0.0832 },
    { label: "semi-NMF, as published", mean: 0.0807, group: "no training" },
    { label: "semi-NMF, right orientation", mean: 0.0734, group: "no training" },
  ],
};
const figure = ablationFigure(record, figureHost);

/** Numbers in the attributes of the elements that a selector finds. */
const attributes = (
  drawn: { svg: string; table: typeof figure.table },
  selector: string,
  ...names: string[]
) =>
  [...parsedFigure(drawn).querySelectorAll(selector)].map((element) =>
    names.map((name) => Number(element.getAttribute(name))),
  );

describe("ablationFigure", () => {
  it("draws the figure that is kept beside it", () => {
    expectFigure(figure, new URL("./figures/ablation-figure.svg", import.meta.url));
  });

  it("sets dots, intervals, bounds and the reference on one scale", () => {
    const dots = attributes(figure, "[aria-label=dot] circle", "cx", "cy");
    const intervals = attributes(figure, "[aria-label=rule] line", "x1", "x2", "y1");
    const perUnit = (dots[1]![0]! - dots[0]![0]!) / (0.0835 - 0.0668);
    const place = (value: number) => dots[0]![0]! + perUnit * (value - 0.0668);
    expect(dots).toHaveLength(9);
    // The reference is a rule too, drawn before the intervals. Lengths are rounded to .001 pixels.
    expect(intervals[0]![0]).toBeCloseTo(place(0.0833), 1);
    expect(intervals).toHaveLength(8);
    expect(intervals[1]![0]).toBeCloseTo(place(0.0661), 1);
    expect(intervals[1]![1]).toBeCloseTo(place(0.0675), 1);
    expect(intervals[1]![2]).toBe(dots[0]![1]);
    const bounds = attributes(figure, "[aria-label=tick][stroke-width='3'] line", "x1");
    expect(bounds.map(([x]) => x!)).toHaveLength(4);
    expect(bounds[0]![0]).toBeCloseTo(place(0.058), 1);
  });

  it("keeps rows of a group together, below their heading, and rows without one first", () => {
    const rows: AblationRow[] = [
      { label: "a", mean: 1, group: "G" },
      { label: "b", mean: 2 },
      { label: "c", mean: 3, group: "G" },
    ];
    const drawn = ablationFigure({ rows }, figureHost);
    const words = [...parsedFigure(drawn).querySelectorAll("[aria-label=text] text")].map((element) => ({
      text: element.textContent,
      y: Number(element.getAttribute("transform")!.match(/,([\d.]+)\)/)![1]),
    }));
    const order = ["b", "G", "a", "c"].map((label) => words.find(({ text }) => text === label)!.y);
    expect(order).toEqual([...order].sort((p, q) => p - q));
  });

  it("writes small losses with three digits, others with four decimals", () => {
    const { svg } = ablationFigure(
      {
        rows: [
          { label: "L⁴", mean: 3.57e-5 },
          { label: "L²", mean: 0.0651 },
        ],
      },
      figureHost,
    );
    expect(svg).toContain(">3.57×10⁻⁵<");
    expect(svg).toContain(">0.0651<");
  });

  it("names in its legend only what it draws", () => {
    const { svg } = ablationFigure({ rows: [{ label: "one", mean: 0.08 }] }, figureHost);
    expect(svg).not.toContain("95 % interval<");
    expect(svg).not.toContain("the least that it can be");
    expect(figure.svg).toContain("naive, clean labels, 0.0833");
  });

  it("draws one row, and zeros", () => {
    expect(ablationFigure({ rows: [{ label: "zero", mean: 0 }] }, figureHost).svg).not.toContain("NaN");
  });

  it("says what it needs", () => {
    const of = (change: object) => () =>
      ablationFigure({ rows: [{ label: "a", mean: 1, ...change }] }, figureHost);
    expect(() => ablationFigure({ rows: [] }, figureHost)).toThrow(
      "ablationFigure: need at least one row, got none. Pass the variants' losses.",
    );
    expect(of({ mean: Number.NaN })).toThrow(
      'ablationFigure: need finite numbers in row "a", got NaN. Leave out what was not measured.',
    );
    expect(of({ high: Number.POSITIVE_INFINITY })).toThrow('in row "a", got Infinity');
    expect(() =>
      ablationFigure({ ...record, reference: { label: "naive", value: Number.NaN } }, figureHost),
    ).toThrow("ablationFigure: need a finite reference, got NaN. Leave it out if there is none.");
  });
});
