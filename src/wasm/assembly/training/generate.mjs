// Writes panels.generated.ts: the kernels whose inner loops keep one accumulator for each vector of a panel.
//
// Hosts leave 15 vector registers free. A loop that only multiplies and adds can keep 13 sums; where a function has
// several loops, the compiler of Node 20 moves all loads of a loop before its arithmetic, so that only seven sums,
// seven loads and one factor fit. Locals can not be indexed, so each width needs its own function; this file keeps
// their source short.
import { writeFileSync } from "node:fs";

const wide = 13;
const narrow = 7;
const upTo = (widest) => Array.from({ length: widest }, (_, i) => i + 1);
const each = (width, line) => Array.from({ length: width }, (_, t) => line(t, t * 16)).join("\n");

const forward = (width) => `
function forwardRows${width}(begin: usize, end: usize, panel: usize): void {
  const weights = W_in + (panel << 4);
  const shift = u64((panel & 15) << 2);
  let hidden = A + (panel << 4);
  let mask = masks + ((panel >> 4) << 9);
  for (let row = begin; row < end; row++) {
${each(width, (t) => `    let z${t} = f32x4.splat(0);`)}
    const last = entries + (usize(load<u32>(rowEnds + (row << 2))) << 4);
    for (let entry = entries + (usize(load<u32>(rowEnds + (row << 2) - 4)) << 4); entry < last; entry += 16) {
      const source = weights + load<u32>(entry);
      const x = v128.load32_splat(entry, 8);
${each(width, (t, at) => `      z${t} = f32x4.add(z${t}, f32x4.mul(x, v128.load(source, ${at})));`)}
    }
    let live: u64 = 0;
${each(
  width,
  (t, at) => `    z${t} = f32x4.pmax(f32x4.splat(0), z${t});
    v128.store(hidden, z${t}, ${at});
    live |= u64(i32x4.bitmask(f32x4.gt(z${t}, f32x4.splat(0)))) << ${t * 4};`,
)}
    store<u64>(mask, load<u64>(mask) | (live << shift));
    hidden += stride;
    mask += 8;
  }
}`;

const products = (width) => `
function productRows${width}(count: usize, word: usize, panel: usize): void {
  const rowBytes = stride;
  const source = K + (word << 6) * rowBytes + (panel << 4);
  let target = dA + (panel << 4);
  let hidden = A + (word << 8);
  const first = masks + (word << 9);
  const end = first + (count << 3);
  for (let mask = first; mask < end; mask += 8) {
    let live = load<u64>(mask);
${each(width, (t, at) => `    let d${t} = v128.load(target, ${at});`)}
    while (live != 0) {
      const bit = usize(ctz(live));
      live &= live - 1;
      const row = source + bit * rowBytes;
      const a = v128.load32_splat(hidden + (bit << 2));
${each(width, (t, at) => `      d${t} = f32x4.add(d${t}, f32x4.mul(a, v128.load(row, ${at})));`)}
    }
${each(width, (t, at) => `    v128.store(target, d${t}, ${at});`)}
    hidden += rowBytes;
    target += rowBytes;
  }
}`;

const scatter = (width) => `
function scatterRows${width}(begin: usize, end: usize, panel: usize): void {
  const offset = panel << 4;
  const tablePanel = tables + offset;
  const gradientPanel = dW_in + offset;
  const sumPanel = S + offset;
  const endOfRow = rowEnds;
  const entryBase = entries;
  let a = A + offset;
  let product = dA + offset;
  let first = entryBase + (usize(load<u32>(endOfRow + (begin << 2) - 4)) << 4);
  for (let row = begin; row < end; row++) {
    const last = entryBase + (usize(load<u32>(endOfRow + (row << 2))) << 4);
${each(width, (t, at) => `    let d${t} = v128.load(product, ${at});`)}
    for (let entry = first; entry < last; entry += 16) {
      const source = tablePanel + load<u32>(entry, 4);
      const x = v128.load32_splat(entry, 8);
${each(width, (t, at) => `      d${t} = f32x4.sub(d${t}, f32x4.mul(x, v128.load(source, ${at})));`)}
    }
${each(
  width,
  (t, at) => `    d${t} = v128.and(d${t}, f32x4.gt(v128.load(a, ${at}), f32x4.splat(0)));`,
)}
    for (let entry = first; entry < last; entry += 16) {
      const x = v128.load32_splat(entry, 8);
      const gradient = gradientPanel + load<u32>(entry);
      const sum = sumPanel + load<u32>(entry, 4);
${each(
  width,
  (t, at) => `      v128.store(gradient, f32x4.add(v128.load(gradient, ${at}), f32x4.mul(x, d${t})), ${at});
      v128.store(sum, f32x4.add(v128.load(sum, ${at}), f32x4.mul(x, v128.load(a, ${at}))), ${at});`,
)}
    }
    first = last;
    a += stride;
    product += stride;
  }
}`;

const gram = (width) => `
function gramRow${width}(neuron: usize, rows: u64, panel: usize): void {
  const target = G + neuron * stride + (panel << 4);
${each(width, (t, at) => `  let g${t} = v128.load(target, ${at});`)}
  const rowBytes = stride;
  const panelOfA = A + (panel << 4);
  const neuronOfA = A + (neuron << 2);
  let live = rows;
  while (live != 0) {
    const row = usize(ctz(live)) * rowBytes;
    live &= live - 1;
    const source = panelOfA + row;
    const a = v128.load32_splat(neuronOfA + row);
${each(width, (t, at) => `    g${t} = f32x4.add(g${t}, f32x4.mul(a, v128.load(source, ${at})));`)}
  }
${each(width, (t, at) => `  v128.store(target, g${t}, ${at});`)}
}`;

