/** The numbers by which the kernels know names: see src/wasm/assembly/training/memory.ts. */
import type { ValueKind } from "../engine.ts";
import type { Activation, BiasKind, LabelName } from "../shape.ts";

export const activationCodes: Readonly<Record<Activation, number>> = {
  identity: 0,
  relu: 1,
  gelu: 2,
  abs: 3,
  square: 4,
};

export const labelCodes: Readonly<Record<LabelName, number>> = {
  identity: 0,
  relu: 1,
  abs: 3,
  square: 4,
  and: 5,
  xor: 6,
};

export const biasCodes: Readonly<Record<BiasKind, number>> = { none: 0, fixed: 1, learned: 2 };

export const valueCodes: Readonly<Record<ValueKind, number>> = {
  symmetric: 0,
  positive: 1,
  sign: 2,
  binary: 3,
};
