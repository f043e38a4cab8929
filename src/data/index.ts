/** Where inputs and labels come from: samplers, mixing matrices, coefficients, embeddings and bypasses. */
export { bypassNoise } from "./bypass.ts";
export { labelCoefficients } from "./coefficients.ts";
export { drawEmbedding, embeddingMatrix, overlaps } from "./embedding.ts";
export { mixingMatrix } from "./mixing.ts";
export { densityOf, samplerOf } from "./sampler.ts";
