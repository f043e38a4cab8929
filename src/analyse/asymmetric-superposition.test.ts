import { describe, expect, it } from "vitest";
import { matrix } from "../numeric/matrix.ts";
import { asymmetricSuperposition } from "./asymmetric-superposition.ts";

/**
 * Neuron 0 reads A twice and −B/2, and writes A/2 and 2B: both come out whole, and A adds 4 to output B. Neuron 1 reads A
 * too and takes 3 of the 4 away; neuron 2 answers −A alone.
 */
const network = {
  W_in: matrix(3, 2, [2, -0.5, 1, 0, -1, 0]),
  W_out: matrix(2, 3, [0.5, 0, 1, 2, -3, 0]),
  M: null,
};

describe("asymmetricSuperposition", () => {
  it("finds the motif, with its errors and what inhibits the larger one", () => {
    expect(asymmetricSuperposition(network)).toEqual([
      {
        ...{ neuron: 0, read: 0, written: 1, interference: 4, reverse: 0.25 },
        ...{ inhibition: 0.75, inhibitors: [1] },
      },
    ]);
  });

  it("counts no inhibition by neurons of the other sign", () => {
    const other = { ...network, W_in: matrix(3, 2, [2, -0.5, -1, 0, 1, 0]) };
    expect(asymmetricSuperposition(other)[0]!.inhibition).toBe(0);
  });

  it("is not there where a neuron serves both alike, or one alone, however it is scaled", () => {
    const alike = { W_in: matrix(1, 2, [1, -1]), W_out: matrix(2, 1, [1, 1]), M: null };
    const alone = { W_in: matrix(1, 2, [2, 0]), W_out: matrix(2, 1, [0.5, 2]), M: null };
    expect(asymmetricSuperposition(alike)).toEqual([]);
    expect(asymmetricSuperposition(alone)).toEqual([]);
    const scaled = {
      W_in: matrix(3, 2, [20, -5, 1, 0, -1, 0]),
      W_out: matrix(2, 3, [0.05, 0, 1, 0.2, -3, 0]),
    };
    const [pair] = asymmetricSuperposition({ ...scaled, M: null });
    expect(pair).toMatchObject({ neuron: 0, read: 0, written: 1 });
    expect(pair!.interference).toBeCloseTo(4, 12);
  });

  it("asks for as much as it is told", () => {
    expect(asymmetricSuperposition(network, { ratio: 5 })).toEqual([]);
    expect(asymmetricSuperposition(network, { served: 1.1 })).toEqual([]);
    expect(() => asymmetricSuperposition(network, { ratio: 0.5 })).toThrow(
      "asymmetricSuperposition: need served above 0 and a ratio of 1 or more, got 0.5 and 0.5. Try 0.5 and 2.",
    );
    const pairs = { W_in: matrix(1, 2), W_out: matrix(1, 1), M: null, labels: "and" } as const;
    expect(() => asymmetricSuperposition(pairs)).toThrow(
      "asymmetricSuperposition: need one output a feature, got 1 for 2 features. Use other labels.",
    );
  });
});
