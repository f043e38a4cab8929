import { describe, expect, it } from "vitest";
import { equiangularNetwork } from "../../test/support/equiangular.ts";
import { expectFigure, figureHost } from "../../test/support/figure-snapshot.ts";
import { unevenNetwork } from "../../test/support/superposed-code.ts";
import { readOutBins } from "../analyse/matrix-bins.ts";
import { compareReadOut } from "../analyse/read-out.ts";
import type { Network } from "../evaluate/network.ts";
import { readOutFigure } from "./read-out-figure.ts";

const recordOf = (network: Network) => ({
  bins: readOutBins(network)!,
  comparison: compareReadOut(network),
});
const record = recordOf(unevenNetwork());
const figure = readOutFigure(record, figureHost);

describe("readOutFigure", () => {
  it("draws the figure that is kept beside it", () => {
    expectFigure(figure, new URL("./figures/read-out-figure.svg", import.meta.url));
  });

  it("says α and both cosines", () => {
    const { projectorScale, projectorResidual, pseudoinverseCosine } = record.comparison;
    expect(figure.svg).toContain(
      `R = ${projectorScale.toFixed(2)} P: cosine ${Math.sqrt(1 - projectorResidual).toFixed(3)}; of W_out and pinv(W_in) ${pseudoinverseCosine.toFixed(3)}`,
    );
  });

  it("has every entry in its table once", () => {
    expect(figure.table.columns).toEqual(["entries", "P", "R", "count"]);
    expect(figure.table.rows.reduce((total, row) => total + Number(row[3]), 0)).toBe(10_000);
  });

  it("draws a level diagonal over features, whatever rounding leaves of it", () => {
    const { svg } = readOutFigure(recordOf(equiangularNetwork(10, 5, 4)), figureHost);
    expect(svg).toContain("feature i, where P[i, i] = 0.5<");
    expect(svg).toContain("cosine 1.000");
  });

  it("says what it needs", () => {
    const empty = { ...record.bins, counts: new Int32Array(3600) };
    expect(() => readOutFigure({ ...record, bins: empty }, figureHost)).toThrow(
      "readOutFigure: need entries in the bins, got none. Pass readOutBins(network).",
    );
  });
});
