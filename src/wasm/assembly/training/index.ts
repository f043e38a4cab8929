// The training kernels: samplers, gradients by the Gram path and by the general one, optimisers and error sums. Shapes and
// buffers only. The host calls setNetwork, setLoss and configure, grows the memory to the bytes that the last answers, and
// writes parameters through the addresses.
import * as buffers from "./memory";

export { sumErrors } from "./errors";
export { fold, unfold } from "./fold";
export { addLayers, gradientOfGeneralRows, ofScale } from "./general";
export { gradientOfDenseRows, gradientOfRows } from "./gradient";
export { blockBytes, configure, ofB_in, ofB_out, ofW_out, setCount, setLoss, setNetwork } from "./memory";
export { addEmptyRow, collapseRows, keepRows } from "./rows";
export { sampleBernoulli, sampleExactly } from "./sample";
export { gradientOfScale, mix, prepareScale } from "./scale";
export { sampleUnits } from "./units";
export { adam, sgd } from "./update";

export function addressOfParameters(): usize { return buffers.parameters; }
export function addressOfGradients(): usize { return buffers.gradients; }
export function addressOfFirstMoment(): usize { return buffers.firstMoment; }
export function addressOfSecondMoment(): usize { return buffers.secondMoment; }
export function addressOfEmbedding(): usize { return buffers.embedding; }
export function addressOfUnembedding(): usize { return buffers.unembedding; }
export function addressOfM(): usize { return buffers.M; }
export function addressOfMt(): usize { return buffers.Mt; }
export function addressOfF(): usize { return buffers.F; }
export function addressOfFt(): usize { return buffers.Ft; }
export function addressOfT(): usize { return buffers.T; }
export function addressOfTt(): usize { return buffers.Tt; }
export function addressOfCoefficients(): usize { return buffers.coefficients; }
export function addressOfImportance(): usize { return buffers.importance; }
export function addressOfUnits(): usize { return buffers.units; }
export function addressOfMembers(): usize { return buffers.members; }
export function addressOfRows(): usize { return buffers.rowOf; }
export function addressOfColumns(): usize { return buffers.columns; }
export function addressOfValues(): usize { return buffers.values; }
export function addressOfOutputSums(): usize { return buffers.outputSums; }
export function addressOfRowSums(): usize { return buffers.rowSums; }
export function entryCount(): usize { return buffers.count; }
