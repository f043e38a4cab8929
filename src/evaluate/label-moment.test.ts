import { describe, expect, test } from "vitest";
import { everyDistribution, features, nameOf } from "../../test/support/distributions.ts";
import { everyInput, expectation } from "../../test/support/exact-inputs.ts";
import { apply } from "../../test/support/forward.ts";
import { randomMatrix, uniformsOf } from "../../test/support/random-matrix.ts";
import { combine, identity, type Matrix, matrix, multiply, transpose } from "../numeric/matrix.ts";
import { labelSecondMoment } from "./label-moment.ts";

const M = randomMatrix(7, features, features); // asymmetric, diagonal kept
const labels = (x: Float64Array) => apply(M, x).map((value, i) => value + Math.max(x[i]!, 0));

function expectEqual(actual: Matrix, wanted: Matrix, digits = 12) {
  actual.data.forEach((value, i) => {
    expect(value).toBeCloseTo(wanted.data[i]!, digits);
  });
}

describe.each(everyDistribution.map((one) => [nameOf(one), one] as const))("%s", (_, distribution) => {
  const inputs = everyInput(distribution, features);

  test("Σ_y by enumeration", () => {
    const exact = matrix(features, features);
    for (let i = 0; i < features; i++) {
      for (let j = 0; j < features; j++) {
        exact.data[i * features + j] = expectation(inputs, (x) => labels(x)[i]! * labels(x)[j]!);
      }
    }
    expectEqual(labelSecondMoment(M, distribution, features), exact);
  });

  test("no mixing is a mixing matrix of zeros", () => {
    const zeros = labelSecondMoment(matrix(features, features), distribution, features);
    expectEqual(labelSecondMoment(null, distribution, features), zeros, 15);
  });
});

describe("the formulas as printed in docs/theory/rank-bound.md, U[-1,1] values", () => {
  const I = identity(features);
  const ones = matrix(features, features, new Float64Array(features * features).fill(1));
  const mixed = combine(1 / 6, combine(1, M, 1, transpose(M)), 1 / 3, multiply(M, transpose(M)));
  const scaled = (s: number, a: Matrix) => combine(s, a, 0, a);

  test("Bernoulli: Σ_y / p = (1/6 − p/16) I + (p/16) 1 1ᵀ + (M + Mᵀ)/6 + M Mᵀ/3", () => {
    const p = 0.37;
    const printed = combine(1, combine(1 / 6 - p / 16, I, p / 16, ones), 1, mixed);
    const sigma = labelSecondMoment(M, { kind: "bernoulli", p, values: "symmetric" }, features);
    expectEqual(scaled(1 / p, sigma), printed);
  });

  test("exactly k: p/16 becomes (k − 1)/(16 (n − 1))", () => {
    const k = 3;
    const pair = (k - 1) / (16 * (features - 1));
    const printed = combine(1, combine(1 / 6 - pair, I, pair, ones), 1, mixed);
    const sigma = labelSecondMoment(M, { kind: "exactly", k, values: "symmetric" }, features);
    expectEqual(scaled(features / k, sigma), printed);
  });

  test("one p a feature: D/6 − D²/16 + p pᵀ/16 + (M D + D Mᵀ)/6 + M D Mᵀ/3", () => {
    const p = [0.9, 0.2, 0.5, 0.05];
    const D = matrix(features, features);
    p.forEach((value, i) => {
      D.data[i * features + i] = value;
    });
    const outer = multiply(matrix(features, 1, p), matrix(1, features, p));
    const MD = multiply(M, D);
    const clean = combine(1, combine(1 / 6, D, -1 / 16, multiply(D, D)), 1 / 16, outer);
    const printed = combine(
      1,
      clean,
      1,
      combine(1 / 6, combine(1, MD, 1, transpose(MD)), 1 / 3, multiply(MD, transpose(M))),
    );
    const sigma = labelSecondMoment(M, { kind: "bernoulli", p, values: "symmetric" }, features);
    expectEqual(sigma, printed);
  });
});

