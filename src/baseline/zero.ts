/** Doing nothing: ŷ = 0 loses the labels' whole second moment, tr Σ_y / n. */
import { matrix } from "../numeric/matrix.ts";
import { type NetworkBaseline, outputLoss, type Problem } from "./problem.ts";

/** The exact losses of ŷ = 0. */
export function zero(problem: Problem): NetworkBaseline {
  const { features, neurons, mixing } = problem;
  const network = { W_in: matrix(neurons, features), W_out: matrix(features, neurons), M: mixing };
  return { ...outputLoss(problem, null), network };
}
