import { describe, expect, it } from "vitest";
import { point } from "../../test/support/figure-records.ts";
import { expectFigure, figureHost } from "../../test/support/figure-snapshot.ts";
import { mixingRankFigure } from "./mixing-rank-figure.ts";

const ranks = [5, 10, 25, 50, 75, 100];
const loss = [0.0809, 0.0782, 0.0711, 0.0622, 0.0595, 0.0601];
const record = {
  curves: [{ label: "trained", points: ranks.map((rank, i) => point(rank, loss[i]!, 0.0006)) }],
  references: [
    { label: "naive", kind: "naive" as const, value: 1 / 12 },
    {
      label: "rank bound",
      kind: "bound" as const,
      of: "trained",
      value: ranks.map((rank, i) => ({ x: rank, y: loss[i]! - 0.006 })),
    },
  ],
};

describe("mixingRankFigure", () => {
  const figure = mixingRankFigure(record, figureHost);

  it("draws the figure that is kept beside it", () => {
    expectFigure(figure, new URL("./figures/mixing-rank-figure.svg", import.meta.url));
  });

  it("keeps every number that is drawn", () => {
    const numbers = figure.table.rows.flat();
    for (const value of [...ranks, ...loss]) expect(numbers).toContain(value);
  });

  it("says what it needs when there is nothing to draw", () => {
    expect(() => mixingRankFigure({ curves: [] }, figureHost)).toThrow(/^mixingRankFigure: need /);
  });
});