test("Σ_y by sampling continuous values, within 4 standard errors", () => {
  const uniform = uniformsOf(5);
  const rows = 40_000;
  const p = 0.4;
  const sigma = labelSecondMoment(M, { kind: "bernoulli", p, values: "symmetric" }, features);
  const sums = matrix(features, features);
  const squares = matrix(features, features);
  for (let row = 0; row < rows; row++) {
    const x = new Float64Array(features).map(() => (uniform() < p ? 2 * uniform() - 1 : 0));
    const y = labels(x);
    for (let i = 0; i < sums.data.length; i++) {
      const product = y[Math.floor(i / features)]! * y[i % features]!;
      sums.data[i]! += product;
      squares.data[i]! += product * product;
    }
  }
  sigma.data.forEach((exact, i) => {
    const mean = sums.data[i]! / rows;
    const standardError = Math.sqrt((squares.data[i]! / rows - mean * mean) / rows);
    expect(Math.abs(mean - exact)).toBeLessThan(4 * standardError);
  });
});

describe("other labels, coefficients, centred", () => {
  const coefficients = Float64Array.of(1, -2, 0.5, 3);
  const functions = {
    relu: (x: number) => Math.max(0, x),
    abs: Math.abs,
    identity: (x: number) => x,
    square: (x: number) => x * x,
  };
  // Gauss nodes are exact up to the third power, so U[-1,1] and U[0,1] have no square here.
  const cases = [...everyDistribution, { kind: "bernoulli", p: 0.3, values: "binary" } as const].flatMap(
    (one) =>
      (Object.keys(functions) as (keyof typeof functions)[])
        .filter((name) => name !== "square" || one.values === "sign" || one.values === "binary")
        .map((name) => [`${name}, ${nameOf(one)}`, name, one] as const),
  );

  test.each(cases)("%s, by enumeration", (_, name, distribution) => {
    const inputs = everyInput(distribution, features);
    const own = (x: Float64Array) =>
      apply(M, x).map((value, i) => value + coefficients[i]! * functions[name](x[i]!));
    const mean = Array.from({ length: features }, (_, i) => expectation(inputs, (x) => own(x)[i]!));
    for (const centred of [false, true]) {
      const exact = matrix(features, features);
      for (let i = 0; i < features; i++) {
        for (let j = 0; j < features; j++) {
          const product = expectation(inputs, (x) => own(x)[i]! * own(x)[j]!);
          exact.data[i * features + j] = product - (centred ? mean[i]! * mean[j]! : 0);
        }
      }
      const options = { labels: name, coefficients, centred };
      expectEqual(labelSecondMoment(M, distribution, features, options), exact);
    }
  });

  // E v⁴ = 1/5, E v³ = 0 or 1/4, E v² = 1/3: the diagonal for one feature, M = m, is (1/5 + 2 m E v³ + m²/3) p.
  test.each([
    ["symmetric", 0],
    ["positive", 1 / 4],
  ] as const)("squares of %s values", (values, cube) => {
    const sigma = labelSecondMoment(matrix(1, 1, [0.5]), { kind: "bernoulli", p: 0.4, values }, 1, {
      labels: "square",
    });
    expect(sigma.data[0]).toBeCloseTo(0.4 * (1 / 5 + cube + 1 / 12), 14);
  });

  test("labels of pairs are refused", () => {
    const distribution = { kind: "exactly", k: 1, values: "symmetric" } as const;
    expect(() => labelSecondMoment(null, distribution, 4, { labels: "and" })).toThrow(
      "labelSecondMoment: need labels of single features, got and, of pairs. Use sampledRankBound, which samples them.",
    );
  });
});

test("a mixing matrix of the wrong size is refused", () => {
  const distribution = { kind: "exactly", k: 1, values: "symmetric" } as const;
  expect(() => labelSecondMoment(identity(3), distribution, 4)).toThrow(
    "labels: need a mixing matrix of [4, 4], got [3, 3]. Use one row and one column a feature.",
  );
});
