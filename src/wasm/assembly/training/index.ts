// The training kernels: a sampler, gradients by the Gram path, Adam and error sums. Shapes and buffers only.
// The host calls configure, grows the memory to the bytes it answers, and writes parameters through the addresses.
import * as buffers from "./memory";

export { adam } from "./adam";
export { sumErrors } from "./errors";
export { gradientOfDenseRows, gradientOfRows } from "./gradient";
export { configure, setCount } from "./memory";
export { collapseRows, keepRows } from "./rows";
export { sampleBernoulli, sampleExactly } from "./sample";
export { gradientOfScale, mix, prepareScale } from "./scale";

export function addressOfW_in(): usize { return buffers.W_in; }
export function addressOfW_out(): usize { return buffers.W_out; }
export function addressOfdW_in(): usize { return buffers.dW_in; }
export function addressOfdW_out(): usize { return buffers.dW_out; }
export function addressOfFirstMoment(): usize { return buffers.firstMoment; }
export function addressOfSecondMoment(): usize { return buffers.secondMoment; }
export function addressOfM(): usize { return buffers.M; }
export function addressOfMt(): usize { return buffers.Mt; }
export function addressOfF(): usize { return buffers.F; }
export function addressOfFt(): usize { return buffers.Ft; }
export function addressOfT(): usize { return buffers.T; }
export function addressOfTt(): usize { return buffers.Tt; }
export function addressOfRows(): usize { return buffers.rowOf; }
export function addressOfColumns(): usize { return buffers.columns; }
export function addressOfValues(): usize { return buffers.values; }
export function addressOfOutputSums(): usize { return buffers.outputSums; }
export function addressOfRowSums(): usize { return buffers.rowSums; }
export function entryCount(): usize { return buffers.count; }
