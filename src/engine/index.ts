/** Engines: buffers and kernels. The reference engine explains and checks; the wasm engine is fast. */
export type {
  AdamUpdate,
  Batch,
  BufferName,
  Engine,
  ErrorPart,
  ErrorSums,
  Program,
  Sampler,
  SgdUpdate,
  Unit,
  Update,
  ValueKind,
  WeightPair,
} from "./engine.ts";
export { referenceEngine } from "./reference/engine.ts";
export {
  type Activation,
  type Architecture,
  type BiasKind,
  type Embedding,
  type LabelFunction,
  type LabelName,
  type LossShape,
  type ProgramShape,
  plainArchitecture,
  squaredError,
} from "./shape.ts";
export { wasmEngine } from "./wasm/engine.ts";
