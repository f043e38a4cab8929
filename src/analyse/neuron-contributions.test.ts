import { describe, expect, it } from "vitest";
import { randomMatrix } from "../../test/support/random-matrix.ts";
import { rescaled } from "../../test/support/rescaled.ts";
import { linearMap } from "../evaluate/odd-even-split.ts";
import { matrix } from "../numeric/matrix.ts";
import { neuronContributions } from "./neuron-contributions.ts";

/** Three features, two neurons: the first serves features 0 and 1, the second feature 1 alone; feature 2 has none. */
const network = {
  W_in: matrix(2, 3, [1, 0.5, 0, 0, -2, 0]),
  W_out: matrix(3, 2, [0.8, 5, 0.1, 0.5, 7, 7]),
  M: null,
};

describe("neuronContributions", () => {
  it("multiplies what a neuron reads from a feature with what it writes to it", () => {
    const { terms } = neuronContributions(network);
    expect(terms.shape).toEqual([3, 2]);
    expect(Array.from(terms.data)).toEqual([0.8, 0, 0.05, -1, 0, 0]);
  });

  it("multiplies input weights with the length of what the neuron writes", () => {
    const { reach } = neuronContributions(network);
    const [first, second] = [Math.hypot(0.8, 0.1, 7), Math.hypot(5, 0.5, 7)];
    [first, 0, 0.5 * first, -2 * second, 0, 0].forEach((value, at) => {
      expect(reach.data[at]).toBeCloseTo(value, 14);
    });
  });

  it("is the same for a rescaled neuron", () => {
    const random = { W_in: randomMatrix(1, 4, 7), W_out: randomMatrix(2, 7, 4), M: null };
    const [before, after] = [random, rescaled(random, [3, 0.01, 70, 1])].map(neuronContributions);
    for (const name of ["terms", "reach"] as const) {
      before![name].data.forEach((value, at) => {
        expect(after![name].data[at]).toBeCloseTo(value, 13);
      });
    }
  });

  it("has terms that add up to the diagonal of W_out W_in", () => {
    const [n, h] = [7, 4];
    const random = { W_in: randomMatrix(1, h, n), W_out: randomMatrix(2, n, h), M: null };
    const { terms } = neuronContributions(random);
    const map = linearMap(random);
    for (let i = 0; i < n; i++) {
      const sum = terms.data.subarray(i * h, (i + 1) * h).reduce((total, term) => total + term, 0);
      expect(sum).toBeCloseTo(map.data[i * (n + 1)]!, 14);
    }
  });

  it("says what it needs", () => {
    expect(() => neuronContributions({ ...network, W_out: matrix(2, 3) })).toThrow("W_out must be [3, 2]");
  });
});
