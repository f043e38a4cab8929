// The buffers of one program. An instance of this module serves one shape, so their addresses are globals.
// n features, h neurons, B rows. Rows are padded to whole vectors (h' = h and n' = n rounded up to 4); the padding
// is zero and stays zero. W_in is held transposed, [n, h'], so that both weights are contiguous along neurons.

/** Rows handled together: their activations stay in the first cache, and one 64-bit word masks them. */
export const CHUNK: usize = 64;

// Activations and labels. And and xor are of pairs of features.
export const IDENTITY: i32 = 0;
export const RELU: i32 = 1;
export const GELU: i32 = 2;
export const ABS: i32 = 3;
export const SQUARE: i32 = 4;
export const AND: i32 = 5;
export const XOR: i32 = 6;

export const NO_BIAS: i32 = 0;
export const LEARNED_BIAS: i32 = 2;

export let n: usize = 0;
export let h: usize = 0;
export let B: usize = 0;
/** h' and n', in vectors of four floats, and the bytes of a row of each. */
export let hVectors: usize = 0;
export let nVectors: usize = 0;
export let stride: usize = 0;
export let nStride: usize = 0;
/** 64-bit words of a row's live mask. */
export let words: usize = 0;
/** The same for a row of inputs. */
export let featureWords: usize = 0;
export let hasMixing: bool = false;

// What the network computes, by the codes of engine/wasm/codes.ts.
export let m: usize = 0; // outputs
export let mVectors: usize = 0;
export let mStride: usize = 0;
/** 64-bit words of a row's live mask of outputs. */
export let outputWords: usize = 0;
export let activation: i32 = RELU;
export let outputActivation: i32 = IDENTITY;
export let hiddenBias: i32 = NO_BIAS;
export let outputBias: i32 = NO_BIAS;
/** Whether W_out is W_in in the parameters. */
export let tied: bool = false;
export let layers: usize = 1;
export let labels: i32 = RELU;
export let hasCoefficients: bool = false;

// What is minimised: I w |e|^q, and λ |a|.
export let exponent: f64 = 2;
export let hasImportance: bool = false;
export let onesWeight: f32 = 1;
export let l1: f32 = 0;

// Weights and their gradients as rows meet them: each is one block of W_in [n, h'], W_out [m, h'], or the very same as
// W_in where it is tied without an embedding, b_in [h'] and b_out [m'].
export let W_in: usize = 0;
export let W_out: usize = 0;
export let b_in: usize = 0;
export let b_out: usize = 0;
export let dW_in: usize = 0;
export let dW_out: usize = 0;
export let db_in: usize = 0;
export let db_out: usize = 0;
/** Bytes of one such block. */
export let weightBytes: usize = 0;

// What is trained: the weights themselves or, with an embedding of width d, their unfolded forms, a block like theirs with
// d in place of n and m. See fold.ts.
export let parameters: usize = 0;
export let gradients: usize = 0;
export let firstMoment: usize = 0;
export let secondMoment: usize = 0;
/** Bytes from the start of a block that are trained: fixed biases are held after them. */
export let trainedBytes: usize = 0;
export let blockBytes: usize = 0;
// Where the parts of a block of parameters are.
export let ofW_out: usize = 0;
export let ofB_in: usize = 0;
export let ofB_out: usize = 0;
export let width: usize = 0; // d; 0: no embedding
export let embedding: usize = 0; // E, [d, n']
export let unembedding: usize = 0; // Uᵀ, [d, n']; the same as E when U = Eᵀ

export let M: usize = 0; // [n, n']
export let Mt: usize = 0; // [n, n']

// Of a trained scale of the labels: M = F + σ T. See scale.ts.
export let F: usize = 0; // [n, n']
export let Ft: usize = 0; // [n, n']
export let T: usize = 0; // [n, n']
export let Tt: usize = 0; // [n, n']
export let FtT: usize = 0; // FᵀT, [n, n']
export let TtT: usize = 0; // TᵀT, [n, n']
export let Q: usize = 0; // Σ x xᵀ by the sign of x in the row: [2, n, n']
export let TW: usize = 0; // TᵀW_out, [n, h']

export let K: usize = 0; // W_outᵀ W_out, [h', h']
export let G: usize = 0; // Σ a aᵀ, [h', h']
export let tables: usize = 0; // what an active feature adds to −W_outᵀ y, by sign of x: [2, n, h']
export let S: usize = 0; // Σ x aᵀ, by sign of x: [2, n, h']
export let sumOfS: usize = 0; // −(S₊ + S₋), [n, h']

