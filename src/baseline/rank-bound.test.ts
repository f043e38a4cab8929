import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { features, nameOf } from "../../test/support/distributions.ts";
import { everyInput, expectation } from "../../test/support/exact-inputs.ts";
import { errorOf, evenErrorOf, randomNetwork, squaredLength } from "../../test/support/forward.ts";
import { everyProblem, literature } from "../../test/support/problems.ts";
import { randomMatrix } from "../../test/support/random-matrix.ts";
import {
  density,
  exactlyOneLoss,
  isSignSymmetric,
  labelSecondMoment,
  linearPart,
} from "../evaluate/index.ts";
import { symmetricEigen } from "../numeric/eigen.ts";
import { identity, matrix, multiply, transpose } from "../numeric/matrix.ts";
import { svd } from "../numeric/svd.ts";
import { naive } from "./naive.ts";
import { offset } from "./offset.ts";
import { type Problem, withExactlyOne } from "./problem.ts";
import { rankBound } from "./rank-bound.ts";
import { evenBound, linearBound } from "./split-bounds.ts";
import { svdNetwork } from "./svd.ts";

// Eigenvalues of a 4 × 4 or 100 × 100 matrix of order one are good to about 1e-14 each.
const rounding = 1e-12;

describe("as printed in docs/theory/rank-bound.md, 100 features and 50 neurons", () => {
  test.each([0.01, 0.1, 1])("clean labels at p = %d: (n − h)/n (1/6 − p/16)", (p) => {
    const bound = rankBound(literature(p));
    expect(bound.lossPerP).toBeCloseTo(0.5 * (1 / 6 - p / 16), 12);
    expect(bound.linear).toBeCloseTo(1 / 24, 12);
    expect(bound.even).toBeCloseTo((1 / 3 - p / 4) / 8, 12);
    expect(bound.exactlyOne.lossPerP).toBeCloseTo(1 / 12, 12);
  });

  test("exactly k: p/16 becomes (k − 1)/(16 (n − 1))", () => {
    const k = 7;
    const problem: Problem = { ...literature(1), distribution: { kind: "exactly", k, values: "symmetric" } };
    expect(rankBound(problem).lossPerP).toBeCloseTo(0.5 * (1 / 6 - (k - 1) / (16 * 99)), 12);
    expect(evenBound(problem)).toBeCloseTo((1 / 3 - (k - 1) / (4 * 99)) / 8, 12);
  });

  test("other values: sign (1/2, 1/2 and 1), positive (1/3 and 1/2)", () => {
    const of = (values: "sign" | "positive") =>
      rankBound({ ...literature(1), distribution: { kind: "bernoulli", p: 0.3, values } });
    expect(of("sign").lossPerP).toBeCloseTo(0.5 * (1 / 2 - 0.3 / 4), 12);
    expect(of("sign").even).toBeCloseTo((1 - 0.3) / 8, 12);
    expect(of("positive").lossPerP).toBeCloseTo(0.5 * (1 / 3 - 0.3 / 4), 12);
    expect([of("positive").linear, of("positive").even]).toEqual([null, null]);
  });

  test("exactly one active and any M: Σ_{k>h} σ_k²([I + M, −M]) / 6n", () => {
    const n = 6;
    const M = randomMatrix(3, n, n, 0.7);
    const both = matrix(n, 2 * n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        both.data[i * 2 * n + j] = M.data[i * n + j]! + (i === j ? 1 : 0);
        both.data[i * 2 * n + n + j] = -M.data[i * n + j]!;
      }
    }
    const tail = [...svd(both).s.slice(2)].reduce((total, s) => total + s * s, 0);
    const problem: Problem = { ...literature(1), features: n, neurons: 2, mixing: M };
    expect(rankBound(problem).exactlyOne.lossPerP).toBeCloseTo(tail / (6 * n), 12);
  });

  test("linear bound at equal activity: E v² Σ_{k>h} σ_k²(I + 2M) / 4n", () => {
    const n = 6;
    const M = randomMatrix(4, n, n, 0.7);
    const target = matrix(
      n,
      n,
      M.data.map((value, i) => 2 * value + (i % (n + 1) === 0 ? 1 : 0)),
    );
    const tail = [...svd(target).s.slice(2)].reduce((total, s) => total + s * s, 0);
    expect(linearBound({ ...literature(1), features: n, neurons: 2, mixing: M })).toBeCloseTo(
      tail / (12 * n),
      12,
    );
  });
});

const cases = everyProblem.map(
  (problem) => [`${nameOf(problem.distribution)}${problem.mixing ? " mixed" : ""}`, problem] as const,
);

