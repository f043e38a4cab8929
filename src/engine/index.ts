/** Engines: buffers and kernels. The reference engine explains and checks; the wasm engine is fast. */
export type {
  AdamUpdate,
  Batch,
  BufferName,
  Engine,
  ErrorPart,
  ErrorSums,
  LabelFunction,
  Program,
  ProgramShape,
  Sampler,
  ValueKind,
  WeightPair,
} from "./engine.ts";
export { referenceEngine } from "./reference/engine.ts";
export { wasmEngine } from "./wasm/engine.ts";
