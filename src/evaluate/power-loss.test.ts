import { expect, test } from "vitest";
import { errorOf, randomNetwork } from "../../test/support/forward.ts";
import { identity, matrix } from "../numeric/matrix.ts";
import { exactlyOneLoss } from "./exactly-one.ts";
import { powerLoss } from "./power-loss.ts";

/** ∫ over v by the midpoint rule, whose error is some 1e-6 relative at 2000 points. */
function byQuadrature(network: ReturnType<typeof randomNetwork>, features: number, q: number): number {
  const points = 2000;
  let total = 0;
  for (let i = 0; i < features; i++) {
    for (let g = 0; g < points; g++) {
      const x = new Float64Array(features);
      x[i] = -1 + (2 * (g + 0.5)) / points;
      total += errorOf(network, x).reduce((sum, e) => sum + Math.abs(e) ** q, 0) / points / features;
    }
  }
  return total;
}

test.each([1, 1.5, 4])("q = %d by quadrature, with a mixing matrix", (q) => {
  const network = randomNetwork(5, 4, 3);
  const loss = powerLoss(network, q);
  expect(loss.lossPerP / byQuadrature(network, 4, q)).toBeCloseTo(1, 4);
});

test.each(["symmetric", "positive", "sign", "binary"] as const)(
  "q = 2 is the squared error, %s",
  (values) => {
    const network = randomNetwork(6, 5, 3);
    const [power, square] = [powerLoss(network, 2, values), exactlyOneLoss(network, values)];
    expect(power.lossPerP).toBeCloseTo(square.lossPerP, 13);
    for (let i = 0; i < 5; i++) {
      expect(power.perInput[i]).toBeCloseTo(square.perInput[i]!, 13);
      expect(power.perOutput[i]).toBeCloseTo(square.perOutput[i]!, 13);
    }
  },
);

test("half of the features answered: (n − h)/n / (2(q + 1)), spread 1; all of them: nothing", () => {
  const half = { W_in: matrix(1, 2, [1, 0]), W_out: matrix(2, 1, [1, 0]), M: null };
  expect(powerLoss(half, 4)).toMatchObject({ exponent: 4, lossPerP: 0.05, variation: 1 });
  expect([...powerLoss(half, 4).perInput]).toEqual([0, 0.1]);
  expect(powerLoss(half, 4, "sign").lossPerP).toBeCloseTo(0.25, 14);
  expect(powerLoss({ W_in: identity(2), W_out: identity(2), M: null }, 4)).toMatchObject({
    lossPerP: 0,
    variation: 0,
  });
});

test("an exponent of 0 is refused", () => {
  expect(() => powerLoss(randomNetwork(1, 2, 1), 0)).toThrow(
    "powerLoss: need an exponent above 0, got 0. Squared error is 2.",
  );
});
