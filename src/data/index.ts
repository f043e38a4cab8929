/** Where inputs and labels come from: samplers, mixing matrices, embeddings and bypasses. */
export { bypassNoise } from "./bypass.ts";
export { drawEmbedding, embeddingMatrix, overlaps } from "./embedding.ts";
export { mixingMatrix } from "./mixing.ts";
export { densityOf, samplerOf } from "./sampler.ts";
