/**
 * [T₊, T₋] ≈ W_out [relu(W_in), relu(−W_in)], or T₊ ≈ W_out W_in with W_in ≥ 0, by turns: W_out by least squares, then
 * every weight of W_in in turn to its exact minimum. Theory and what was checked: docs/theory/complementary-semi-nmf.md.
 *
 * The squared residual never rises, but it is not convex: the end depends on the start. Semi-NMF after Ding, Li &
 * Jordan 2010 (IEEE TPAMI 32(1)), whose multiplicative rule for W_in is replaced: it cannot leave 0, and it is slow.
 */
import { rectified } from "../evaluate/response-heatmap.ts";
import { combine, type Matrix, multiply, squaredNorm, transpose } from "../numeric/matrix.ts";
import { pseudoinverse } from "../numeric/pseudoinverse.ts";

/** What the net shall answer to +e_i and to −e_i, in column i; [features, features] each. */
export interface Targets {
  readonly positive: Matrix;
  /** null: nothing is asked there, and W_in ≥ 0. */
  readonly negative: Matrix | null;
}

/** Where the alternation ended. */
export interface Factors {
  /** [neurons, features] */
  readonly W_in: Matrix<Float64Array>;
  /** [features, neurons], the least-squares fit to W_in */
  readonly W_out: Matrix<Float64Array>;
  /** ‖T − W_out H‖_F² over the targets asked. */
  readonly residual: number;
  /** Improvements of W_in. */
  readonly rounds: number;
}

/** A round that lowers the residual by less than this share of it is the last. */
const tolerance = 1e-5;
const mostRounds = 1000;
/** Below this share of ‖T‖², a residual is rounding. */
const roundingShare = 1e-12;
/** Over all weights of a column; the gain of more is less than that of a new W_out. */
const sweepsPerRound = 2;

/**
 * Alternates from a first W_in until a round gains less than 1e-5 of the residual, or 1000 rounds.
 *
 * @param start W_in, [neurons, features]; its negative weights count as 0 where W_in ≥ 0 is asked
 * @throws RangeError when a target or the start is not finite.
 */
export function factorise(targets: Targets, start: Matrix): Factors {
  // W_in is kept transposed: a feature's weights are neighbours.
  const weights = targets.negative === null ? rectified(transpose(start), 1) : transpose(start);
  const { positive, negative } = targets;
  const total = squaredNorm(positive) + (negative === null ? 0 : squaredNorm(negative));
  let previous = Number.POSITIVE_INFINITY;
  for (let rounds = 0; ; rounds++) {
    const { W_out, residual } = fittedOutput(targets, weights, total);
    const enough = tolerance * residual + roundingShare * total;
    if (rounds === mostRounds || previous - residual <= enough) {
      return { W_in: transpose(weights), W_out, residual, rounds };
    }
    previous = residual;
    improveInput(weights, W_out, targets);
  }
}

/** W_out = T Hᵀ (H Hᵀ)⁺, whose residual is ‖T‖² − ⟨W_out, T Hᵀ⟩. */
function fittedOutput({ positive, negative }: Targets, weights: Matrix, total: number) {
  const up = rectified(weights, 1);
  let gram = multiply(transpose(up), up);
  let products = multiply(positive, up);
  if (negative !== null) {
    const down = rectified(weights, -1);
    gram = combine(1, gram, 1, multiply(transpose(down), down));
    products = combine(1, products, 1, multiply(negative, down));
  }
  const W_out = multiply(products, pseudoinverse(gram));
  const explained = W_out.data.reduce((sum, value, at) => sum + value * products.data[at]!, 0);
  return { W_out, residual: Math.max(total - explained, 0) };
}

/** Lowers the residual by changing W_in alone, feature by feature. @param weights W_inᵀ, [features, neurons] */
function improveInput(weights: Matrix<Float64Array>, W_out: Matrix, { positive, negative }: Targets): void {
  const [features, neurons] = weights.shape;
  const gram = multiply(transpose(W_out), W_out);
  const up = slopes(positive, W_out, gram, rectified(weights, 1));
  // −∞: nothing is ever gained by a negative weight.
  const nothing = { ...up, data: new Float64Array(up.data.length).fill(Number.NEGATIVE_INFINITY) };
  const down = negative === null ? nothing : slopes(negative, W_out, gram, rectified(weights, -1));
  for (let i = 0; i < features; i++) {
    const column = ({ data }: Matrix<Float64Array>) => data.subarray(i * neurons, (i + 1) * neurons);
    for (let sweep = 0; sweep < sweepsPerRound; sweep++) {
      improveColumn(column(weights), column(up), column(down), gram.data);
    }
  }
}

/** Half the residual's slope, falling, along every entry of H: (W_outᵀ (T − W_out H))ᵀ. @param H transposed */
function slopes(target: Matrix, W_out: Matrix, gram: Matrix, H: Matrix): Matrix<Float64Array> {
  return combine(1, multiply(transpose(target), W_out), -1, multiply(H, gram));
}

/**
 * Sets each weight w_k of one feature to the minimum of g_kk |w_k|² − 2 (w_k > 0 ? u : d) |w_k|, convex on each half
 * line: u/g_kk or −d/g_kk, whichever gains more (u²/g_kk or d²/g_kk), or 0 when neither is positive.
 *
 * @param up slopes for +e_i, [neurons], kept up to date @param down the same for −e_i @param gram W_outᵀ W_out
 */
function improveColumn(w: Float64Array, up: Float64Array, down: Float64Array, gram: Float64Array): void {
  const neurons = w.length;
  for (let k = 0; k < neurons; k++) {
    const g = gram[k * neurons + k]!;
    if (g === 0) continue;
    const old = w[k]!;
    const u = up[k]! + g * Math.max(old, 0);
    const d = down[k]! + g * Math.max(-old, 0);
    const next = (u >= d ? Math.max(u, 0) : -Math.max(d, 0)) / g;
    w[k] = next;
    subtractRow(up, gram, k, Math.max(next, 0) - Math.max(old, 0));
    subtractRow(down, gram, k, Math.max(-next, 0) - Math.max(-old, 0));
  }
}

/** slopes −= step · G_k. */
function subtractRow(slopes: Float64Array, gram: Float64Array, k: number, step: number): void {
  if (step === 0) return;
  const row = k * slopes.length;
  for (let l = 0; l < slopes.length; l++) slopes[l]! -= step * gram[row + l]!;
}