describe.each(cases)("no net goes below, every input enumerated: %s", (_, problem) => {
  const { distribution, mixing, neurons } = problem;
  const inputs = everyInput(distribution, features);
  const perP = 1 / (features * density(distribution, features));
  const bound = rankBound(problem);

  /** The best read-out for given input weights: the hardest opponent that those weights allow. */
  function withBestReadOut(seed: number, activate: (z: number) => number) {
    const W_in = randomMatrix(seed, neurons, features);
    const hidden = inputs.map(({ x }) => [...multiply(W_in, matrix(features, 1, x)).data].map(activate));
    const gram = matrix(neurons, neurons);
    const cross = matrix(features, neurons);
    inputs.forEach(({ x, probability }, row) => {
      const y = errorOf({ W_in, W_out: matrix(features, neurons), M: mixing }, x).map((e) => -e);
      for (let k = 0; k < neurons; k++) {
        for (let i = 0; i < features; i++)
          cross.data[i * neurons + k]! += probability * y[i]! * hidden[row]![k]!;
        for (let l = 0; l < neurons; l++)
          gram.data[k * neurons + l]! += probability * hidden[row]![k]! * hidden[row]![l]!;
      }
    });
    return { W_in, W_out: multiply(cross, inverse2(gram)), hidden };
  }

  test("random ReLU nets with their best read-out, whole loss", () => {
    fc.assert(
      fc.property(fc.nat(1e6), (seed) => {
        const { W_in, W_out } = withBestReadOut(seed, (z) => Math.max(z, 0));
        const loss = perP * expectation(inputs, (x) => squaredLength(errorOf({ W_in, W_out, M: mixing }, x)));
        expect(loss).toBeGreaterThan(bound.lossPerP - rounding);
      }),
      { numRuns: 6, seed: 2 },
    );
  });

  test("the bound is met by the projector on the leading eigenvectors of Σ_y", () => {
    const moment = labelSecondMoment(mixing, distribution, features);
    const { vectors } = symmetricEigen(moment);
    const kept = matrix(
      features,
      features,
      vectors.data.map((value, i) => (i % features < neurons ? value : 0)),
    );
    const projector = multiply(kept, transpose(kept));
    const none = { W_in: matrix(1, features), W_out: matrix(features, 1), M: mixing };
    const loss = expectation(inputs, (x) => {
      const y = matrix(
        features,
        1,
        errorOf(none, x).map((e) => -e),
      );
      return squaredLength(multiply(projector, y).data.map((value, i) => value - y.data[i]!));
    });
    expect(perP * loss).toBeCloseTo(bound.lossPerP, 11);
  });

  test("both parts of random nets, and the parts' bounds add up to no more than the whole's", () => {
    if (!isSignSymmetric(distribution)) return;
    expect(bound.linear! + bound.even!).toBeLessThan(bound.lossPerP + rounding);
    const once = bound.exactlyOne;
    expect(once.linear! + once.even!).toBeCloseTo(once.lossPerP, 12);
    for (let seed = 0; seed < 6; seed++) {
      const network = { ...randomNetwork(seed, features, neurons), M: mixing };
      expect(linearPart(network, distribution)).toBeGreaterThan(bound.linear! - rounding);
      const even = perP * expectation(inputs, (x) => squaredLength(evenErrorOf(network, x)));
      expect(even).toBeGreaterThan(bound.even! - rounding);
    }
  });
});

/** Inverse of a 2 × 2 matrix, or zero if it has none. */
function inverse2({ data: [a, b, c, d] }: { data: Float64Array }) {
  const determinant = a! * d! - b! * c!;
  const scale = Math.abs(determinant) < 1e-12 ? 0 : 1 / determinant;
  return matrix(2, 2, [d! * scale, -b! * scale, -c! * scale, a! * scale]);
}

test("baselines that hold at p = 1 sit above the bound there, and naive below its own line is impossible", () => {
  expect(offset(literature(1)).lossPerP).toBeGreaterThan(rankBound(literature(1)).lossPerP);
  expect(naive(literature(0.01)).exactlyOne.lossPerP).toBeCloseTo(
    rankBound(literature(0.01)).exactlyOne.lossPerP,
    12,
  );
});

describe("edges", () => {
  test.each([
    [4, 4],
    [4, 7],
    [1, 1],
  ])("n = %d, h = %d: bound exactly 0", (n, neurons) => {
    const problem: Problem = { ...literature(1), features: n, neurons, mixing: randomMatrix(5, n, n) };
    const nothing = { lossPerP: 0, linear: 0, even: 0 };
    expect(rankBound(problem)).toMatchObject({ ...nothing, exactlyOne: nothing });
  });

  test("every feature a sign at p = 1: one neuron knows every |x|, so the even bound is 0", () => {
    const distribution = { kind: "bernoulli", p: 1, values: "sign" } as const;
    expect(evenBound({ features: 4, neurons: 1, mixing: null, distribution })).toBeCloseTo(0, 14);
  });

  test("a mixing matrix of the wrong size is refused", () => {
    expect(() => rankBound({ ...literature(1), mixing: identity(3) })).toThrow(
      "labels: need a mixing matrix of [100, 100], got [3, 3]. Use one row and one column a feature.",
    );
  });
});

describe("the SVD net", () => {
  test.each(everyProblem.filter((one) => isSignSymmetric(one.distribution)))(
    "meets the linear bound %#",
    (problem) => {
      expect(linearPart(svdNetwork(problem), problem.distribution)).toBeCloseTo(linearBound(problem), 12);
    },
  );

  test("no other choice of signs has a smaller even part for exactly one active", () => {
    const problem = withExactlyOne({
      ...literature(1),
      features: 6,
      neurons: 4,
      mixing: randomMatrix(6, 6, 6),
    });
    const network = svdNetwork(problem);
    const best = exactlyOneLoss(network).even!;
    for (let bits = 1; bits < 16; bits++) {
      const sign = (k: number) => ((bits >> k) & 1 ? -1 : 1);
      const W_in = { ...network.W_in, data: network.W_in.data.map((w, i) => w * sign(Math.floor(i / 6))) };
      const W_out = { ...network.W_out, data: network.W_out.data.map((w, i) => w * sign(i % 4)) };
      expect(exactlyOneLoss({ ...network, W_in, W_out }).even!).toBeGreaterThan(best);
    }
  });
});