export let A: usize = 0; // activations of a chunk, [CHUNK + 1, h'], the last row zero
export let dA: usize = 0; // [CHUNK, h']
export let masks: usize = 0; // live neurons of each row, [words, CHUNK] u64
export let X: usize = 0; // a chunk's inputs, [CHUNK, n']
export let Xt: usize = 0; // [n, CHUNK]
// Which of them are > 0, < 0, and either: each [featureWords, CHUNK] u64, one after the other.
export let positive: usize = 0;
export let negative: usize = 0;
export let active: usize = 0;
export let E: usize = 0; // a chunk's errors, then their gradients, [CHUNK, m']
export let W_outT: usize = 0; // [h', m']

export let Z: usize = 0; // pre-activations of a chunk, [CHUNK, h']

// Of the general path alone.
export let U: usize = 0; // pre-activations of the outputs, [CHUNK, m']
export let Y: usize = 0; // −y, where a label's own value is asked for, [CHUNK, m']
export let At: usize = 0; // [h', CHUNK]
export let Et: usize = 0; // [m', CHUNK]
export let outputMasks: usize = 0; // [outputWords, CHUNK] u64
export let dW_outT: usize = 0; // [h', m']
export let C: usize = 0; // W_in W_out from a layer to later ones, [h', h'], a row a later neuron
export let Ct: usize = 0; // its transpose
export let dCt: usize = 0; // [h', h']
export let dC: usize = 0; // [h', h']
export let coefficients: usize = 0; // c, [n']
export let importance: usize = 0; // I, [m']
export let units: usize = 0; // of the sampler: { first member, draws, threshold u64 } and an end, [n + 1]
export let members: usize = 0; // features of the units, [n] u32

// The batch as drawn, up to B·n entries in order of their rows, and as the kernels walk it: 16 bytes an entry.
// A draw writes up to 32 entries past the last.
export let rowOf: usize = 0; // [B n] u32, with one place before it
export let columns: usize = 0; // [B n] u32
export let values: usize = 0; // [B n] f32
export let rowEnds: usize = 0; // [B + 2n] u32, with a zero before it
export let entries: usize = 0; // { W_in row offset, signed row offset, x, feature }
export let sums: usize = 0; // Σ |x|^q of rows with one active feature, by sign: [2, n] f64

export let outputSums: usize = 0; // Σ |e_i|^q, [m'] f64
export let rowSums: usize = 0; // Σ s and Σ s² over rows, s = Σ |e_i|^q of a row, and Σ |a|, [3] f64
export let scratch: usize = 0; // exactly-k: which row drew a feature last, [n] u32

/** Entries of the batch as drawn. */
export let count: usize = 0;

export function setCount(entries: usize): void {
  count = entries;
}

/** Rows that the kernels walk: those with several active features, the collapsed ones, and one for all empty rows. */
export let rows: usize = 0;

export function setRows(kept: usize): void {
  rows = kept;
}

/** To be called before {@link configure}. */
export function setNetwork(
  outputs: i32, hidden: i32, output: i32, biasIn: i32, biasOut: i32, isTied: bool, count: i32, label: i32,
): void {
  m = outputs;
  activation = hidden;
  outputActivation = output;
  hiddenBias = biasIn;
  outputBias = biasOut;
  tied = isTied;
  layers = count;
  labels = label;
}

/** The same. */
export function setLoss(power: f64, weightOfOnes: f32, penalty: f32, isWeighted: bool, isScaled: bool): void {
  exponent = power;
  onesWeight = weightOfOnes;
  l1 = penalty;
  hasImportance = isWeighted;
  hasCoefficients = isScaled;
}

/** Rows of the batch that the last walked row, without entries, stands for; 0: there is no such row. */
export let emptyRows: usize = 0;

export function setEmptyRows(count: usize): void {
  emptyRows = count;
}

let next: f64 = 0;

function take(bytes: f64): usize {
  const start = next;
  next += Math.ceil(bytes / 64) * 64;
  return usize(start);
}

/**
 * Where the parts of a block lie that has `inputs` rows of W_in and `outputs` rows of W_out; learned biases come first.
 * `shared`: W_out is the very same as W_in.
 */
function layOut(inputs: usize, outputs: usize, bytesOut: usize, shared: bool): void {
  ofW_out = shared ? 0 : inputs * stride;
  trainedBytes = shared ? inputs * stride : (inputs + outputs) * stride;
  let at = trainedBytes;
  const isInFirst = hiddenBias == LEARNED_BIAS || outputBias != LEARNED_BIAS;
  ofB_in = isInFirst ? at : at + bytesOut;
  ofB_out = isInFirst ? at + stride : at;
  blockBytes = at + stride + bytesOut;
  if (hiddenBias == LEARNED_BIAS) trainedBytes += stride;
  if (outputBias == LEARNED_BIAS) trainedBytes += bytesOut;
}

