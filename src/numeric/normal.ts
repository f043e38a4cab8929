/** The standard normal distribution, to float64 accuracy and to the same bits on every host. */
import { exp } from "./elementary.ts";

/** Beyond this the distribution function is 0 or 1 in float64. */
const farthest = 9;

/** φ(z): the density. */
export function normalDensity(z: number): number {
  return exp(-(z * z) / 2) / Math.sqrt(2 * Math.PI);
}

/**
 * Φ(z): the distribution function, by Marsaglia's series ½ + φ(z) (z + z³/3 + z⁵/(3·5) + …) (2004, J. Stat. Software 11(4)),
 * summed until a term adds nothing: some 20 terms at 1, 110 at the ends. Absolute error some 1e-15.
 */
export function normalDistribution(z: number): number {
  if (Number.isNaN(z)) return z;
  if (Math.abs(z) > farthest) return z > 0 ? 1 : 0;
  let sum = z;
  let before = 0;
  let term = z;
  for (let odd = 3; sum !== before; odd += 2) {
    before = sum;
    term *= (z * z) / odd;
    sum += term;
  }
  return 0.5 + sum * normalDensity(z);
}
