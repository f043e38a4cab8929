/**
 * How far a residual network and what it folds into are apart: the largest difference of their errors, output by output.
 *
 * The residual network is followed by the words of its definition, in float64: r ← E x, then r ← r + W_out relu(W_in r)
 * layer by layer, ŷ = Eᵀ r, labels x + relu(x). The folded one is evaluated as everywhere else.
 */
import { apply } from "../../engine/row.ts";
import { errorOfRow, toFunctionModel } from "../../evaluate/function-model.ts";
import type { SampleOptions } from "../../evaluate/sampled-errors.ts";
import { eachInput } from "../../evaluate/sampled-inputs.ts";
import type { Weights } from "../../model/model.ts";
import { type Matrix, transpose } from "../../numeric/matrix.ts";
import type { MeasuredModel } from "../measure-task.ts";

/** The largest |difference| of two errors over all inputs drawn and all outputs. @throws on a network without embedding */
export async function foldingError(
  { spec, model, unfolded }: Pick<MeasuredModel, "spec" | "model" | "unfolded">,
  options: SampleOptions,
): Promise<number> {
  if (unfolded === undefined || unfolded.W_E === null) {
    throw new Error("foldingError: need a network with an embedding, got none. Set model.embedding.");
  }
  const residual = residualErrorOf(unfolded, unfolded.W_E, spec.model.layers);
  const folded = toFunctionModel(model);
  let largest = 0;
  await eachInput(spec.model.features, options, (x, row) => {
    const errors = residual(x);
    errorOfRow(folded, x, row).forEach((value, i) => {
      largest = Math.max(largest, Math.abs(value - errors[i]!));
    });
  });
  return largest;
}

/** e = ŷ − y of the residual network, [features]. */
function residualErrorOf({ W_in, W_out }: Weights, W_E: Matrix, layers: number) {
  const back = transpose(W_E);
  const [neurons] = W_in.shape;
  const size = neurons / layers;
  return (x: Float64Array): Float64Array => {
    const stream = apply(W_E, x);
    for (let first = 0; first < neurons; first += size) {
      const a = apply(W_in, stream).map((z, k) => (k >= first && k < first + size ? Math.max(z, 0) : 0));
      apply(W_out, a).forEach((value, d) => {
        stream[d]! += value;
      });
    }
    return apply(back, stream).map((value, i) => value - x[i]! - Math.max(x[i]!, 0));
  };
}
