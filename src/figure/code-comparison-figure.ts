/** Losses of three numbers on codes, as multiples of the trained network's (src/analyse/compare-codes.ts). */
import type { CodeComparison, CodeRow, ComparedCode } from "../analyse/compare-codes.ts";
import { ablationFigure } from "./ablation-figure.ts";
import type { FigureHost } from "./draw-figure.ts";
import type { Figure } from "./figure.ts";
import { tickText } from "./number-text.ts";

const wordsOf: Readonly<Record<ComparedCode, (size: string) => string>> = {
  trained: () => "trained",
  own: () => "three scalars on its own code",
  swapped: (size) => `biregular of size ${size}, edges swapped`,
  biregular: (size) => `biregular of size ${size}`,
  random: (size) => `random of size ${size}`,
};

/** Draws a row a code, with a line at the trained network's loss. Throws when there is none. */
export function codeComparisonFigure({ exponent, size, rows }: CodeComparison, host: FigureHost): Figure {
  const compared = rows.filter(({ code }) => code !== "trained");
  return ablationFigure(
    {
      quantity: `loss |ŷ − y|^${tickText(exponent)}, as a multiple of the trained network's`,
      reference: { label: "trained network", value: 1 },
      rows: compared.map((row) => ({ ...intervalOf(row), label: wordsOf[row.code](tickText(size)) })),
    },
    host,
  );
}

function intervalOf({ ratio, ratioStderr }: CodeRow) {
  const half = 1.96 * ratioStderr;
  return half === 0 ? { mean: ratio } : { mean: ratio, low: ratio - half, high: ratio + half };
}
