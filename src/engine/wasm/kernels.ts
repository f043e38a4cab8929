/** The compiled training kernels and the types of their exports. See src/wasm/assembly/training. */
import { compileKernels } from "../../wasm/load.ts";
import { base64 } from "../../wasm/training.generated.ts";

type Address = () => number;

/** Draws a batch; the first number says how often features are active. */
type Draw = (
  activity: number,
  values: number,
  step: number,
  stream: number,
  seedLow: number,
  seedHigh: number,
) => void;

export interface TrainingKernels {
  readonly memory: WebAssembly.Memory;
  /** Before configure; numbers are those of codes.ts. */
  setNetwork(
    outputs: number,
    activation: number,
    output: number,
    hiddenBias: number,
    outputBias: number,
    tied: boolean,
    layers: number,
    labels: number,
  ): void;
  /** Before configure. */
  setLoss(
    exponent: number,
    onesWeight: number,
    l1: number,
    hasImportance: boolean,
    hasCoefficients: boolean,
  ): void;
  /** Lays out the buffers and returns the bytes that memory must hold. */
  configure(
    features: number,
    neurons: number,
    batch: number,
    hasMixing: boolean,
    isScaled: boolean,
    width: number,
    hasUnembedding: boolean,
    general: boolean,
  ): number;
  /** Of a block of parameters: its bytes, and where its parts start. */
  readonly blockBytes: WebAssembly.Global;
  readonly ofW_out: WebAssembly.Global;
  readonly ofB_in: WebAssembly.Global;
  readonly ofB_out: WebAssembly.Global;
  /** With 1/ln(1 − p). */
  readonly sampleBernoulli: Draw;
  /** With k. */
  readonly sampleExactly: Draw;
  /** With 1/ln(1 − p) for the largest p, of the first `units` units. */
  sampleUnits(...draw: [...Parameters<Draw>, units: number]): void;
  /** Entries of the current batch. */
  entryCount(): number;
  setCount(entries: number): void;
  collapseRows(): void;
  keepRows(): void;
  /** After keepRows: one row for all empty ones. */
  addEmptyRow(): void;
  gradientOfRows(): void;
  gradientOfDenseRows(): void;
  gradientOfGeneralRows(isScaled: boolean): void;
  /** −dL/dσ of the last general gradient. */
  readonly ofScale: WebAssembly.Global;
  /** With several layers: what the gradients of the parameters get from between the layers, after unfold. */
  addLayers(): void;
  adam(rate: number, root: number, beta1: number, beta2: number, epsilon: number, keep: number): void;
  sgd(rate: number, momentum: number, keep: number): void;
  sumErrors(even: boolean, exponent: number, rectified: boolean, weighted: boolean): void;
  /** With an embedding: the weights of n features from the parameters, before gradients and errors. */
  fold(): void;
  /** With an embedding: the gradients of the parameters, after those of the weights. */
  unfold(): void;
  /** Once, after F and T are written. */
  prepareScale(): void;
  /** M = F + σ T. */
  mix(sigma: number): void;
  /** dL/dσ, right after the gradient of the weights. */
  gradientOfScale(sigma: number, dense: boolean): number;
  readonly addressOfParameters: Address;
  readonly addressOfGradients: Address;
  readonly addressOfFirstMoment: Address;
  readonly addressOfSecondMoment: Address;
  readonly addressOfEmbedding: Address;
  readonly addressOfUnembedding: Address;
  readonly addressOfM: Address;
  readonly addressOfMt: Address;
  readonly addressOfF: Address;
  readonly addressOfFt: Address;
  readonly addressOfT: Address;
  readonly addressOfTt: Address;
  readonly addressOfCoefficients: Address;
  readonly addressOfImportance: Address;
  readonly addressOfUnits: Address;
  readonly addressOfMembers: Address;
  readonly addressOfRows: Address;
  readonly addressOfColumns: Address;
  readonly addressOfValues: Address;
  readonly addressOfOutputSums: Address;
  readonly addressOfRowSums: Address;
}

const compiled = compileKernels(base64);

/** A fresh instance with a memory of its own. */
export function instantiateTraining(): TrainingKernels {
  return new WebAssembly.Instance(compiled, {}).exports as unknown as TrainingKernels;
}
