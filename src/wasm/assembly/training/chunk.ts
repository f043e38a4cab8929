// A chunk of 64 rows: activations, live masks and the Gram matrix of the chunk.
import { A, CHUNK, G, hVectors, masks, stride, words } from "./memory";
import { NARROW, WIDE, forwardRows, gramRow } from "./panels.generated";

/** The width of the next panel of `left` vectors: as equal as possible, at most `widest`. */
// @ts-ignore: decorator
@inline
function evenWidth(left: usize, widest: usize): usize {
  const panels = (left + widest - 1) / widest;
  return (left + panels - 1) / panels;
}

/** The width of the next narrow panel, which may not reach into another 64-neuron word of the masks. */
// @ts-ignore: decorator
@inline
export function narrowWidth(panel: usize): usize {
  return evenWidth(min(hVectors - panel, 16 - (panel & 15)), NARROW);
}

// @ts-ignore: decorator
@inline
export function wideWidth(panel: usize): usize {
  return evenWidth(hVectors - panel, WIDE);
}

/** a = relu(W_in x) and its live mask for rows begin … end−1. */
export function forwardChunk(begin: usize, end: usize): void {
  memory.fill(masks, 0, words * CHUNK * 8);
  for (let panel: usize = 0; panel < hVectors; ) {
    const width = narrowWidth(panel);
    forwardRows(width, begin, end, panel);
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

/** G += Σ a aᵀ over the chunk, from the diagonal's vector to the right. Overwrites the masks. */
export function gramChunk(): void {
  for (let word: usize = 0; word < words; word++) {
    const block = masks + (word << 9);
    transposeBits(block);
    for (let bit: usize = 0; bit < 64; bit++) {
      const rows = load<u64>(block + (bit << 3));
      if (rows == 0) continue;
      const neuron = (word << 6) + bit;
      for (let panel = neuron >> 2; panel < hVectors; ) {
        const width = wideWidth(panel);
        gramRow(width, neuron, rows, panel);
        panel += width;
      }
    }
  }
}

/** Copies what lies right of the diagonal of a symmetric [h', h'] matrix to the left of it. */
export function mirror(matrix: usize): void {
  const size = hVectors << 2;
  for (let i: usize = 0; i < size; i++) {
    for (let j: usize = 0; j < i; j++) {
      store<f32>(matrix + i * stride + (j << 2), load<f32>(matrix + j * stride + (i << 2)));
    }
  }
}
