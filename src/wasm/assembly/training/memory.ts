// The buffers of one program. An instance of this module serves one shape, so their addresses are globals.
// n features, h neurons, B rows. Rows are padded to whole vectors (h' = h and n' = n rounded up to 4); the padding
// is zero and stays zero. W_in is held transposed, [n, h'], so that both weights are contiguous along neurons.

/** Rows handled together: their activations stay in the first cache, and one 64-bit word masks them. */
export const CHUNK: usize = 64;

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

// Weights and their gradients: each is one block of W_in [n, h'] followed by W_out [n, h'].
export let W_in: usize = 0;
export let W_out: usize = 0;
export let dW_in: usize = 0;
export let dW_out: usize = 0;

// What is trained: the weights themselves or, with an embedding of width d, their unfolded forms, one block of W_in
// [d, h'] followed by W_out [d, h'] each. See fold.ts.
export let parameters: usize = 0;
export let gradients: usize = 0;
export let firstMoment: usize = 0;
export let secondMoment: usize = 0;
export let parameterBytes: usize = 0;
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
export let E: usize = 0; // a chunk's errors, [CHUNK, n']
export let W_outT: usize = 0; // [h', n']

// The batch as drawn, up to B·n entries in order of their rows, and as the kernels walk it: 16 bytes an entry.
// A draw writes up to 32 entries past the last.
export let rowOf: usize = 0; // [B n] u32, with one place before it
export let columns: usize = 0; // [B n] u32
export let values: usize = 0; // [B n] f32
export let rowEnds: usize = 0; // [B + 2n] u32, with a zero before it
export let entries: usize = 0; // { W_in row offset, signed row offset, x, 0 }
export let squares: usize = 0; // Σ x² of rows with one active feature, by sign: [2, n] f64

export let outputSums: usize = 0; // Σ e_i², [n] f64
export let rowSums: usize = 0; // Σ ‖e‖² and Σ ‖e‖⁴ over rows, [2] f64
export let scratch: usize = 0; // exactly-k: which row drew a feature last, [n] u32

/** Entries of the batch as drawn. */
export let count: usize = 0;

export function setCount(entries: usize): void {
  count = entries;
}

/** Rows that the kernels walk: those with several active features, then the collapsed ones. */
export let rows: usize = 0;

export function setRows(kept: usize): void {
  rows = kept;
}

let next: f64 = 0;

function take(bytes: f64): usize {
  const start = next;
  next += Math.ceil(bytes / 64) * 64;
  return usize(start);
}

/** What is trained with an embedding of `d` dimensions. `pinv`: the unembedding is a matrix of its own. */
function takeEmbedding(d: f64, pinv: bool): void {
  const block = 2 * d * f64(stride);
  parameterBytes = usize(block);
  parameters = take(block);
  gradients = take(block);
  embedding = take(d * f64(nStride));
  unembedding = pinv ? take(d * f64(nStride)) : embedding;
}

/**
 * Bytes that a program of this shape needs; float64, so that it cannot wrap around.
 * `d`: width of the embedding, 0 for none
 */
export function configure(
  features: i32, neurons: i32, batch: i32, mixing: bool, scaled: bool, d: i32, pinv: bool,
): f64 {
  n = features;
  h = neurons;
  B = batch;
  hasMixing = mixing;
  hVectors = (h + 3) >> 2;
  nVectors = (n + 3) >> 2;
  stride = hVectors << 4;
  nStride = nVectors << 4;
  words = (h + 63) >> 6;
  featureWords = (n + 63) >> 6;

  const features64 = f64(n);
  const block = features64 * f64(stride);
  const square = f64(hVectors << 2) * f64(stride);
  next = Math.ceil(f64(__heap_base) / 64) * 64;
  W_in = take(2 * block);
  W_out = W_in + n * stride;
  dW_in = take(2 * block);
  dW_out = dW_in + n * stride;
  width = d;
  parameters = W_in;
  gradients = dW_in;
  parameterBytes = 2 * n * stride;
  if (d > 0) takeEmbedding(f64(d), pinv);
  firstMoment = take(f64(parameterBytes));
  secondMoment = take(f64(parameterBytes));
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
  K = take(square);
  G = take(square);
  tables = take(2 * block);
  S = take(2 * block);
  sumOfS = take(block);
  A = take(f64((CHUNK + 1) * stride));
  dA = take(f64(CHUNK * stride));
  masks = take(f64(words * CHUNK * 8));
  X = take(f64(CHUNK * nStride));
  Xt = take(4 * f64(CHUNK * n));
  const inputMasks = featureWords * CHUNK * 8;
  positive = take(3 * f64(inputMasks));
  negative = positive + inputMasks;
  active = negative + inputMasks;
  E = take(f64(CHUNK * nStride));
  W_outT = take(f64(hVectors << 2) * f64(nStride));
  const cells = f64(batch) * features64;
  rowOf = take(4 * (cells + 48)) + 64;
  columns = take(4 * (cells + 32));
  values = take(4 * (cells + 32));
  rowEnds = take(4 * (f64(batch) + 2 * features64 + 32)) + 64;
  entries = take(16 * (cells + 2 * features64 + 1));
  squares = take(16 * features64);
  outputSums = take(8 * features64);
  rowSums = take(16);
  scratch = take(4 * features64);
  return next;
}
