// Writes panels.generated.ts: the kernels whose inner loops keep one accumulator for each vector of a panel.
//
// Hosts leave 15 vector registers free: 13 sums, one factor and one product. The compiler of Node 20 keeps to that only
// where a loop tests before its turn, its addresses come in as parameters (it recomputes others each turn), and its
// sums are used by nothing but the loop and one store; elsewhere it moves all loads of a turn before its arithmetic,
// and spills. Locals can not be indexed, so each width needs its own function; this file keeps their source short.
import { writeFileSync } from "node:fs";

const widest = 13;
const upTo = (most) => Array.from({ length: most }, (_, i) => i + 1);
const allWidths = upTo(widest);
// Kernels whose loop lies in another are unrolled below 13 vectors, which moves their loads; up to 7 that is no matter.
const nestedWidths = [...upTo(7), widest];
const each = (width, line) => Array.from({ length: width }, (_, t) => line(t, t * 16)).join("\n");

/** The live mask of a0, a1, …: comparisons are narrowed to bytes first, so that one bitmask serves 16 neurons. */
const liveBits = (width) => {
  const isLive = (t) => (t < width ? `f32x4.gt(a${t}, f32x4.splat(0))` : "f32x4.splat(0)");
  const narrow = (type, first, second) => `${type}(${first}, ${second})`;
  const pair = (t) => narrow("i16x8.narrow_i32x4_s", isLive(t), isLive(t + 1));
  const words = Array.from({ length: Math.ceil(width / 4) }, (_, q) => {
    const bytes = narrow("i8x16.narrow_i16x8_s", pair(4 * q), pair(4 * q + 2));
    return `(u64(i8x16.bitmask(${bytes})) << ${16 * q})`;
  });
  return words.join(" | ");
};

const forward = (width) => `
function forwardRows${width}(begin: usize, end: usize, panel: usize): void {
  const weights = W_in + (panel << 4);
  const shift = u64((panel & 15) << 2);
  let hidden = A + (panel << 4);
  let mask = masks + ((panel >> 4) << 9);
  let first = entries + (usize(load<u32>(rowEnds + (begin << 2) - 4)) << 4);
  for (let row = begin; row < end; row++) {
    const last = entries + (usize(load<u32>(rowEnds + (row << 2))) << 4);
${each(width, (t) => `    let z${t} = f32x4.splat(0);`)}
    for (let entry = first; entry < last; entry += 16) {
      const source = weights + load<u32>(entry);
      const x = v128.load32_splat(entry, 8);
${each(width, (t, at) => `      z${t} = f32x4.add(z${t}, f32x4.mul(x, v128.load(source, ${at})));`)}
    }
${each(width, (t, at) => `    v128.store(hidden, z${t}, ${at});`)}
${each(
  width,
  (t, at) => `    const a${t} = f32x4.pmax(f32x4.splat(0), v128.load(hidden, ${at}));
    v128.store(hidden, a${t}, ${at});`,
)}
    const live = ${liveBits(width)};
    store<u64>(mask, load<u64>(mask) | (live << shift));
    first = last;
    hidden += stride;
    mask += 8;
  }
}`;

const label = (width) => `
function labelRows${width}(begin: usize, end: usize, panel: usize): void {
  const tablePanel = tables + (panel << 4);
  let product = dA + (panel << 4);
  let first = entries + (usize(load<u32>(rowEnds + (begin << 2) - 4)) << 4);
  for (let row = begin; row < end; row++) {
    const last = entries + (usize(load<u32>(rowEnds + (row << 2))) << 4);
${each(width, (t) => `    let d${t} = f32x4.splat(0);`)}
    for (let entry = first; entry < last; entry += 16) {
      const source = tablePanel + load<u32>(entry, 4);
      const x = v128.load32_splat(entry, 8);
${each(width, (t, at) => `      d${t} = f32x4.add(d${t}, f32x4.mul(x, v128.load(source, ${at})));`)}
    }
${each(width, (t, at) => `    v128.store(product, d${t}, ${at});`)}
    first = last;
    product += stride;
  }
}`;

