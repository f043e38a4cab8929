import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cos, exp, log, pow, sin } from "./elementary.ts";

// The oracle: fixed-point numbers of 300 fractional bits in BigInt, by the plain series.
const bitCount = 300n;
const one = 1n << bitCount;
const times = (a: bigint, b: bigint) => (a * b) >> bitCount;
const over = (a: bigint, b: bigint) => (a << bitCount) / b;

/** x = mantissa · 2^exponent exactly. */
function exactly(x: number): { mantissa: bigint; exponent: number } {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  const word = view.getBigUint64(0);
  const field = Number((word >> 52n) & 0x7ffn);
  const fraction = word & 0xfffffffffffffn;
  const size = field === 0 ? fraction : fraction | (1n << 52n);
  return { mantissa: x < 0 ? -size : size, exponent: Math.max(field, 1) - 1075 };
}
const shift = (a: bigint, by: number) => (by >= 0 ? a << BigInt(by) : a >> BigInt(-by));
const fixed = (x: number) => shift(exactly(x).mantissa, exactly(x).exponent + Number(bitCount));

function series(first: bigint, next: (term: bigint, i: bigint) => bigint): bigint {
  let sum = 0n;
  let term = first;
  for (let i = 1n; term !== 0n && term !== -1n; i++) {
    sum += term;
    term = next(term, i);
  }
  return sum;
}
const atanhFixed = (s: bigint) => {
  let sum = 0n;
  let power = s;
  for (let k = 1n; power !== 0n && power !== -1n; k += 2n) {
    sum += power / k;
    power = times(power, times(s, s));
  }
  return sum;
};
const ln2 = 2n * atanhFixed(one / 3n);
const arctanInverse = (n: bigint) => {
  let sum = 0n;
  for (let k = 0n, power = one / n; power !== 0n; k++, power /= n * n)
    sum += (k % 2n ? -power : power) / (2n * k + 1n);
  return sum;
};
const pi = 16n * arctanInverse(5n) - 4n * arctanInverse(239n);

/** fixed · 2^exponent */
interface Exact {
  fixed: bigint;
  exponent: number;
}
function logExact(x: number): bigint {
  const { mantissa, exponent } = exactly(x);
  const top = mantissa.toString(2).length;
  const m = shift(mantissa, Number(bitCount) - top); // in [½, 1)
  return 2n * atanhFixed(over(m - one, m + one)) + BigInt(exponent + top) * ln2;
}
function expExact(x: bigint): Exact {
  const n = x / ln2;
  const r = x - n * ln2;
  return { fixed: series(one, (term, i) => times(term, r) / i), exponent: Number(n) };
}
const sinExact = (x: bigint) => {
  const r = x % (2n * pi);
  return series(r, (term, i) => -times(times(term, r), r) / (2n * i * (2n * i + 1n)));
};
const cosExact = (x: bigint) => {
  const r = x % (2n * pi);
  return series(one, (term, i) => -times(times(term, r), r) / ((2n * i - 1n) * 2n * i));
};

/** |got − exact| in units of the last place of the exact value (of the least subnormal below 2^-1022). */
function ulps(got: number, exact: Exact): number {
  if (!Number.isFinite(got)) return Infinity;
  const size = exact.fixed < 0n ? -exact.fixed : exact.fixed;
  const top = size.toString(2).length - 1 - Number(bitCount) + exact.exponent;
  const ulpExponent = Math.max(top - 52, -1074);
  const { mantissa, exponent } = exactly(got);
  // Both in units of 2^-40 ulp.
  const unit = ulpExponent - 40;
  const difference =
    shift(mantissa, exponent - unit) - shift(exact.fixed, exact.exponent - Number(bitCount) - unit);
  return Math.abs(Number(difference)) / 2 ** 40;
}
const plain = (value: bigint): Exact => ({ fixed: value, exponent: 0 });

/** A spread of n numbers in [low, high] that hits no special lattice: multiples of the golden ratio, mod 1. */
const spread = (n: number, low: number, high: number) =>
  Array.from({ length: n }, (_, i) => low + (high - low) * (((i + 1) * 0.6180339887498949) % 1));
const worst = (xs: readonly number[], error: (x: number) => number) => Math.max(...xs.map(error));

