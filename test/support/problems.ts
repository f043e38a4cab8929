/** Random problems for the tests of baselines and bounds. */
import type { Problem } from "../../src/baseline/problem.ts";
import { everyDistribution, features } from "./distributions.ts";
import { randomMatrix } from "./random-matrix.ts";

/** Every distribution with clean labels and with an asymmetric mixing, four features and two neurons. */
export const everyProblem: readonly Problem[] = everyDistribution.flatMap((distribution) => [
  { features, neurons: 2, distribution, mixing: null },
  { features, neurons: 2, distribution, mixing: randomMatrix(41, features, features, 0.5) },
]);

/** 100 features, 50 neurons, U[-1,1] values, clean labels: the literature's setting. */
export function literature(p: number): Problem {
  return {
    features: 100,
    neurons: 50,
    mixing: null,
    distribution: { kind: "bernoulli", p, values: "symmetric" },
  };
}
