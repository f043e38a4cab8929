/**
 * The naive solution: every neuron computes the ReLU of one feature, the other features are ignored.
 *
 * On clean labels it loses E relu(v)² for every ignored feature: L/p = (n − h)/(6n) for U[-1,1] values, the line that
 * the literature compares with (Braun et al. 2025, arXiv 2501.14926; Bhagat et al. 2026, arXiv 2606.14673).
 */
import { activity } from "../evaluate/moments.ts";
import { type Matrix, matrix, multiply } from "../numeric/matrix.ts";
import { type Baseline, type NetworkBaseline, outputLoss, type Problem, withCleanLabels } from "./problem.ts";

/** The literature's line, on clean labels, and the same net under the problem's labels. */
export interface NaiveBaseline extends NetworkBaseline {
  readonly withMixing: Baseline;
}

/** The naive solution's exact losses: `lossPerP` on clean labels, `withMixing` under the problem's. */
export function naive(problem: Problem): NaiveBaseline {
  const { W_in, W_out } = naiveWeights(problem);
  const relus = multiply(W_out, W_in);
  return {
    ...outputLoss(withCleanLabels(problem), relus),
    withMixing: outputLoss(problem, relus),
    network: { W_in, W_out, M: problem.mixing },
  };
}

/** One neuron for each of the `neurons` most active features; neurons beyond the features stay zero. */
export function naiveWeights(problem: Problem): {
  readonly W_in: Matrix<Float64Array>;
  readonly W_out: Matrix<Float64Array>;
} {
  const { features, neurons } = problem;
  const W_in = matrix(neurons, features);
  const W_out = matrix(features, neurons);
  learnedFeatures(problem).forEach((feature, neuron) => {
    W_in.data[neuron * features + feature] = 1;
    W_out.data[feature * neurons + neuron] = 1;
  });
  return { W_in, W_out };
}

/** The features that get a neuron, most active first; equally active ones in order. */
export function learnedFeatures({ features, neurons, distribution }: Problem): number[] {
  const active = activity(distribution, features);
  const byActivity = Array.from(active, (_, i) => i).sort((i, j) => active[j]! - active[i]! || i - j);
  return byActivity.slice(0, neurons);
}
