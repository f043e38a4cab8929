import { expect, it } from "vitest";
import { noiseCoefficients, noisyPower } from "./noisy-power.ts";

/** E f(z) by the trapezoidal rule over ±12, whose error for such f is below rounding. */
function overNormal(f: (z: number) => number): number {
  const step = 1 / 16;
  let total = 0;
  for (let z = -12; z <= 12; z += step) total += f(z) * Math.exp((-z * z) / 2);
  return (total * step) / Math.sqrt(2 * Math.PI);
}

it("has the coefficients of the normal's moments", () => {
  expect(noiseCoefficients(2)).toEqual([1, 1]);
  expect(noiseCoefficients(4)).toEqual([1, 6, 3]);
  expect(noiseCoefficients(6)).toEqual([1, 15, 45, 15]);
});

it.each([2, 4, 6, 8])("q = %d by quadrature", (exponent) => {
  const mean = noisyPower(exponent);
  for (const [e, deviation] of [
    [0.7, 0.3],
    [-0.2, 1.5],
    [0, 0.4],
    [0.9, 0],
  ] as const) {
    const expected = overNormal((z) => Math.abs(e + deviation * z) ** exponent);
    expect(mean(e, deviation)).toBeCloseTo(expected, 10);
  }
});
