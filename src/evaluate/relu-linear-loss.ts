/** The loss of outputs that are sums over x and relu(x), in closed form, float64. */
import { combine, type Matrix } from "../numeric/matrix.ts";
import { expectedProducts, type Moment, sum } from "./moment.ts";
import { density, type InputDistribution, inputMoments, isSignSymmetric } from "./moments.ts";

/** A loss and its two parts, each L/p. `linear` and `even` are null where x and −x are not equally likely. */
export interface LossParts {
  /** Mean squared error per output, divided by p. */
  readonly lossPerP: number;
  /** What is lost in the linear (odd) part of the output. */
  readonly linear: number | null;
  /** What is lost in the even part of the output, the only one that meets a nonlinearity. */
  readonly even: number | null;
}

/** The loss where x and −x are equally likely, which has both parts. */
export interface SplitLoss extends LossParts {
  readonly linear: number;
  readonly even: number;
}

/**
 * The exact loss of an output whose error is e = P relu(x) + Q x, as every baseline's is whose neurons read one
 * feature each. With relu(x) = (x + |x|)/2 its linear part is (P/2 + Q) x and its even part (P/2) |x|.
 *
 * @param relus P, [features, features]
 * @param inputs Q, [features, features]
 */
export function reluLinearLoss(relus: Matrix, inputs: Matrix, distribution: InputDistribution): LossParts {
  const [features] = relus.shape;
  const moments = inputMoments(distribution, features);
  const perP = 1 / (features * density(distribution, features));
  if (!isSignSymmetric(distribution)) {
    const cross = mean(relus, inputs, moments.reluInputs);
    const squares = mean(relus, relus, moments.relus) + mean(inputs, inputs, moments.inputs);
    return { lossPerP: perP * (squares + 2 * cross), linear: null, even: null };
  }
  const odd = combine(0.5, relus, 1, inputs);
  const linear = perP * mean(odd, odd, moments.inputs);
  const even = (perP / 4) * mean(relus, relus, moments.absolutes);
  return { lossPerP: linear + even, linear, even };
}

/** E (A z)·(B z), given E[z zᵀ]. */
function mean(a: Matrix, b: Matrix, moment: Moment): number {
  return sum(expectedProducts(a, b, moment));
}
