// Embedding and unembedding folded into the weights: the other kernels see a network of n features, and Adam one of the
// full width d. Parameters and gradients of the full width are held transposed, [d, h'], as those of n features are.
//   A_in = W_in E, A_out = U W_out, U b_out before a step;   dW_in = dA_in Eᵀ, dW_out = Uᵀ dA_out, Uᵀ db_out after it
import { multiply } from "./chunk";
import {
  LEARNED_BIAS, NO_BIAS, W_in, W_out, b_in, b_out, blockBytes, dW_in, dW_out, db_in, db_out, embedding, gradients, hVectors,
  hiddenBias, n, nStride, nVectors, ofB_in, ofB_out, ofW_out, outputBias, parameters, stride, unembedding, weightBytes, width,
} from "./memory";

/** Dimensions folded together: their rows of E and of the weights stay in the first cache. */
const BLOCK: usize = 64;

/** The weights of n features, from the parameters. */
export function fold(): void {
  memory.fill(W_in, 0, weightBytes);
  for (let k: usize = 0; k < width; k += BLOCK) {
    const size = min(BLOCK, width - k);
    const weights = parameters + k * stride;
    multiply(W_in, stride, embedding + k * nStride, 4, nStride, weights, stride, n, size, hVectors);
    multiply(W_out, stride, unembedding + k * nStride, 4, nStride, weights + ofW_out, stride, n, size, hVectors);
  }
  if (hiddenBias != NO_BIAS) memory.copy(b_in, parameters + ofB_in, stride);
  if (outputBias != NO_BIAS) {
    multiply(b_out, nStride, parameters + ofB_out, 4, 4, unembedding, nStride, 1, width, nVectors);
  }
}

/** Σ a b over a row of inputs. */
function dot(a: usize, b: usize): f32 {
  let sum: f32 = 0;
  for (let at: usize = 0; at < nStride; at += 4) sum += load<f32>(a + at) * load<f32>(b + at);
  return sum;
}

/** The gradients of the parameters, from those of the weights of n features. */
export function unfold(): void {
  memory.fill(gradients, 0, blockBytes);
  multiply(gradients, stride, embedding, nStride, 4, dW_in, stride, width, n, hVectors);
  multiply(gradients + ofW_out, stride, unembedding, nStride, 4, dW_out, stride, width, n, hVectors);
  if (hiddenBias == LEARNED_BIAS) memory.copy(gradients + ofB_in, db_in, stride);
  if (outputBias != LEARNED_BIAS) return;
  for (let k: usize = 0; k < width; k++) {
    store<f32>(gradients + ofB_out + (k << 2), dot(unembedding + k * nStride, db_out));
  }
}
