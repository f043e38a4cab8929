/**
 * The naive solution with a leak: every ignored feature is answered by c · S, S = Σ relu(x_i) over the learned ones.
 *
 * It uses that labels have a positive mean: on clean labels with U[-1,1] values and r̄ = p/4, S̄ = hp/4,
 * E S² = h(p/6 − p²/16) + S̄², the best c is r̄S̄/E S² and L/p = (n − h)/n · [p/6 − (r̄S̄)²/E S²]/p
 * (Bhagat et al. 2026, arXiv 2606.14673, publish c = .01935 and L/p = .05309 at p = 1, n = 100, h = 50).
 */
import { apply, sum, timesMoment } from "../evaluate/moment.ts";
import { inputMoments } from "../evaluate/moments.ts";
import { matrix, multiply } from "../numeric/matrix.ts";
import { learnedFeatures, naiveWeights } from "./naive.ts";
import { type Baseline, type NetworkBaseline, outputLoss, type Problem, withCleanLabels } from "./problem.ts";

/** Naive with the leak c that is best for the inputs (not for exactly one active), under the problem's labels. */
export interface OffsetBaseline extends NetworkBaseline {
  /** c */
  readonly offset: number;
  /** The same for clean labels, the line that the literature draws: with its own c. */
  readonly clean: Baseline & { readonly offset: number };
}

/** The exact losses of naive with its best leak; `exactlyOne` is the same net, with the same c. */
export function offset(problem: Problem): OffsetBaseline {
  const { network: _, ...clean } = leakyNaive(withCleanLabels(problem));
  return { ...leakyNaive(problem), clean };
}

function leakyNaive(problem: Problem): NetworkBaseline & { readonly offset: number } {
  const c = bestOffset(problem);
  const { W_in, W_out } = naiveWeights(problem);
  const { features, neurons } = problem;
  const learned = learnedFeatures(problem);
  for (const ignored of ignoredFeatures(learned, features)) {
    for (let neuron = 0; neuron < learned.length; neuron++) W_out.data[ignored * neurons + neuron] = c;
  }
  return {
    offset: c,
    ...outputLoss(problem, multiply(W_out, W_in)),
    network: { W_in, W_out, M: problem.mixing },
  };
}

/** c* = Σ_j E[y_j S] / (n − h) E S², the sum over ignored features j; 0 where nothing is ignored. */
function bestOffset(problem: Problem): number {
  const { features, mixing, distribution } = problem;
  const learned = learnedFeatures(problem);
  const ignored = ignoredFeatures(learned, features);
  if (ignored.length === 0) return 0;
  const { relus, reluInputs } = inputMoments(distribution, features);
  const chosen = matrix(1, features);
  for (const i of learned) chosen.data[i] = 1;
  const reluTimesSum = timesMoment(chosen, relus).data; // E[relu(x_j) S]
  const inputTimesSum = timesMoment(chosen, reluInputs).data; // E[x_j S]
  const mixedTimesSum = mixing === null ? null : apply(mixing, inputTimesSum); // E[(M x)_j S]
  const labelTimesSum = (j: number) => reluTimesSum[j]! + (mixedTimesSum?.[j] ?? 0);
  return sum(ignored.map(labelTimesSum)) / (ignored.length * sum(learned.map((i) => reluTimesSum[i]!)));
}

function ignoredFeatures(learned: readonly number[], features: number): number[] {
  const known = new Set(learned);
  return Array.from({ length: features }, (_, i) => i).filter((i) => !known.has(i));
}
