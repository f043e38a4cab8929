/** The text of the report. Sentences about results are made from the results. */
import { mean } from "../../numeric/statistics.ts";
import { measurements, numbers } from "../evidence.ts";
import { density, powerGroup } from "../l4/plan.ts";
import { isCode, shareOfNaive } from "../l4/readings.ts";
import type { Mode, Results } from "../study.ts";
import { embeddedExponents, embeddedGroup, exponents } from "./plan.ts";

interface Count {
  readonly q: number;
  readonly codes: number;
  readonly trained: number;
}

const countsOf = (results: Results, group: (q: number) => string, chosen: readonly number[]): Count[] =>
  chosen.map((q) => {
    const trained = measurements(results, group(q));
    const codes = trained.filter((measured) => isCode(measured, density)).length;
    return { q, codes, trained: trained.length };
  });

const isAsProved = ({ q, codes, trained }: Count): boolean => codes === (q > 2 ? trained : 0);

/** The answer of the study. */
export function answer(results: Results, mode: Mode): string {
  const aligned = countsOf(results, powerGroup, exponents);
  const embedded = countsOf(results, embeddedGroup, embeddedExponents[mode]);
  const off = [...aligned, ...embedded].filter((count) => !isAsProved(count));
  const proved =
    "Those above 2. For q ≤ 2 it is proved that no network of 50 neurons beats fifty exact ReLUs where one feature is active, so that nothing rewards computation in superposition; above 2 the bound falls away";
  if (off.length === 0) {
    return `${proved}, and every network trained there is a superposed code, none below, with features on axes or embedded in 1,000 dimensions.`;
  }
  const exceptions = off.map(({ q, codes, trained }) => `${codes} of ${trained} codes at q = ${q}`);
  return `${proved}. Training follows but for these: ${exceptions.join("; ")}.`;
}

export const introduction = `Whether a network computes in superposition depends on what it is asked to make small. Fifty exact ReLUs (*naive*) answer fifty features perfectly and ignore fifty. Under the loss \`mean |ŷ − y|^q\` ignoring a feature costs its whole size to the power q, while interference spread over many outputs costs the less the larger q is. Somewhere between the two lies an exponent from which on it pays to answer all features a little wrong.`;

export const proofText = `Where it lies can be proved (docs/theory/lq-certificates.md). Outputs lie in the 50 dimensions that the columns of \`W_out\` span, whatever the activations are. For one active feature and \`q ≤ 2\`, no such network has less than naive's loss: *naive is optimal, and nothing rewards superposition.* For \`q > 2\` the least loss is at least naive's times

\`φ / (1 − h/n),  φ = [1 + (n − 1)^(1 − q'/2) · (h/(n − h))^(q'/2)]^(1 − q),  1/q + 1/q' = 1\`

and equiangular tight frames attain φ, so the bound cannot be raised for all sizes. It is 1 at q = 2, .011 at q = 4, and falls about tenfold with every further power.`;

export const spreadText = `Losses of different exponents cannot be compared, but how alike features are answered can. The squared error of an output while its feature is positive has a spread over features (CV) of 1 in a network that answers a half of them, and near 0 in a code.`;

/** What training makes of exponents that reward nothing. */
export function spreadConclusion(results: Results): string {
  const rows = exponents
    .filter((q) => q <= 2)
    .map((q) => {
      const loss = mean(numbers(results, powerGroup(q), (measured) => shareOfNaive(measured, density)));
      return { q, loss };
    });
  const words = rows.map(({ q, loss }) => `${loss.toFixed(2)} times naive's at q = ${q}`).join(" and ");
  const missed = rows.filter(({ loss }) => loss > 1.2).map(({ q }) => `q = ${q}`);
  const also =
    missed.length === 0
      ? ""
      : ` At ${missed.join(" and ")} training does not find naive either, and ends nearer to doing nothing, which has twice naive's loss: what is best is not always found.`;
  return `Where nothing is to be won, the trained loss is ${words}.${also}`;
}

export const embeddingText = `The networks of Braun et al. 2025 read their features from a wide residual stream. Here features are embedded in 1,000 dimensions by a fixed random matrix E with columns of unit norm, and outputs are read by its transpose. \`W_in E\` and \`Eᵀ W_out\` make an axis-aligned network of it (docs/theory/folding.md), and any such network can be written so. What differs is the start and Adam's path. Labels are clean in both: there is no bypass whose noise could mix them.`;

export function limits(mode: Mode): string {
  const quick =
    mode === "quick"
      ? "This is the quick mode, with embedded networks of three exponents. The full mode has all exponents embedded, and five seeds for those on axes: the same command without `--quick`.\n\n"
      : "";
  return `${quick}What is proved for q ≤ 2 is about one active feature; at p = .02 two or more are active in more than half of the inputs, and for q < 2 nothing is proved of those. That codes are rewarded above 2 is proved by frames for some sizes, and seen in training for this one. Between 2 and 2.5 lies a change that this grid does not resolve. All runs have 12,000 steps of 2,048 samples; the study \`l4\` trains at full length.`;
}