const scatter = (width) => `
function scatterRows${width}(begin: usize, end: usize, panel: usize): void {
  const offset = panel << 4;
  const gradientPanel = dW_in + offset;
  const sumPanel = S + offset;
  const endOfRow = rowEnds;
  const entryBase = entries;
  let a = A + offset;
  let product = dA + offset;
  let first = entryBase + (usize(load<u32>(endOfRow + (begin << 2) - 4)) << 4);
  for (let row = begin; row < end; row++) {
    const last = entryBase + (usize(load<u32>(endOfRow + (row << 2))) << 4);
${each(
  width,
  (_, at) => `    v128.store(product, v128.and(v128.load(product, ${at}), f32x4.gt(v128.load(a, ${at}), f32x4.splat(0))), ${at});`,
)}
    for (let entry = first; entry < last; entry += 16) {
      const x = v128.load32_splat(entry, 8);
      const gradient = gradientPanel + load<u32>(entry);
      const sum = sumPanel + load<u32>(entry, 4);
${each(
  width,
  (_, at) => `      v128.store(gradient, f32x4.add(v128.load(gradient, ${at}), f32x4.mul(x, v128.load(product, ${at}))), ${at});
      v128.store(sum, f32x4.add(v128.load(sum, ${at}), f32x4.mul(x, v128.load(a, ${at}))), ${at});`,
)}
    }
    first = last;
    a += stride;
    product += stride;
  }
}`;

const live = (width) => `
function addLive${width}(first: usize, end: usize, rowBytes: usize, source: usize, factors: usize, targets: usize): void {
  let factor = factors;
  let target = targets;
  let mask = first;
  do {
    let bits = load<u64>(mask);
${each(width, (t, at) => `    let c${t} = v128.load(target, ${at});`)}
    while (bits != 0) {
      const bit = usize(ctz(bits));
      const row = source + bit * rowBytes;
      const a = v128.load32_splat(factor + (bit << 2));
${each(width, (t, at) => `      c${t} = f32x4.add(c${t}, f32x4.mul(a, v128.load(row, ${at})));`)}
      bits &= bits - 1;
    }
${each(width, (t, at) => `    v128.store(target, c${t}, ${at});`)}
    factor += rowBytes;
    target += rowBytes;
    mask += 8;
  } while (mask < end);
}`;

// Two rows a turn. An odd last one comes with row 64 of the chunk, which is zero: ctz(0) is 64.
const gram = (width) => `
function addSquares${width}(target: usize, rows: u64, rowBytes: usize, panelOfA: usize, neuronOfA: usize): void {
  let bits = rows;
${each(width, (t, at) => `  let g${t} = v128.load(target, ${at});`)}
  while (bits != 0) {
    const row = usize(ctz(bits)) * rowBytes;
    bits &= bits - 1;
    const a = v128.load32_splat(neuronOfA + row);
    const source = panelOfA + row;
${each(width, (t, at) => `    g${t} = f32x4.add(g${t}, f32x4.mul(a, v128.load(source, ${at})));`)}
    const row2 = usize(ctz(bits)) * rowBytes;
    bits &= bits - 1;
    const a2 = v128.load32_splat(neuronOfA + row2);
    const source2 = panelOfA + row2;
${each(width, (t, at) => `    g${t} = f32x4.add(g${t}, f32x4.mul(a2, v128.load(source2, ${at})));`)}
  }
${each(width, (t, at) => `  v128.store(target, g${t}, ${at});`)}
}`;

const dense = (width) => `
function addRow${width}(target: usize, factors: usize, step: usize, source: usize, rowBytes: usize, end: usize): void {
  let row = source;
  let factor = factors;
${each(width, (t, at) => `  let c${t} = v128.load(target, ${at});`)}
  while (row < end) {
    const a = v128.load32_splat(factor);
${each(width, (t, at) => `    c${t} = f32x4.add(c${t}, f32x4.mul(a, v128.load(row, ${at})));`)}
    factor += step;
    row += rowBytes;
  }
${each(width, (t, at) => `  v128.store(target, c${t}, ${at});`)}
}`;

