// |e|^k, four elements at a time: whole exponents by multiplication, others as 2^(k log₂|e|).

import { timesSign } from "./activation";

/** Up to this whole exponent multiplication is quicker, and more exact. */
const MOST_FACTORS: f64 = 16;

/** The exponent in force, and how often it multiplies; 0: it is not whole. */
let k: f32 = 1;
let factors: i32 = 1;

/** Sets the exponent of {@link power}, ≥ 0. */
export function setPower(exponent: f64): void {
  k = f32(exponent);
  factors = exponent == Math.floor(exponent) && exponent <= MOST_FACTORS ? i32(exponent) : -1;
}

/** x^k for one number x ≥ 0, in float64. */
// @ts-ignore: decorator
@inline
export function powerOfNumber(x: f64): f64 {
  if (factors < 0) return Math.pow(x, f64(k));
  let product: f64 = 1;
  for (let i = 0; i < factors; i++) product *= x;
  return product;
}

/** sign(e) |e|^k, 0 for e = 0. */
// @ts-ignore: decorator
@inline
export function signedPower(e: v128): v128 {
  if (factors == 1) return e;
  if (factors == 3) return f32x4.mul(f32x4.mul(e, e), e);
  return timesSign(power(e), e);
}

/** |e|^k; 1 for k = 0. Relative error some k · 1e-7. */
// @ts-ignore: decorator
@inline
export function power(e: v128): v128 {
  const size = f32x4.abs(e);
  if (factors < 0) return fractionalPower(size);
  let product = f32x4.splat(1);
  for (let i = 0; i < factors; i++) product = f32x4.mul(product, size);
  return product;
}

const HALF_ROOT: i32 = 0x3f3504f3; // bits of √½

/** x^k for x ≥ 0 as 2^(k log₂ x): x = 2^n (1 + s)/(1 − s) with |s| ≤ .172, and 2^f by its series for |f| ≤ ½. 0 below 1e-38. */
function fractionalPower(x: v128): v128 {
  const shifted = i32x4.add(x, i32x4.splat(0x3f800000 - HALF_ROOT));
  const n = f32x4.convert_i32x4_s(i32x4.sub(i32x4.shr_s(shifted, 23), i32x4.splat(127)));
  const mantissa = i32x4.add(v128.and(shifted, i32x4.splat(0x007fffff)), i32x4.splat(HALF_ROOT));
  const s = f32x4.div(f32x4.sub(mantissa, f32x4.splat(1)), f32x4.add(mantissa, f32x4.splat(1)));
  const z = f32x4.mul(s, s);
  // 2 log₂e (1 + z/3 + z²/5 + z³/7 + z⁴/9)
  let series = f32x4.splat(2.8853900817779268 / 9);
  series = f32x4.add(f32x4.mul(series, z), f32x4.splat(2.8853900817779268 / 7));
  series = f32x4.add(f32x4.mul(series, z), f32x4.splat(2.8853900817779268 / 5));
  series = f32x4.add(f32x4.mul(series, z), f32x4.splat(2.8853900817779268 / 3));
  series = f32x4.add(f32x4.mul(series, z), f32x4.splat(2.8853900817779268));
  // k n and k log₂ m apart, so that a large n costs the small part no bits.
  const whole = f32x4.mul(f32x4.splat(k), n);
  const part = f32x4.mul(f32x4.splat(k), f32x4.mul(series, s));
  const nearest = f32x4.nearest(f32x4.add(whole, part));
  const f = f32x4.mul(f32x4.add(f32x4.sub(whole, nearest), part), f32x4.splat(0.6931471805599453));
  let value = f32x4.splat(1.0 / 5040);
  value = f32x4.add(f32x4.mul(value, f), f32x4.splat(1.0 / 720));
  value = f32x4.add(f32x4.mul(value, f), f32x4.splat(1.0 / 120));
  value = f32x4.add(f32x4.mul(value, f), f32x4.splat(1.0 / 24));
  value = f32x4.add(f32x4.mul(value, f), f32x4.splat(1.0 / 6));
  value = f32x4.add(f32x4.mul(value, f), f32x4.splat(0.5));
  value = f32x4.add(f32x4.mul(value, f), f32x4.splat(1));
  value = f32x4.add(f32x4.mul(value, f), f32x4.splat(1));
  const bounded = f32x4.max(f32x4.min(nearest, f32x4.splat(128)), f32x4.splat(-127));
  const exponent = i32x4.trunc_sat_f32x4_s(bounded);
  const scale = i32x4.shl(i32x4.add(exponent, i32x4.splat(127)), 23);
  const isTiny = f32x4.lt(x, f32x4.splat(1.2e-38));
  return v128.andnot(f32x4.mul(value, scale), isTiny);
}
