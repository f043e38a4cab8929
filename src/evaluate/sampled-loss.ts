/**
 * L/p of any model against any labels, sampled as a whole. Where x and −x are equally likely, every input is taken
 * with its opposite, which gives both parts without a cross term and takes its variance away.
 */
import { outputsOf } from "../engine/shape.ts";
import { absolutePower } from "../numeric/power.ts";
import { errorOfRow, type FunctionModel } from "./function-model.ts";
import { density, isSignSymmetric } from "./moments.ts";
import { oddEvenAt } from "./odd-even-rows.ts";
import type { SampleOptions } from "./sampled-errors.ts";
import { eachInput } from "./sampled-inputs.ts";

/** Sums over all inputs drawn, in float64. */
export interface SampledParts {
  readonly samples: number;
  /** Σ over inputs of Σ_i |e_i|^q; for q = 2 and sign-symmetric values, Σ (‖odd‖² + ‖even‖²), the mean over x and −x. */
  readonly sum: number;
  /** Σ of the squares of those terms. */
  readonly sumOfSquares: number;
  /** Σ ‖odd‖²; null when values are not sign-symmetric, and for q ≠ 2. */
  readonly odd: number | null;
  /** The same by output, [outputs], of the whole error. */
  readonly perOutput: Float64Array;
}

/** Draws inputs and sums |e|^q of a model's errors. The same seed, the same inputs. @param exponent q */
export async function sampleParts(
  model: FunctionModel,
  options: SampleOptions,
  exponent: number,
): Promise<SampledParts> {
  const { features } = model;
  density(options.distribution, features);
  const power = absolutePower(exponent);
  const split = exponent === 2 && isSignSymmetric(options.distribution);
  const perOutput = new Float64Array(outputsOf(model));
  const total = { sum: 0, sumOfSquares: 0, odd: 0 };
  const samples = await eachInput(features, options, (x, row) => {
    const error = (at: Float64Array) => errorOfRow(model, at, row);
    const { odd, even } = split ? oddEvenAt(error, x) : { odd: null, even: error(x) };
    const ofOdd = odd === null ? 0 : addPowers(perOutput, odd, power);
    const ofRow = ofOdd + addPowers(perOutput, even, power);
    total.odd += ofOdd;
    total.sum += ofRow;
    total.sumOfSquares += ofRow * ofRow;
  });
  return { ...total, samples, odd: split ? total.odd : null, perOutput };
}

/** sums_i += |e_i|^q. @returns Σ |e_i|^q */
function addPowers(sums: Float64Array, e: Float64Array, power: (x: number) => number): number {
  let ofRow = 0;
  for (let i = 0; i < e.length; i++) {
    const term = power(e[i]!);
    sums[i]! += term;
    ofRow += term;
  }
  return ofRow;
}
