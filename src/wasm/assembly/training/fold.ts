// Embedding and unembedding folded into the weights: the other kernels see a network of n features, and Adam one of the
// full width d. Parameters and gradients of the full width are held transposed, [d, h'], as those of n features are.
//   A_in = W_in E, A_out = U W_out before a step;   dW_in = dA_in Eᵀ, dW_out = Uᵀ dA_out after it
import {
  W_in, W_out, dW_in, dW_out, embedding, gradients, hVectors, n, nStride, parameters, stride, unembedding, width,
} from "./memory";
import { ADD, SET, gemm, gemmT } from "./panels.generated";

/** Dimensions folded together: their rows of E and of the weights stay in the first cache. */
const BLOCK: usize = 64;

/** The weights of n features, from the parameters. */
export function fold(): void {
  const ofW_out = width * stride;
  for (let k: usize = 0; k < width; k += BLOCK) {
    const size = min(BLOCK, width - k);
    const mode = k == 0 ? SET : ADD;
    const weights = parameters + k * stride;
    gemmT(W_in, stride, embedding + k * nStride, nStride, weights, stride, n, size, hVectors, mode);
    gemmT(W_out, stride, unembedding + k * nStride, nStride, weights + ofW_out, stride, n, size, hVectors, mode);
  }
}

/** The gradients of the parameters, from those of the weights of n features. */
export function unfold(): void {
  gemm(gradients, stride, embedding, nStride, dW_in, stride, width, n, hVectors, SET);
  gemm(gradients + width * stride, stride, unembedding, nStride, dW_out, stride, width, n, hVectors, SET);
}