/** The weights as rows meet them, and with an embedding of `d` dimensions what is trained. `pinv`: U is a matrix of its own. */
function takeWeights(d: usize, pinv: bool): void {
  // What an embedding folds to is not tied: A_in = W_in E, A_out = U W_inᵀ.
  layOut(n, m, mStride, tied && d == 0);
  weightBytes = blockBytes;
  W_in = take(f64(blockBytes));
  W_out = W_in + ofW_out;
  b_in = W_in + ofB_in;
  b_out = W_in + ofB_out;
  dW_in = take(f64(blockBytes));
  dW_out = dW_in + ofW_out;
  db_in = dW_in + ofB_in;
  db_out = dW_in + ofB_out;
  width = d;
  parameters = W_in;
  gradients = dW_in;
  if (d == 0) return;
  layOut(d, d, ((d + 3) >> 2) << 4, tied);
  parameters = take(f64(blockBytes));
  gradients = take(f64(blockBytes));
  embedding = take(f64(d) * f64(nStride));
  unembedding = pinv ? take(f64(d) * f64(nStride)) : embedding;
}

/** Buffers that the general path has beside the others. */
function takeGeneral(): void {
  const chunk = f64(CHUNK);
  const square = f64(hVectors << 2) * f64(stride);
  U = take(chunk * f64(mStride));
  Y = take(chunk * f64(mStride));
  At = take(4 * chunk * f64(hVectors << 2));
  Et = take(4 * chunk * f64(mVectors << 2));
  outputMasks = take(8 * chunk * f64(outputWords));
  dW_outT = take(f64(hVectors << 2) * f64(mStride));
  const squares = layers > 1 ? square : 0;
  C = take(squares);
  Ct = take(squares);
  dC = take(squares);
  dCt = take(squares);
}

/**
 * Bytes that a program of this shape needs; float64, so that it cannot wrap around.
 * `d`: width of the embedding, 0 for none
 */
export function configure(
  features: i32, neurons: i32, batch: i32, mixing: bool, scaled: bool, d: i32, pinv: bool, general: bool,
): f64 {
  n = features;
  h = neurons;
  B = batch;
  hasMixing = mixing;
  hVectors = (h + 3) >> 2;
  nVectors = (n + 3) >> 2;
  mVectors = (m + 3) >> 2;
  stride = hVectors << 4;
  nStride = nVectors << 4;
  mStride = mVectors << 4;
  words = (h + 63) >> 6;
  featureWords = (n + 63) >> 6;
  outputWords = (m + 63) >> 6;

  const features64 = f64(n);
  const block = features64 * f64(stride);
  const square = f64(hVectors << 2) * f64(stride);
  next = Math.ceil(f64(__heap_base) / 64) * 64;
  takeWeights(d, pinv);
  firstMoment = take(f64(blockBytes));
  secondMoment = take(f64(blockBytes));
  const mixingBytes = mixing ? features64 * f64(nStride) : 0;
  M = take(mixingBytes);
  Mt = take(mixingBytes);
  const scaleBytes = scaled ? features64 * f64(nStride) : 0;
  F = take(scaleBytes);
  Ft = take(scaleBytes);
  T = take(scaleBytes);
  Tt = take(scaleBytes);
  FtT = take(scaleBytes);
  TtT = take(scaleBytes);
  Q = take(2 * scaleBytes);
  TW = take(scaled ? block : 0);
  if (general) takeGeneral();
  K = take(square);
  G = take(square);
  tables = take(2 * block);
  S = take(2 * block);
  sumOfS = take(block);
  A = take(f64((CHUNK + 1) * stride));
  dA = take(f64(CHUNK * stride));
  Z = take(f64(CHUNK * stride));
  masks = take(f64(words * CHUNK * 8));
  X = take(f64(CHUNK * nStride));
  Xt = take(4 * f64(CHUNK * n));
  const inputMasks = featureWords * CHUNK * 8;
  positive = take(3 * f64(inputMasks));
  negative = positive + inputMasks;
  active = negative + inputMasks;
  E = take(f64(CHUNK * mStride));
  W_outT = take(f64(hVectors << 2) * f64(mStride));
  coefficients = take(f64(nStride));
  importance = take(f64(mStride));
  units = take(16 * (features64 + 1));
  members = take(4 * features64);
  const cells = f64(batch) * features64;
  rowOf = take(4 * (cells + 48)) + 64;
  columns = take(4 * (cells + 32));
  values = take(4 * (cells + 32));
  rowEnds = take(4 * (f64(batch) + 2 * features64 + 32)) + 64;
  entries = take(16 * (cells + 2 * features64 + 1));
  sums = take(16 * features64);
  outputSums = take(2 * f64(mStride));
  rowSums = take(24);
  scratch = take(4 * features64);
  return next;
}
