/**
 * ŷ = x/2: the odd part of relu(x), what a linear model without knowledge of M can answer.
 *
 * On clean labels with sign-symmetric values it is the best linear model of any rank: it loses E v²/4, all of it
 * even: 1/12 for U[-1,1] values, the same as naive at h = n/2. As a ReLU net it takes two neurons a feature,
 * x = relu(x) − relu(−x), so it is no competitor at h < 2n: it shows what no nonlinearity at all can reach.
 */
import { matrix } from "../numeric/matrix.ts";
import { type NetworkBaseline, outputLoss, type Problem, scaledIdentity } from "./problem.ts";

/** The exact losses of ŷ = x/2, with the net of 2n neurons that computes it. */
export function halfIdentity(problem: Problem): NetworkBaseline {
  const { features, mixing } = problem;
  const W_in = matrix(2 * features, features);
  const W_out = matrix(features, 2 * features);
  for (let i = 0; i < features; i++) {
    W_in.data[i * features + i] = 1;
    W_in.data[(features + i) * features + i] = -1;
    W_out.data[i * 2 * features + i] = 0.5;
    W_out.data[i * 2 * features + features + i] = -0.5;
  }
  return { ...outputLoss(problem, null, scaledIdentity(features, 0.5)), network: { W_in, W_out, M: mixing } };
}
