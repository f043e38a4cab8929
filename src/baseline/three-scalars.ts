/**
 * A network of a code and three numbers: W_in = a on the code's entries and b off them, W_out = c · pinv(code).
 *
 * The hand-built twin of networks trained with the loss |ŷ − y|⁴ (da Silva & Heimersheim, arXiv 2607.04800). A bias-free
 * ReLU net may be scaled, (a, b, c) → (t a, t b, c/t), so only b/a and a c count: a is given, b and c are fitted. The
 * paper's a = .90, b = −.041, c = 1.77 are b/a = −.046, a c = 1.59.
 * Limit: the loss over b is taken to have one valley in [−a/2, a/2]; it does on all codes tried.
 */
import {
  type FixedInputOptions,
  type FixedInputs,
  fixedInputs,
  lossAtInputs,
} from "../evaluate/fixed-inputs.ts";
import { rectified } from "../evaluate/response-heatmap.ts";
import { goldenSection } from "../numeric/golden-section.ts";
import { type Matrix, matrix, multiply } from "../numeric/matrix.ts";
import { absolutePower } from "../numeric/power.ts";
import { pseudoinverse } from "../numeric/pseudoinverse.ts";

/** The three numbers. */
export interface ThreeScalars {
  /** a, W_in on the code's entries */
  readonly on: number;
  /** b, W_in off them */
  readonly off: number;
  /** c: W_out = c times a pseudoinverse */
  readonly scale: number;
}

/** What the decoder inverts: the code of 0 and 1, as published, or W_in itself. */
export type Inverted = "code" | "encoder";

/** The least loss of a code, and the network that has it. */
export interface ThreeScalarFit extends ThreeScalars {
  /** q */
  readonly exponent: number;
  /** Of clean labels, at the inputs of the fit. */
  readonly lossPerP: number;
  /** Standard error of `lossPerP`; 0 when exact. */
  readonly stderr: number;
  readonly network: ThreeScalarNetwork;
}

/** A network for clean labels. */
export interface ThreeScalarNetwork {
  /** [neurons, features] */
  readonly W_in: Matrix<Float64Array>;
  /** [features, neurons] */
  readonly W_out: Matrix<Float64Array>;
  readonly M: null;
}

/** The loss and the inputs of a fit: L⁴ at 4096 inputs of Bernoulli(.02), or what is told; q ≥ 2. */
export interface ThreeScalarOptions extends FixedInputOptions {
  /** a; 1 unless told. The fitted b is in proportion to it, c in inverse proportion. */
  readonly on?: number;
  /** `code` unless told. */
  readonly inverted?: Inverted;
}

/** Of b/a. */
const tolerance = 1e-4;

/** The network of a code and three numbers. @param code 0 or 1, [neurons, features] */
export function threeScalarNetwork(
  code: Matrix,
  { on, off, scale }: ThreeScalars,
  inverted: Inverted = "code",
): ThreeScalarNetwork {
  const W_in = encoder(code, on, off);
  const inverse = pseudoinverse(inverted === "code" ? code : W_in);
  return { W_in, W_out: scaled(inverse, scale), M: null };
}

/**
 * Fits b and c to a code. Deterministic; the loss is convex in c, which Newton's method finds, and b is searched for.
 * Costs 20 evaluations: about a second for 100 features, 50 neurons and 4096 inputs.
 *
 * @param code 0 or 1, [neurons, features]
 * @throws on an exponent below 2, on `on` not above 0, and on inputs that `fixedInputs` refuses.
 */
export function fitThreeScalars(code: Matrix, options: ThreeScalarOptions = {}): ThreeScalarFit {
  const { on = 1, inverted = "code", exponent = 4 } = options;
  if (!(exponent >= 2 && on > 0)) {
    throw new Error(
      `fitThreeScalars: need an exponent from 2 and on above 0, got ${exponent} and ${on}. Codes pay from exponents above 2.`,
    );
  }
  const inputs = fixedInputs(code.shape[1], options);
  const fitAt = scaleFitter(code, inputs, inverted);
  const off = goldenSection((b) => fitAt(b).total, { low: -0.5, high: 0.5, tolerance });
  const scalars = { on, off: on * off, scale: fitAt(off).scale / (inverted === "code" ? on : 1) };
  const network = threeScalarNetwork(code, scalars, inverted);
  const { lossPerP, stderr } = lossAtInputs(network, inputs);
  return { ...scalars, exponent, lossPerP, stderr, network };
}

/** For a = 1 and any b: the best c, and Σ|ŷ − y|^q at it. */
function scaleFitter(code: Matrix, { X, exponent }: FixedInputs, inverted: Inverted) {
  const fixed = inverted === "code" ? pseudoinverse(code) : null;
  const labels = rectified(X, 1).data;
  const outputsAt = (off: number) => {
    const W_in = encoder(code, 1, off);
    return multiply(fixed ?? pseudoinverse(W_in), rectified(multiply(W_in, X), 1)).data;
  };
  // c hardly depends on b, so that all start near their ends.
  const atZero = outputsAt(0);
  const start = bestScale(atZero, labels, exponent, leastSquares(atZero, labels)).scale;
  return (off: number) => bestScale(outputsAt(off), labels, exponent, start);
}

/** The c that makes Σ (c u − y)² least; 0 where u = 0. */
function leastSquares(u: Float64Array, y: Float64Array): number {
  let [uu, uy] = [0, 0];
  for (let i = 0; i < u.length; i++) {
    uu += u[i]! * u[i]!;
    uy += u[i]! * y[i]!;
  }
  return uu === 0 ? 0 : uy / uu;
}

/**
 * The c that makes Σ |c u − y|^q least, q ≥ 2, and that least sum, by Newton's method. The sum is convex in c, and
 * Newton's steps on such a sum of powers fall short rather than far.
 */
function bestScale(
  u: Float64Array,
  y: Float64Array,
  exponent: number,
  start: number,
): { scale: number; total: number } {
  const curved = absolutePower(exponent - 2);
  let scale = start;
  for (let step = 0; step < 50; step++) {
    let [total, slope, curvature] = [0, 0, 0];
    for (let i = 0; i < u.length; i++) {
      const e = scale * u[i]! - y[i]!;
      const weight = curved(e);
      total += weight * e * e;
      slope += weight * e * u[i]!;
      curvature += weight * u[i]! * u[i]!;
    }
    const change = curvature === 0 ? 0 : slope / ((exponent - 1) * curvature);
    if (Math.abs(change) <= 1e-8 * Math.abs(scale)) return { scale, total };
    scale -= change;
  }
  throw new Error(
    `fitThreeScalars: need Newton's method to settle in 50 steps at exponent ${exponent}, got none. Please report the code.`,
  );
}

const encoder = (code: Matrix, on: number, off: number): Matrix<Float64Array> =>
  matrix(
    ...code.shape,
    Float64Array.from(code.data, (bit) => (bit === 1 ? on : off)),
  );

const scaled = ({ data, shape }: Matrix, factor: number): Matrix<Float64Array> =>
  matrix(
    ...shape,
    Float64Array.from(data, (value) => factor * value),
  );
