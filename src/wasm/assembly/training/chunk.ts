// Products by panels: of dense rows, and of rows of which a bit mask names those that count.
import { A, CHUNK, G, K, dA, hVectors, masks, stride, words } from "./memory";
import { addLive, addRow, addSquares, forwardRows, labelRows, scatterRows } from "./panels.generated";

/** The width of the next panel of `left` vectors, of those that nested kernels have: 1 to 7, and 13. */
// @ts-ignore: decorator
@inline
export function widthOf(left: usize): usize {
  return left >= 13 ? 13 : left <= 7 ? left : (left + 1) >> 1;
}

/** The same for kernels of every width up to 13: as equal as possible. */
// @ts-ignore: decorator
@inline
function evenWidthOf(left: usize): usize {
  if (left <= 13) return left;
  const panels = (left + 12) / 13;
  return (left + panels - 1) / panels;
}

/**
 * C += F B for C [rows, 4·vectors] and B [inner, 4·vectors]; element (i, k) of F lies at f + i·fRow + k·fStep. Strides
 * in bytes. Each sum runs over the inner dimension in order, in float32.
 */
export function multiply(
  c: usize, cRow: usize, f: usize, fRow: usize, fStep: usize, b: usize, bRow: usize,
  rows: usize, inner: usize, vectors: usize,
): void {
  for (let panel: usize = 0; panel < vectors; ) {
    const width = evenWidthOf(vectors - panel);
    const at = panel << 4;
    for (let i: usize = 0; i < rows; i++) {
      addRow(width, c + i * cRow + at, f + i * fRow, fStep, b + at, bRow, b + at + inner * bRow);
    }
    panel += width;
  }
}

/** a = relu(W_in x), its live masks, and da = −W_outᵀ y, for rows begin … end−1. */
export function forwardChunk(begin: usize, end: usize): void {
  memory.fill(masks, 0, words * CHUNK * 8);
  for (let panel: usize = 0; panel < hVectors; ) {
    // Not into another 64-neuron word of the masks.
    const width = widthOf(min(hVectors - panel, 16 - (panel & 15)));
    forwardRows(width, begin, end, panel);
    panel += width;
  }
  for (let panel: usize = 0; panel < hVectors; ) {
    const width = widthOf(hVectors - panel);
    labelRows(width, begin, end, panel);
    panel += width;
  }
}

/** dA += K a for the rows of a chunk, over live neurons only. */
export function multiplyLive(size: usize): void {
  for (let word: usize = 0; word < words; word++) {
    const first = masks + (word << 9);
    for (let panel: usize = 0; panel < hVectors; ) {
      const width = widthOf(hVectors - panel);
      const at = panel << 4;
      addLive(width, first, first + (size << 3), stride, K + (word << 6) * stride + at, A + (word << 8), dA + at);
      panel += width;
    }
  }
}

/** dW_in += Σ (da ⊙ [a > 0]) xᵀ and S± += Σ x aᵀ. */
export function scatterChunk(begin: usize, end: usize): void {
  for (let panel: usize = 0; panel < hVectors; ) {
    const width = widthOf(hVectors - panel);
    scatterRows(width, begin, end, panel);
    panel += width;
  }
}

/** Transposes a 64 × 64 bit matrix in place, by exchanging ever smaller off-diagonal blocks. */
function transposeBits(block: usize): void {
  let mask: u64 = 0x00000000ffffffff;
  for (let size: usize = 32; size != 0; size >>= 1) {
    for (let i: usize = 0; i < 64; i = (i + size + 1) & ~size) {
      const upper = block + (i << 3);
      const lower = block + ((i + size) << 3);
      const swapped = ((load<u64>(upper) >> u64(size)) ^ load<u64>(lower)) & mask;
      store<u64>(lower, load<u64>(lower) ^ swapped);
      store<u64>(upper, load<u64>(upper) ^ (swapped << u64(size)));
    }
    const half = u64(size >> 1);
    mask ^= mask << half;
  }
}

/** Transposes so many words of masks, 64 rows each. */
export function transposeMasks(first: usize, count: usize): void {
  for (let block = first; block < first + (count << 9); block += 512) transposeBits(block);
}

/** Masks of the elements of [CHUNK, 4·vectors] that are positive, or negative: [words, CHUNK] u64. */
export function markSigns(target: usize, matrix: usize, rowBytes: usize, vectors: usize, negative: bool): void {
  const sign = f32x4.splat(negative ? -1 : 1);
  for (let row: usize = 0; row < CHUNK; row++) {
    let mask = target + (row << 3);
    for (let word: usize = 0; word < vectors; word += 16) {
      let bits: u64 = 0;
      for (let v = min(vectors, word + 16); v > word; ) {
        v--;
        const x = v128.load(matrix + row * rowBytes + (v << 4));
        bits = (bits << 4) | u64(i32x4.bitmask(f32x4.gt(f32x4.mul(x, sign), f32x4.splat(0))));
      }
      store<u64>(mask, bits);
      mask += CHUNK << 3;
    }
  }
}

/** G += Σ a aᵀ over the chunk, from the diagonal's vector to the right. Overwrites the masks. */
export function gramChunk(): void {
  transposeMasks(masks, words);
  for (let neuron: usize = 0; neuron < hVectors << 2; neuron++) {
    const rows = load<u64>(masks + (neuron << 3));
    if (rows == 0) continue;
    for (let panel = neuron >> 2; panel < hVectors; ) {
      const width = evenWidthOf(hVectors - panel);
      addSquares(width, G + neuron * stride + (panel << 4), rows, stride, A + (panel << 4), A + (neuron << 2));
      panel += width;
    }
  }
}

/** Scales a symmetric [h', h'] matrix of which the part from the diagonal's vectors to the right is known, and completes it. */
export function complete(matrix: usize, factor: f32): void {
  for (let i: usize = 0; i < hVectors << 2; i++) {
    const row = matrix + i * stride;
    const diagonal = i >> 2;
    for (let v = diagonal; v < hVectors; v++) {
      const scaled = f32x4.mul(f32x4.splat(factor), v128.load(row + (v << 4)));
      v128.store(row + (v << 4), scaled);
      if (v == diagonal) continue;
      const column = matrix + (v << 2) * stride + (i << 2);
      v128.store32_lane(column, scaled, 0);
      v128.store32_lane(column + stride, scaled, 1);
      v128.store32_lane(column + 2 * stride, scaled, 2);
      v128.store32_lane(column + 3 * stride, scaled, 3);
    }
  }
}

/** C += F B for one row of each and the inner rows, at most 64, whose bits are set in the mask; F is contiguous. */
export function addMarked(c: usize, mask: usize, f: usize, b: usize, bRow: usize, vectors: usize): void {
  for (let panel: usize = 0; panel < vectors; ) {
    const width = widthOf(vectors - panel);
    const at = panel << 4;
    addLive(width, mask, mask + 8, bRow, b + at, f, c + at);
    panel += width;
  }
}
