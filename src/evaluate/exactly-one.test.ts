import { describe, expect, test } from "vitest";
import { everyInput, expectation } from "../../test/support/exact-inputs.ts";
import { errorOf, evenErrorOf, randomNetwork, squaredLength } from "../../test/support/forward.ts";
import { combine, identity, type Matrix, matrix, multiply, squaredNorm } from "../numeric/matrix.ts";
import { exactlyOneLoss } from "./exactly-one.ts";
import { sum } from "./moment.ts";
import { linearPart } from "./odd-even-split.ts";

// With one active feature the error is |v| times a fixed vector, so the Gauss nodes of the enumeration are exact.
describe.each(["symmetric", "positive", "sign"] as const)("exactly one active, %s values", (values) => {
  const distribution = { kind: "exactly", k: 1, values } as const;

  test.each([
    [1, 1],
    [4, 2],
    [5, 8],
  ])("n = %d, h = %d by enumeration", (features, neurons) => {
    const network = randomNetwork(17, features, neurons);
    const inputs = everyInput(distribution, features);
    const loss = exactlyOneLoss(network, values);
    expect(loss.lossPerP).toBeCloseTo(
      expectation(inputs, (x) => squaredLength(errorOf(network, x))),
      13,
    );
    for (let i = 0; i < features; i++) {
      const output = features * expectation(inputs, (x) => errorOf(network, x)[i]! ** 2);
      expect(loss.perOutput[i]).toBeCloseTo(output, 13);
      const given =
        features * expectation(inputs, (x) => (x[i] === 0 ? 0 : squaredLength(errorOf(network, x))));
      expect(loss.perInput[i]).toBeCloseTo(given, 13);
    }
    expect(sum(loss.perOutput) / features).toBeCloseTo(loss.lossPerP, 13);
    if (values === "positive") {
      expect([loss.linear, loss.even]).toEqual([null, null]);
      return;
    }
    expect(loss.linear).toBeCloseTo(linearPart(network, distribution), 13);
    expect(loss.even).toBeCloseTo(
      expectation(inputs, (x) => squaredLength(evenErrorOf(network, x))),
      13,
    );
    expect(loss.linear! + loss.even!).toBeCloseTo(loss.lossPerP, 13);
  });
});

test("50 of 100 features answered: 1/12 in all, half of it in either part", () => {
  const W_in = matrix(50, 100);
  for (let i = 0; i < 50; i++) W_in.data[i * 100 + i] = 1;
  const W_out = matrix(100, 50);
  for (let i = 0; i < 50; i++) W_out.data[i * 50 + i] = 1;
  const loss = exactlyOneLoss({ W_in, W_out, M: null });
  expect(loss.lossPerP).toBeCloseTo(1 / 12, 14);
  expect(loss.linear).toBeCloseTo(1 / 24, 14);
  expect(loss.even).toBeCloseTo(1 / 24, 14);
});

test("as many neurons as features: no loss", () => {
  const loss = exactlyOneLoss({ W_in: identity(3), W_out: identity(3), M: null });
  expect([loss.lossPerP, loss.linear, loss.even]).toEqual([0, 0, 0]);
});

test("weights that do not fit are refused", () => {
  const W = matrix(2, 3);
  expect(() => exactlyOneLoss({ W_in: W, W_out: W, M: null })).toThrow(
    "network: W_in is [2, 3], so W_out must be [3, 2], got [2, 3]. Transpose it?",
  );
  expect(() => exactlyOneLoss({ W_in: W, W_out: matrix(3, 2), M: identity(2) })).toThrow(
    "network: need a mixing matrix M of [3, 3], got [2, 2]. Use the labels that the net was trained on.",
  );
});

test("complementary semi-NMF, as printed: L/p = E v² ‖[I + M, −M] − W_out [relu(W_in), relu(−W_in)]‖² / 2n", () => {
  const n = 5;
  const network = randomNetwork(18, n, 3);
  const block = (sign: number) => network.W_in.data.map((w) => Math.max(sign * w, 0));
  const residual = (sign: number, target: Matrix) =>
    squaredNorm(combine(1, target, -1, multiply(network.W_out, matrix(3, n, block(sign)))));
  const M = network.M!;
  const whole = residual(1, combine(1, identity(n), 1, M)) + residual(-1, combine(-1, M, 0, M));
  expect(exactlyOneLoss(network).lossPerP).toBeCloseTo(whole / (6 * n), 13);
  expect(exactlyOneLoss(network, "sign").lossPerP).toBeCloseTo(whole / (2 * n), 13);

  const difference = combine(1, combine(1, identity(n), 2, M), -1, multiply(network.W_out, network.W_in));
  const absolute = matrix(3, n, network.W_in.data.map(Math.abs));
  const total = combine(1, identity(n), -1, multiply(network.W_out, absolute));
  expect(whole).toBeCloseTo((squaredNorm(difference) + squaredNorm(total)) / 2, 12);
});
