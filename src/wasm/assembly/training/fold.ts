// Embedding and unembedding folded into the weights: the other kernels see a network of n features, and Adam one of the
// full width d. Parameters and gradients of the full width are held transposed, [d, h'], as those of n features are.
//   A_in = W_in E, A_out = U W_out before a step;   dW_in = dA_in Eᵀ, dW_out = Uᵀ dA_out after it
import { multiply } from "./chunk";
import {
  W_in, W_out, dW_in, dW_out, embedding, gradients, hVectors, n, nStride, parameters, stride, unembedding, width,
} from "./memory";

/** Dimensions folded together: their rows of E and of the weights stay in the first cache. */
const BLOCK: usize = 64;

/** The weights of n features, from the parameters. */
export function fold(): void {
  const ofW_out = width * stride;
  memory.fill(W_in, 0, 2 * n * stride);
  for (let k: usize = 0; k < width; k += BLOCK) {
    const size = min(BLOCK, width - k);
    const weights = parameters + k * stride;
    multiply(W_in, stride, embedding + k * nStride, 4, nStride, weights, stride, n, size, hVectors);
    multiply(W_out, stride, unembedding + k * nStride, 4, nStride, weights + ofW_out, stride, n, size, hVectors);
  }
}

/** The gradients of the parameters, from those of the weights of n features. */
export function unfold(): void {
  memory.fill(gradients, 0, 2 * width * stride);
  multiply(gradients, stride, embedding, nStride, 4, dW_in, stride, width, n, hVectors);
  multiply(gradients + width * stride, stride, unembedding, nStride, 4, dW_out, stride, width, n, hVectors);
}
