/** |x|^q for a fixed q, by a few multiplications where q is a small whole number, which is most of the time. */
import { pow } from "./elementary.ts";

/** Up to this whole exponent repeated multiplication is quicker than a power, and as portable. */
const mostFactors = 16;

/**
 * The function x ↦ |x|^q. Same bits on every host.
 * @param exponent q ≥ 0; |0|^0 = 1
 * @throws RangeError for an exponent below 0 or not finite.
 * @example absolutePower(3)(-2) // 8
 */
export function absolutePower(exponent: number): (x: number) => number {
  if (!(exponent >= 0 && exponent < Infinity)) {
    throw new RangeError(
      `absolutePower: need an exponent from 0, got ${exponent}. Losses take 1 or more, such as 4.`,
    );
  }
  if (!Number.isInteger(exponent) || exponent > mostFactors) return (x) => pow(Math.abs(x), exponent);
  return (x) => {
    const size = Math.abs(x);
    let product = 1;
    for (let i = 0; i < exponent; i++) product *= size;
    return product;
  };
}
