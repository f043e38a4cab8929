/**
 * R = W_out W_in against P, the projector on W_in's row space: R = α P when the decoder is a multiple of the encoder's
 * pseudoinverse, as in networks trained with fourth powers (da Silva & Heimersheim, arXiv 2607.04800: cosine ≥ .99). The
 * labels of one active feature ask for R = I, which no R of rank h < n is.
 */
import type { MatrixBins } from "../analyse/matrix-bins.ts";
import type { ReadOutComparison } from "../analyse/read-out.ts";
import type { FigureHost } from "./draw-figure.ts";
import type { Figure } from "./figure.ts";
import { drawMatrixPair } from "./matrix-pair.ts";
import { fixedText } from "./number-text.ts";

/** What {@link readOutFigure} draws. */
export interface ReadOutRecord {
  /** From `readOutBins(network)`, where that is not null. */
  readonly bins: MatrixBins;
  /** From `compareReadOut(network)`. */
  readonly comparison: Pick<
    ReadOutComparison,
    "pseudoinverseCosine" | "projectorScale" | "projectorResidual"
  >;
}

/**
 * Draws the entries off the diagonal as a histogram in two dimensions and those on it as dots, each with the line α P and
 * with the identity's.
 *
 * @returns the figure, and its bins and dots. Throws when no entry is binned.
 */
export function readOutFigure({ bins, comparison }: ReadOutRecord, host: FigureHost): Figure {
  if (bins.counts.every((count) => count === 0)) {
    throw new Error("readOutFigure: need entries in the bins, got none. Pass readOutBins(network).");
  }
  const { pseudoinverseCosine, projectorScale, projectorResidual } = comparison;
  const fit = { slope: projectorScale, intercept: 0 };
  // ‖R − αP‖²/‖R‖² = 1 − cos² at the best α.
  const cosine = Math.sqrt(1 - projectorResidual);
  return drawMatrixPair(
    {
      title: "Entries of R = W_out W_in against those of the projector P",
      description:
        "At the left a two-dimensional histogram of the entries off the diagonal, the more opaque the more entries; at the right the diagonal's entries as dots. Lines: the best multiple of P, and the identity.",
      bins,
      x: "P",
      y: "R",
      offDiagonal: { fit, target: { slope: 0, intercept: 0 } },
      diagonal: { fit, target: { slope: 0, intercept: 1 } },
      words: {
        fit: `R = ${fixedText(projectorScale, 2)} P: cosine ${fixedText(cosine, 3)}; of W_out and pinv(W_in) ${fixedText(pseudoinverseCosine, 3)}`,
        target: "R = I",
      },
    },
    host,
  );
}
