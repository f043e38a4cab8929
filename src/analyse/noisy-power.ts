/**
 * E|e + τ z|^q for a standard normal z, in closed form where q is even: Σ_m C(q, 2m) (2m − 1)!! e^(q−2m) τ^(2m), since odd
 * moments of z vanish and E z^(2m) = (2m − 1)!!.
 */

/** Whether there is a closed form: q = 2, 4, 6 … */
export const isEven = (exponent: number): boolean => exponent % 2 === 0;

/** C(q, 2m) (2m − 1)!! for m = 0 … q/2. @param exponent q, even */
export function noiseCoefficients(exponent: number): number[] {
  const coefficients = [1];
  for (let left = exponent; left > 0; left -= 2) {
    const m = coefficients.length;
    coefficients.push((coefficients[m - 1]! * left * (left - 1)) / (2 * m));
  }
  return coefficients;
}

/** The function (e, τ) ↦ E|e + τ z|^q. @param exponent q, even */
export function noisyPower(exponent: number): (e: number, deviation: number) => number {
  const coefficients = noiseCoefficients(exponent);
  return (e, deviation) => {
    const [square, variance] = [e * e, deviation * deviation];
    let total = 0;
    let power = 1;
    for (const coefficient of coefficients) {
      total = total * square + coefficient * power;
      power *= variance;
    }
    return total;
  };
}