// Of the general path: z = b_in + W_in x, and the way back.
const sums = (width) => `
function sumRows${width}(begin: usize, end: usize, panel: usize, sign: f32): void {
  const weights = W_in + (panel << 4);
  const biases = b_in + (panel << 4);
  const signs = f32x4.splat(sign);
  let target = Z + (panel << 4);
  let first = entries + (usize(load<u32>(rowEnds + (begin << 2) - 4)) << 4);
  for (let row = begin; row < end; row++) {
    const last = entries + (usize(load<u32>(rowEnds + (row << 2))) << 4);
${each(width, (t, at) => `    let z${t} = v128.load(biases, ${at});`)}
    for (let entry = first; entry < last; entry += 16) {
      const source = weights + load<u32>(entry);
      const x = f32x4.mul(signs, v128.load32_splat(entry, 8));
${each(width, (t, at) => `      z${t} = f32x4.add(z${t}, f32x4.mul(x, v128.load(source, ${at})));`)}
    }
${each(width, (t, at) => `    v128.store(target, z${t}, ${at});`)}
    first = last;
    target += stride;
  }
}`;

const spread = (width) => `
function spreadRows${width}(begin: usize, end: usize, panel: usize): void {
  const gradientPanel = dW_in + (panel << 4);
  let source = dA + (panel << 4);
  let first = entries + (usize(load<u32>(rowEnds + (begin << 2) - 4)) << 4);
  for (let row = begin; row < end; row++) {
    const last = entries + (usize(load<u32>(rowEnds + (row << 2))) << 4);
${each(width, (t, at) => `    const d${t} = v128.load(source, ${at});`)}
    for (let entry = first; entry < last; entry += 16) {
      const x = v128.load32_splat(entry, 8);
      const gradient = gradientPanel + load<u32>(entry);
${each(width, (t, at) => `      v128.store(gradient, f32x4.add(v128.load(gradient, ${at}), f32x4.mul(x, d${t})), ${at});`)}
    }
    first = last;
    source += stride;
  }
}`;

const dispatch = (name, widths, parameters) => {
  const names = parameters.map((parameter) => parameter.split(":")[0]).join(", ");
  return `
export function ${name}(width: usize, ${parameters.join(", ")}): void {
  switch (i32(width)) {
${widths.map((width) => `    case ${width}: ${name}${width}(${names}); break;`).join("\n")}
    default: unreachable();
  }
}`;
};

const rows = ["begin: usize", "end: usize", "panel: usize"];

const source = `// Written by generate.mjs. Do not edit.
import { A, S, W_in, Z, b_in, dA, dW_in, entries, masks, rowEnds, stride, tables } from "./memory";

${[forward, label, scatter, sums, spread, live].flatMap((kernel) => nestedWidths.map(kernel)).join("\n")}
${[gram, dense].flatMap((kernel) => allWidths.map(kernel)).join("\n")}
${dispatch("forwardRows", nestedWidths, rows)}
${dispatch("labelRows", nestedWidths, rows)}
${dispatch("scatterRows", nestedWidths, rows)}
${dispatch("sumRows", nestedWidths, [...rows, "sign: f32"])}
${dispatch("spreadRows", nestedWidths, rows)}
${dispatch("addLive", nestedWidths, ["first: usize", "end: usize", "rowBytes: usize", "source: usize", "factors: usize", "targets: usize"])}
${dispatch("addSquares", allWidths, ["target: usize", "rows: u64", "rowBytes: usize", "panelOfA: usize", "neuronOfA: usize"])}
${dispatch("addRow", allWidths, ["target: usize", "factors: usize", "step: usize", "source: usize", "rowBytes: usize", "end: usize"])}
`;

writeFileSync(new URL("./panels.generated.ts", import.meta.url), source);
