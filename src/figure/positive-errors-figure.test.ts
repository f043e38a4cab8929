import { describe, expect, it } from "vitest";
import { expectFigure, figureHost } from "../../test/support/figure-snapshot.ts";
import { naiveNetwork, superposedNetwork } from "../../test/support/superposed-code.ts";
import { positiveErrors } from "../evaluate/positive-error.ts";
import { positiveErrorsFigure } from "./positive-errors-figure.ts";

const distribution = { kind: "bernoulli", p: 0.02, values: "symmetric" } as const;
const networks = [
  { label: "three scalars on a code", errors: positiveErrors(superposedNetwork(), { distribution }) },
  { label: "naive", errors: positiveErrors(naiveNetwork(), { distribution }) },
];
const figure = positiveErrorsFigure(networks, figureHost);

describe("positiveErrorsFigure", () => {
  it("draws the figure that is kept beside it", () => {
    expectFigure(figure, new URL("./figures/positive-errors-figure.svg", import.meta.url));
  });

  it("has every feature's error in ascending order, with its interval", () => {
    const rows = figure.table.rows.filter(([label]) => String(label).startsWith("three"));
    const { perFeature, stderr } = networks[0]!.errors;
    expect(rows.map((row) => row[2])).toEqual([...perFeature].sort((a, b) => a - b));
    const worst = perFeature.indexOf(Math.max(...perFeature));
    expect(rows.at(-1)!.slice(3)).toEqual([
      perFeature[worst]! - 1.96 * stderr[worst]!,
      perFeature[worst]! + 1.96 * stderr[worst]!,
    ]);
  });

  it("says mean and CV in its legend: the naive network ignores half of the features", () => {
    const [code, naive] = networks.map(({ errors }) => errors);
    expect(naive!.variation).toBeCloseTo(1, 12);
    expect(figure.svg).toContain(`naive: mean ${Number(naive!.mean.toPrecision(3))}, CV 1<`);
    expect(figure.svg).toContain(`CV ${Number(code!.variation.toPrecision(3))}<`);
  });

  it("has no intervals where errors are exact", () => {
    const once = { kind: "exactly", k: 1, values: "symmetric" } as const;
    const errors = positiveErrors(naiveNetwork(), { distribution: once });
    const { svg, table } = positiveErrorsFigure([{ label: "naive", errors }], figureHost);
    expect(svg).not.toContain("95 %");
    expect(table.rows[0]).toEqual(["naive: mean 0.167, CV 1", 1, 0, null, null]);
  });

  it("says what it needs", () => {
    expect(() => positiveErrorsFigure([], figureHost)).toThrow(
      "positiveErrorsFigure: need at least one curve with a value, got none. Pass measured points.",
    );
  });
});