const grid = (rows, vectors, line) =>
  Array.from({ length: rows }, (_, i) => Array.from({ length: vectors }, (_, t) => line(i, t)).join("\n")).join("\n");

const lines = (rows, line) => Array.from({ length: rows }, (_, i) => line(i)).join("\n");

/**
 * C (=, += or -=) A B for one tile. A is read along its rows (element i, k at a + i·aStride + 4k), or, transposed,
 * along its columns (at a + 4i + k·aStride): two functions, so that each moves as few addresses as it can.
 */
const tile = (rows, vectors, transposed) => `
function tile${rows}x${vectors}${transposed ? "T" : ""}(
  c: usize, cRow: usize, a: usize, aStride: usize, b: usize, bRow: usize, inner: usize, mode: i32,
): void {
${grid(rows, vectors, (i, t) => `  let c${i}${t} = f32x4.splat(0);`)}
  let source = b;
${lines(transposed ? 1 : rows, (i) => `  let a${i} = a + ${i} * aStride;`)}
  for (let k: usize = 0; k < inner; k++) {
${each(vectors, (t, at) => `    const b${t} = v128.load(source, ${at});`)}
${lines(
  rows,
  (i) => `    const s${i} = v128.load32_splat(${transposed ? `a0, ${4 * i}` : `a${i}`});
${each(vectors, (t) => `    c${i}${t} = f32x4.add(c${i}${t}, f32x4.mul(s${i}, b${t}));`)}`,
)}
${transposed ? "    a0 += aStride;" : lines(rows, (i) => `    a${i} += 4;`)}
    source += bRow;
  }
${lines(rows, (i) => each(vectors, (t, at) => `  finish(c + ${i} * cRow + ${at}, c${i}${t}, mode);`))}
}`;

const gemm = (transposed) => {
  const suffix = transposed ? "T" : "";
  const row = (rows) => `    const cRows = c + i * cRow;
    const aRows = a + i * ${transposed ? "4" : "aStride"};
    let v: usize = 0;
    for (; v + 2 <= vectors; v += 2) {
      tile${rows}x2${suffix}(cRows + (v << 4), cRow, aRows, aStride, b + (v << 4), bRow, inner, mode);
    }
    if (v < vectors) tile${rows}x1${suffix}(cRows + (v << 4), cRow, aRows, aStride, b + (v << 4), bRow, inner, mode);`;
  return `
/**
 * C (=, += or -=) ${transposed ? "Aᵀ" : "A"} B for C [rows, 4·vectors], A [${transposed ? "inner, rows" : "rows, inner"}], B [inner, 4·vectors]; strides in bytes.
 * Each sum runs over the inner dimension in order, in float32.
 */
export function gemm${suffix}(
  c: usize, cRow: usize, a: usize, aStride: usize, b: usize, bRow: usize,
  rows: usize, inner: usize, vectors: usize, mode: i32,
): void {
  let i: usize = 0;
  for (; i + 4 <= rows; i += 4) {
${row(4)}
  }
  for (; i < rows; i++) {
${row(1)}
  }
}`;
};

const dispatch = (name, parameters, widest, call) => `
export function ${name}(width: usize, ${parameters}): void {
  switch (i32(width)) {
${upTo(widest).map((width) => `    case ${width}: ${call(width)}; break;`).join("\n")}
    default: unreachable();
  }
}`;

const source = `// Written by generate.mjs. Do not edit.
import { A, G, K, S, W_in, dA, dW_in, entries, masks, rowEnds, stride, tables } from "./memory";

/** The widest panels, in vectors of four neurons: of productRows and gramRow, and of forwardRows and scatterRows. */
export const WIDE: usize = ${wide};
export const NARROW: usize = ${narrow};

${upTo(narrow).map(forward).join("\n")}
${upTo(wide).map(products).join("\n")}
${upTo(narrow).map(scatter).join("\n")}
${upTo(wide).map(gram).join("\n")}
${dispatch("forwardRows", "begin: usize, end: usize, panel: usize", narrow, (w) => `forwardRows${w}(begin, end, panel)`)}
${dispatch("productRows", "count: usize, word: usize, panel: usize", wide, (w) => `productRows${w}(count, word, panel)`)}
${dispatch("scatterRows", "begin: usize, end: usize, panel: usize", narrow, (w) => `scatterRows${w}(begin, end, panel)`)}
${dispatch("gramRow", "neuron: usize, rows: u64, panel: usize", wide, (w) => `gramRow${w}(neuron, rows, panel)`)}

/** What a tile does with its sums: C = sum, C += sum or C -= sum. */
export const SET: i32 = 0;
export const ADD: i32 = 1;
export const SUBTRACT: i32 = 2;

// @ts-ignore: decorator
@inline
function finish(c: usize, sum: v128, mode: i32): void {
  if (mode == SET) v128.store(c, sum);
  else if (mode == ADD) v128.store(c, f32x4.add(v128.load(c), sum));
  else v128.store(c, f32x4.sub(v128.load(c), sum));
}
${[false, true].flatMap((transposed) => [tile(4, 2, transposed), tile(4, 1, transposed), tile(1, 2, transposed), tile(1, 1, transposed)]).join("\n")}

${[false, true].map(gemm).join("\n")}
`;

writeFileSync(new URL("./panels.generated.ts", import.meta.url), source);
