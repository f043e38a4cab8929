// The activation functions and their slopes, four elements at a time. Their twins are in src/engine/activation.ts.
import { ABS, GELU, IDENTITY, RELU } from "./memory";

const ROOT_OF_2_PI: f64 = 2.5066282746310002;
/** Beyond this the normal distribution function is 0 or 1. */
const FARTHEST: f64 = 9;

// @ts-ignore: decorator
@inline
function density(z: f64): f64 {
  return Math.exp(-(z * z) / 2) / ROOT_OF_2_PI;
}

/** Φ(z), by the series of src/numeric/normal.ts. */
function distribution(z: f64): f64 {
  if (Math.abs(z) > FARTHEST) return z > 0 ? 1 : 0;
  let sum = z;
  let before: f64 = 0;
  let term = z;
  for (let odd: f64 = 3; sum != before; odd += 2) {
    before = sum;
    term *= (z * z) / odd;
    sum += term;
  }
  return 0.5 + sum * density(z);
}

// @ts-ignore: decorator
@inline
function geluValue(z: f32): f32 {
  return f32(f64(z) * distribution(f64(z)));
}

// @ts-ignore: decorator
@inline
function geluSlope(z: f32): f32 {
  return f32(distribution(f64(z)) + f64(z) * density(f64(z)));
}

/** σ(z) */
// @ts-ignore: decorator
@inline
export function activated(kind: i32, z: v128): v128 {
  if (kind == RELU) return f32x4.pmax(f32x4.splat(0), z);
  if (kind == IDENTITY) return z;
  if (kind == ABS) return f32x4.abs(z);
  if (kind == GELU) {
    let value = f32x4.splat(geluValue(f32x4.extract_lane(z, 0)));
    value = f32x4.replace_lane(value, 1, geluValue(f32x4.extract_lane(z, 1)));
    value = f32x4.replace_lane(value, 2, geluValue(f32x4.extract_lane(z, 2)));
    return f32x4.replace_lane(value, 3, geluValue(f32x4.extract_lane(z, 3)));
  }
  return f32x4.mul(z, z);
}

/** g σ′(z) */
// @ts-ignore: decorator
@inline
export function timesSlope(kind: i32, g: v128, z: v128): v128 {
  if (kind == RELU) return v128.and(g, f32x4.gt(z, f32x4.splat(0)));
  if (kind == IDENTITY) return g;
  if (kind == ABS) return timesSign(g, z);
  if (kind == GELU) {
    let slope = f32x4.splat(geluSlope(f32x4.extract_lane(z, 0)));
    slope = f32x4.replace_lane(slope, 1, geluSlope(f32x4.extract_lane(z, 1)));
    slope = f32x4.replace_lane(slope, 2, geluSlope(f32x4.extract_lane(z, 2)));
    slope = f32x4.replace_lane(slope, 3, geluSlope(f32x4.extract_lane(z, 3)));
    return f32x4.mul(g, slope);
  }
  return f32x4.mul(g, f32x4.add(z, z));
}

/** g sign(z), 0 where z is. */
// @ts-ignore: decorator
@inline
export function timesSign(g: v128, z: v128): v128 {
  const sign = v128.and(z, i32x4.splat(0x80000000));
  return v128.and(v128.xor(g, sign), f32x4.ne(z, f32x4.splat(0)));
}
