/**
 * E[(‖y‖² − (Σy)²/n)^{q/2}; at least two labels positive]: how far labels are from all being alike.
 *
 * Closed form for values ±1, and for q = 2 and 4 from the moments E v^j = 1/(j + 1) of U[0, 1]. Otherwise sampled in strata,
 * one a count of positive labels; strata of a chance below 1e-12 are left out, which only lowers the bound.
 */
import type { ValueKind } from "../engine/engine.ts";
import { pow } from "../numeric/elementary.ts";
import { randomStream, uniforms } from "../numeric/random.ts";
import { mean, standardError } from "../numeric/statistics.ts";

/** How many draws there are, and from which seed. */
export interface SpreadSampling {
  /** Draws over all strata, shared out by their chances, 100 at least in each; 65,536 unless told. */
  readonly samples?: number;
  /** 0 unless told. */
  readonly seed?: number;
}

/** An expectation and its standard error, 0 when exact. */
interface Estimate {
  readonly mean: number;
  readonly stderr: number;
}

const negligible = 1e-12;

/**
 * The expectation over inputs with m ≥ 2 positive labels.
 *
 * @param counts the chance of m positive labels, m = 0 … n, [n + 1]
 * @param exponent q ≥ 2, else 0 is returned
 */
export function expectedSpread(
  values: ValueKind,
  counts: Float64Array,
  exponent: number,
  { samples = 65_536, seed = 0 }: SpreadSampling,
): Estimate {
  if (exponent < 2) return { mean: 0, stderr: 0 };
  const features = counts.length - 1;
  const several = counts.slice(2).reduce((total, chance) => total + chance, 0);
  let total = 0;
  let variance = 0;
  counts.forEach((chance, m) => {
    if (m < 2 || chance < negligible) return;
    const exact = closedForm(values, m, features, exponent);
    const draws = Math.max(100, Math.ceil((samples * chance) / several));
    const part = exact ?? sampled(m, features, exponent, draws, seed);
    total += chance * part.mean;
    variance += (chance * part.stderr) ** 2;
  });
  return { mean: total, stderr: Math.sqrt(variance) };
}

/** For m positive labels of n; null where there is none. */
function closedForm(values: ValueKind, m: number, n: number, exponent: number): Estimate | null {
  if (values === "sign") return { mean: pow(m - (m * m) / n, exponent / 2), stderr: 0 };
  if (exponent === 2) return { mean: m / 3 - (m / 3 + (m * (m - 1)) / 4) / n, stderr: 0 };
  return exponent === 4 ? { mean: meanSquaredSpread(m, n), stderr: 0 } : null;
}

/** E (T − S²/n)² with T = Σ v², S = Σ v over m values of U[0, 1], by counting which indices coincide. */
function meanSquaredSpread(m: number, n: number): number {
  const [v1, v2, v3, v4] = [1 / 2, 1 / 3, 1 / 4, 1 / 5];
  const pairs = m * (m - 1);
  const triples = pairs * (m - 2);
  const quadruples = triples * (m - 3);
  const TT = m * v4 + pairs * v2 * v2;
  const TSS = m * v4 + pairs * v2 * v2 + 2 * pairs * v3 * v1 + triples * v2 * v1 * v1;
  const SSSS =
    m * v4 +
    pairs * (4 * v3 * v1 + 3 * v2 * v2) +
    6 * triples * v2 * v1 * v1 +
    quadruples * v1 * v1 * v1 * v1;
  return TT - (2 / n) * TSS + SSSS / (n * n);
}

function sampled(m: number, n: number, exponent: number, draws: number, seed: number): Estimate {
  const stream = randomStream(seed, `spread of ${m}`);
  const u = uniforms(stream, m * draws);
  const values = Float64Array.from({ length: draws }, (_, draw) => {
    let [squares, total] = [0, 0];
    for (let k = draw * m; k < (draw + 1) * m; k++) {
      squares += u[k]! * u[k]!;
      total += u[k]!;
    }
    return pow(Math.max(0, squares - (total * total) / n), exponent / 2);
  });
  return { mean: mean(values), stderr: standardError(values) };
}
