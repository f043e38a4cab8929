import { describe, expect, it } from "vitest";
import { matrix } from "../numeric/matrix.ts";
import { exactlyOneLoss } from "./exactly-one.ts";
import { evaluateLoss } from "./loss.ts";
import { type OneNeuron, oneNeuronInputs, oneNeuronLoss, oneNeuronTable } from "./one-neuron.ts";

const page: OneNeuron = {
  noise: [
    [0, -0.2],
    [-0.2, 0],
  ],
  W_in: [1, 1],
  W_out: [0.6, 0.6],
};
const uneven: OneNeuron = {
  noise: [
    [0.1, -0.3],
    [0.25, -0.05],
  ],
  W_in: [0.8, -0.5],
  W_out: [1.1, 0.3],
};
const one = { kind: "exactly", k: 1 } as const;

/** As a network on labels relu(x) + M x. */
const networkOf = ({ noise, W_in, W_out }: OneNeuron) => ({
  W_in: matrix(1, 2, W_in),
  W_out: matrix(2, 1, W_out),
  M: matrix(
    2,
    2,
    noise.flat().map((value) => -value),
  ),
});

const close = (values: readonly number[], expected: readonly number[]) =>
  values.forEach((value, i) => void expect(value).toBeCloseTo(expected[i]!, 12));

describe("the example of the page", () => {
  const rows = oneNeuronTable(page);

  it("has the rows that are printed", () => {
    const printed = [
      { x: [1, 0], residual: [1, -0.2], mlp: [0.6, 0.6], prediction: [1.6, 0.4], target: [2, 0] },
      { x: [-1, 0], residual: [-1, 0.2], mlp: [0, 0], prediction: [-1, 0.2], target: [-1, 0] },
      { x: [0, 1], residual: [-0.2, 1], mlp: [0.6, 0.6], prediction: [0.4, 1.6], target: [0, 2] },
      { x: [0, -1], residual: [0.2, -1], mlp: [0, 0], prediction: [0.2, -1], target: [0, -1] },
    ];
    const split = [
      { odd: [-0.2, 0.1], even: [-0.2, 0.3], loss: 0.16 },
      { odd: [0.2, -0.1], even: [-0.2, 0.3], loss: 0.02 },
      { odd: [0.1, -0.2], even: [0.3, -0.2], loss: 0.16 },
      { odd: [-0.1, 0.2], even: [0.3, -0.2], loss: 0.02 },
    ];
    printed.forEach(({ x, residual, mlp, prediction, target }, i) => {
      const row = rows.find((candidate) => candidate.x[0] === x[0] && candidate.x[1] === x[1])!;
      close(row.residual, residual);
      close(row.mlp, mlp);
      close(row.prediction, prediction);
      close(row.target, target);
      close(row.odd, split[i]!.odd);
      close(row.even, split[i]!.even);
      expect(row.loss).toBeCloseTo(split[i]!.loss, 12);
    });
  });

  it("has the losses that are printed", () => {
    const { lossPerP, linear, even } = oneNeuronLoss(rows, one);
    close([lossPerP, linear, even], [0.18, 0.05, 0.13]);
    const naive = oneNeuronLoss(oneNeuronTable({ ...page, W_in: [1, 0], W_out: [1, 0] }), one);
    close([naive.lossPerP, naive.linear, naive.even], [0.29, 0.165, 0.125]);
  });
});

describe("the split of every row", () => {
  const rows = oneNeuronTable(uneven);

  it("adds up to the error, odd parts turning with x and even parts not", () => {
    rows.forEach((row, i) => {
      const opposite = rows[rows.length - 1 - i]!;
      close(
        row.error,
        row.odd.map((value, k) => value + row.even[k]!),
      );
      close(
        opposite.odd,
        row.odd.map((value) => -value),
      );
      close(opposite.even, row.even);
    });
  });

  it("has no cross term over a row and its opposite", () => {
    rows.forEach((row, i) => {
      const parts = [...row.odd, ...row.even].reduce((sum, value) => sum + value * value, 0);
      expect(row.loss + rows[rows.length - 1 - i]!.loss).toBeCloseTo(parts, 12);
    });
  });
});

describe("oneNeuronLoss", () => {
  it.each([page, uneven])("for one active feature is what the network's closed form says", (neuron) => {
    const { lossPerP, linear, even } = oneNeuronLoss(oneNeuronTable(neuron), one);
    const exact = exactlyOneLoss(networkOf(neuron), "sign");
    close([lossPerP, linear, even], [exact.lossPerP, exact.linear, exact.even]);
  });

  it("for p is what sampling the network says", async () => {
    const inputs = { kind: "bernoulli", p: 0.6 } as const;
    const { lossPerP, linear } = oneNeuronLoss(oneNeuronTable(uneven), inputs);
    const distribution = { ...inputs, values: "sign" } as const;
    const sampled = await evaluateLoss(networkOf(uneven), { distribution, samples: 200_000, seed: 0 });
    expect(Math.abs(sampled.mean - lossPerP)).toBeLessThan(5 * sampled.stderr);
    expect(sampled.linear).toBeCloseTo(linear, 6);
  });

  it("takes all rows alike at p = 2/3", () => {
    const rows = oneNeuronTable(page);
    const mean = rows.reduce((sum, { loss }) => sum + loss, 0) / 9;
    expect(oneNeuronLoss(rows, { kind: "bernoulli", p: 2 / 3 }).lossPerP).toBeCloseTo(mean / (2 / 3), 12);
    expect(oneNeuronInputs).toHaveLength(9);
  });
});

it("refuses numbers that cannot be", () => {
  expect(() => oneNeuronTable({ ...page, W_in: [1, Number.NaN] })).toThrow(
    "oneNeuronTable: need finite numbers, got noise [[0,-0.2],[-0.2,0]], W_in [1,null], W_out [0.6,0.6]. Check them.",
  );
  expect(() => oneNeuronLoss(oneNeuronTable(page), { kind: "bernoulli", p: 0 })).toThrow(
    "oneNeuronLoss: need a probability above 0, at most 1, got 0. All nine rows alike are p = 2/3.",
  );
});
