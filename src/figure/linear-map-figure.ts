/**
 * Entries of W_out W_in against those of the mixing matrix M. Half of W_out W_in is the linear part of a bias-free net,
 * and half of I + 2M that of its labels (docs/theory/odd-even-split.md): a net that uses M lies near a line of slope 2
 * off the diagonal. Bhagat et al. 2026 (arXiv 2606.14673) measure 1.86.
 */
import type { LineFit } from "../analyse/line-fit.ts";
import type { LinearMapComparison } from "../analyse/linear-map.ts";
import type { MatrixBins } from "../analyse/matrix-bins.ts";
import type { FigureHost } from "./draw-figure.ts";
import type { Figure } from "./figure.ts";
import { drawMatrixPair } from "./matrix-pair.ts";
import { fixedText } from "./number-text.ts";

/** What {@link linearMapFigure} draws. */
export interface LinearMapRecord {
  /** From `linearMapBins(network)`, where that is not null. */
  readonly bins: MatrixBins;
  /** From `compareLinearMap(network)`. */
  readonly comparison: Pick<LinearMapComparison, "offDiagonal" | "diagonal">;
}

/**
 * Draws the entries off the diagonal as a histogram in two dimensions and those on it as dots, each with the
 * least-squares line and the target's.
 *
 * @returns the figure, and its bins and dots. Throws when no entry is binned.
 */
export function linearMapFigure({ bins, comparison }: LinearMapRecord, host: FigureHost): Figure {
  if (bins.counts.every((count) => count === 0)) {
    throw new Error("linearMapFigure: need entries in the bins, got none. Pass linearMapBins(network).");
  }
  const { offDiagonal, diagonal } = comparison;
  return drawMatrixPair(
    {
      title: "Entries of W_out W_in against those of M",
      description:
        "At the left a two-dimensional histogram of the entries off the diagonal, the more opaque the more entries; at the right the diagonal's entries as dots. Lines: least squares, and the target I + 2M.",
      bins,
      x: "M",
      y: "(W_out W_in)",
      offDiagonal: { fit: offDiagonal, target: { slope: 2, intercept: 0 } },
      diagonal: { fit: diagonal, target: { slope: 2, intercept: 1 } },
      words: { fit: fitWords(comparison), target: "target I + 2M, slope 2" },
    },
    host,
  );
}

function fitWords({ offDiagonal, diagonal }: LinearMapRecord["comparison"]): string | null {
  const describe = (where: string, fit: LineFit | null) =>
    fit === null ? [] : [`slope ${fixedText(fit.slope, 2)} ${where} (r² ${fixedText(fit.r2, 2)})`];
  const fits = [...describe("off the diagonal", offDiagonal), ...describe("on it", diagonal)];
  return fits.length === 0 ? null : `least squares: ${fits.join(", ")}`;
}
