import { describe, expect, it } from "vitest";
import { type OneNeuron, oneNeuronLoss, oneNeuronTable, type Two } from "../evaluate/one-neuron.ts";
import { randomStream, uniforms } from "../numeric/random.ts";
import { bestAtAngle, bestOneNeuron, naiveOneNeuron, searchOneNeuron } from "./one-neuron.ts";

const one = { kind: "exactly", k: 1 } as const;
const nine = { kind: "bernoulli", p: 2 / 3 } as const;
/** N of an M with these entries off the diagonal. */
const offDiagonal = (above: number, below: number): OneNeuron["noise"] => [
  [0, -above],
  [-below, 0],
];
const randomNoise = (seed: number): OneNeuron["noise"] => {
  const u = uniforms(randomStream(seed, "noise of one neuron"), 4).map((value) => 1.6 * value - 0.8);
  return [
    [u[0]!, u[1]!],
    [u[2]!, u[3]!],
  ];
};

describe("bestOneNeuron", () => {
  it("is what a search over directions finds, for any noise", () => {
    for (let seed = 0; seed < 30; seed++) {
      const noise = randomNoise(seed);
      // The search stops within 1e-9 of the angle, where the loss is flat.
      expect(bestOneNeuron(noise).lossPerP).toBeCloseTo(searchOneNeuron(noise, one).lossPerP, 9);
    }
  });

  it("has the loss that it says, and loses by any change of W_out", () => {
    for (let seed = 0; seed < 5; seed++) {
      const best = bestOneNeuron(randomNoise(seed));
      const lossOf = (W_out: Two) => oneNeuronLoss(oneNeuronTable({ ...best, W_out }), one).lossPerP;
      expect(lossOf(best.W_out)).toBeCloseTo(best.lossPerP, 12);
      expect(lossOf([best.W_out[0] + 0.01, best.W_out[1]])).toBeGreaterThan(best.lossPerP);
      expect(lossOf([best.W_out[0], best.W_out[1] - 0.01])).toBeGreaterThan(best.lossPerP);
    }
  });

  it("is naive for clean labels, where the example of the page and its table have their losses", () => {
    const clean = bestOneNeuron(offDiagonal(0, 0));
    expect(clean).toMatchObject({ W_in: [1, 0], W_out: [1, 0], lossPerP: 0.25 });
    for (const s of [0.1, 0.2, 0.5]) {
      const phi = (1 + Math.sqrt(1 + 4 * s * s)) / 2;
      const apart = (2 + 4 * s * s - phi * phi) / 4;
      expect(bestOneNeuron(offDiagonal(s, s)).lossPerP).toBeCloseTo((1 - 2 * s + 3 * s * s) / 4, 12);
      expect(bestOneNeuron(offDiagonal(-s, -s)).lossPerP).toBeCloseTo(apart, 12);
      expect(bestOneNeuron(offDiagonal(s, -s)).lossPerP).toBeCloseTo(apart, 12);
      const naive = oneNeuronLoss(oneNeuronTable(naiveOneNeuron(offDiagonal(-s, s))), one);
      expect(naive.lossPerP).toBeCloseTo((1 + 4 * s * s) / 4, 12);
    }
    expect(bestOneNeuron(offDiagonal(0.2, 0.2)).W_in[0]).toBeCloseTo(Math.SQRT1_2, 12);
  });

  it("turns with the features", () => {
    const noise = randomNoise(7);
    const turned: OneNeuron["noise"] = [
      [noise[1][1], noise[1][0]],
      [noise[0][1], noise[0][0]],
    ];
    expect(bestOneNeuron(turned).lossPerP).toBeCloseTo(bestOneNeuron(noise).lossPerP, 12);
  });
});

describe("searchOneNeuron", () => {
  it("has the loss of its table, and finds better than naive when both features may be on", () => {
    const best = searchOneNeuron(offDiagonal(0, 0), nine);
    expect(oneNeuronLoss(oneNeuronTable(best), nine).lossPerP).toBeCloseTo(best.lossPerP, 12);
    expect(best.lossPerP).toBeCloseTo(0.2054, 4);
    expect(oneNeuronLoss(oneNeuronTable(naiveOneNeuron(offDiagonal(0, 0))), nine).lossPerP).toBeCloseTo(0.25);
  });

  it("is nowhere undercut by a direction of its own grid", () => {
    const noise = randomNoise(3);
    const best = searchOneNeuron(noise, nine).lossPerP;
    for (let i = 0; i < 360; i++) {
      expect(bestAtAngle(noise, nine, (i * Math.PI) / 180).lossPerP).toBeGreaterThanOrEqual(best - 1e-12);
    }
  });
});