describe("against 300-bit arithmetic", () => {
  // The bounds are those that elementary.ts states; a correctly rounded function would have .5.
  test("log is within .8 ulp", () => {
    const error = (x: number) => ulps(log(x), plain(logExact(x)));
    expect(worst(spread(2000, 0.5, 2), error)).toBeLessThan(0.8);
    expect(worst(spread(1000, 0, 1e6), error)).toBeLessThan(0.8);
    expect(
      worst(
        spread(500, -1074, 1023).map((e) => 2 ** e),
        error,
      ),
    ).toBeLessThan(0.8);
    expect(worst([1 - 2 ** -53, 1 + 2 ** -52, 5e-324, Number.MAX_VALUE, 2 ** -33], error)).toBeLessThan(0.8);
  });

  test("exp is within .6 ulp, .8 where the result is subnormal", () => {
    const error = (x: number) => ulps(exp(x), expExact(fixed(x)));
    expect(worst(spread(2000, -1, 1), error)).toBeLessThan(0.6);
    expect(worst(spread(1000, -708, 709.78), error)).toBeLessThan(0.6);
    expect(worst([709.782712893384, -708.3, 2 ** -53, -(2 ** -54), 1e-300], error)).toBeLessThan(0.6);
    expect(worst(spread(300, -745.1, -708.4), error)).toBeLessThan(0.8);
  });

  test("pow is within .7 ulp", () => {
    const error = (x: number, y: number) => ulps(pow(x, y), expExact((logExact(x) * fixed(y)) >> bitCount));
    expect(worst(spread(1500, 0.01, 30), (x) => error(x, 400 * (x % 1) - 200))).toBeLessThan(0.7);
    expect(worst(spread(500, 1, 100_000), (t) => error(0.999, Math.floor(t)))).toBeLessThan(0.7);
    expect(worst(spread(500, 1e-300, 1e300), (x) => error(x, 1 / 3))).toBeLessThan(0.7);
    expect(worst(spread(500, 0.9999999, 1.0000001), (x) => error(x, 1e9))).toBeLessThan(0.7);
  });

  test("sin and cos are within .8 ulp, close to multiples of π/2 too", () => {
    const sinError = (x: number) => ulps(sin(x), plain(sinExact(fixed(x))));
    const cosError = (x: number) => ulps(cos(x), plain(cosExact(fixed(x))));
    const multiples = spread(500, -660_000, 660_000).map((n) => Math.floor(n) * (Math.PI / 2));
    for (const xs of [spread(2000, -7, 7), spread(1000, -(2 ** 20), 2 ** 20), multiples, [1e-8, 1e-7]]) {
      expect(worst(xs, sinError)).toBeLessThan(0.8);
      expect(worst(xs, cosError)).toBeLessThan(0.8);
    }
  });
});

describe("against the host, which is itself within 1 ulp", () => {
  const ulpOf = (x: number) => Math.max(2 ** (Math.floor(Math.log2(Math.abs(x))) - 52), 5e-324);
  const near = (got: number, host: number) => Object.is(got, host) || Math.abs(got - host) <= 2 * ulpOf(host);
  const anyNumber = fc.double({ noNaN: false });

  test("any float64", () => {
    fc.assert(
      fc.property(anyNumber, anyNumber, (x, y) => {
        expect(near(log(x), Math.log(x))).toBe(true);
        expect(near(exp(x), Math.exp(x))).toBe(true);
        const power = x ** y;
        expect([x, y, near(pow(x, y), power)]).toEqual([x, y, true]);
      }),
      { numRuns: 3000 },
    );
  });

  test("moderate powers and angles", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -50, max: 50, noNaN: true }),
        fc.integer({ min: -90, max: 90 }),
        (x, n) => {
          expect(near(sin(x), Math.sin(x))).toBe(true);
          expect(near(cos(x), Math.cos(x))).toBe(true);
          expect([x, n, near(pow(x, n), x ** n)]).toEqual([x, n, true]);
        },
      ),
      { numRuns: 3000 },
    );
  });

  test("special values agree exactly, the sign of zero too", () => {
    const special = [
      0,
      -0,
      1,
      -1,
      2,
      -2,
      3,
      0.5,
      -0.5,
      Infinity,
      -Infinity,
      NaN,
      5e-324,
      -5e-324,
      2 ** 53,
      1e308,
    ];
    for (const x of special) {
      expect(log(x), `log ${x}`).toBe(Math.log(x));
      for (const y of special) {
        const host = x ** y;
        // Node 20 rounds 2^-½ the wrong way; only what has one right answer must agree.
        if (!Number.isInteger(host) && Number.isFinite(host)) expect(near(pow(x, y), host)).toBe(true);
        else expect(pow(x, y), `pow ${x} ${y}`).toBe(host);
      }
    }
    for (const x of [0, -0, Infinity, -Infinity, NaN, 5e-324, -1000, 1000]) expect(exp(x)).toBe(Math.exp(x));
    for (const x of [0, -0, Infinity, -Infinity, NaN, 5e-324, -5e-324]) {
      expect(sin(x)).toBe(Math.sin(x));
      expect(cos(x)).toBe(Math.cos(x));
    }
  });
});

test("whole powers that float64 can hold are exact", () => {
  for (let base = 2; base <= 100; base++) {
    for (let n = 1, exact = base; exact < 2 ** 53; n++, exact *= base) {
      expect(pow(base, n)).toBe(exact);
    }
  }
});

test("angles beyond the exact reduction are refused", () => {
  expect(() => sin(1e10)).toThrow("sin: need |x| ≤ 2^20, got 10000000000. Subtract whole turns first.");
  expect(() => cos(-(2 ** 20) - 1)).toThrow(
    "cos: need |x| ≤ 2^20, got -1048577. Subtract whole turns first.",
  );
});

test("the same bits everywhere: pinned", () => {
  const text = (x: number) => exactly(x).mantissa.toString(16);
  expect([log(10), exp(1), pow(0.999, 12345), sin(1), cos(1)].map(text)).toMatchInlineSnapshot(`
    [
      "126bb1bbb55516",
      "15bf0a8b145769",
      "122391fb94567e",
      "1aed548f090cee",
      "114a280fb5068c",
    ]
  `);
});
