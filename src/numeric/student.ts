/** Student's T distribution for whole degrees of freedom, by its exact finite series (no gamma functions needed). */
import { cos, sin } from "./elementary.ts";
import { requireShare } from "./share.ts";

/**
 * t with P(|T| ≤ t) = level for Student's T with that many degrees of freedom. More than 10,000 count as 10,000, where t is
 * 1.0001 times the normal value.
 * @throws RangeError when degrees is not a whole number ≥ 1 or level is outside (0, 1).
 * @example studentQuantile(2, 0.95) // 4.3027
 */
export function studentQuantile(degrees: number, level: number): number {
  if (!Number.isInteger(degrees) || degrees < 1) {
    throw new RangeError(`studentQuantile: degrees must be a whole number ≥ 1, got ${degrees}. Give n − 1.`);
  }
  requireShare("studentQuantile", "level", level);
  const nu = Math.min(degrees, 10_000);
  // With t = √ν tan θ the probability is a finite sum that rises with θ; bisection to the last bit of θ.
  let [low, high] = [0, Math.PI / 2];
  for (let middle = high / 2; middle > low && middle < high; middle = (low + high) / 2) {
    if (studentProbability(nu, middle) < level) low = middle;
    else high = middle;
  }
  return (Math.sqrt(nu) * sin(low)) / cos(low);
}

/**
 * P(|T| ≤ √ν tan θ) for whole ν (Abramowitz & Stegun 26.7.3 and 26.7.4), with C = cos²θ:
 * even ν: sin θ (1 + C/2 + 1·3/(2·4) C² + … to C^(ν/2 − 1));
 * odd ν: 2/π (θ + sin θ cos θ (1 + 2/3 C + 2·4/(3·5) C² + … to C^((ν − 3)/2))).
 */
function studentProbability(nu: number, theta: number): number {
  const isOdd = nu % 2 === 1;
  const square = cos(theta) * cos(theta);
  let series = nu === 1 ? 0 : 1;
  let term = 1;
  for (let k = isOdd ? 3 : 2; k <= nu - 2; k += 2) {
    term *= ((k - 1) / k) * square;
    series += term;
  }
  if (!isOdd) return sin(theta) * series;
  return (2 / Math.PI) * (theta + sin(theta) * cos(theta) * series);
}
