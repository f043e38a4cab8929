import { describe, expect, test } from "vitest";
import { matrix, multiply, transpose } from "../numeric/matrix.ts";
import { normals, randomStream } from "../numeric/random.ts";
import { difference, matchNeurons } from "./weight-difference.ts";

const [neurons, features] = [7, 5];
const random = (rows: number, columns: number, name: string) =>
  matrix(rows, columns, normals(randomStream(0, name), rows * columns, 0));
const layer = (name: string, count = neurons) => ({
  W_in: random(count, features, `${name} in`),
  W_out: random(features, count, `${name} out`),
});

/** The same function: neurons in another order, each scaled by its own c > 0. */
function disguised({ W_in, W_out }: ReturnType<typeof layer>, order: readonly number[]) {
  const [moved, scales] = [matrix(neurons, neurons), matrix(neurons, neurons)];
  order.forEach((from, to) => {
    moved.data[to * neurons + from] = 1 + to;
    scales.data[to * neurons + from] = 1 / (1 + to);
  });
  return { W_in: multiply(moved, W_in), W_out: multiply(W_out, transpose(scales)) };
}

describe("difference", () => {
  test("largest, relative and cosine", () => {
    expect(difference([3, 4], [3, 2])).toEqual({
      largest: 2,
      relative: 2 / 5,
      cosine: 17 / Math.sqrt(25 * 13),
    });
    expect(difference([1, 2], [2, 4])).toMatchObject({ cosine: 1, relative: 1 });
  });

  test("zero has no direction, and nothing is large beside it", () => {
    expect(difference([0, 0], [0, 0])).toEqual({ largest: 0, relative: 0, cosine: null });
    expect(difference([0, 0], [0, 1])).toEqual({ largest: 1, relative: null, cosine: null });
  });
});

describe("matched neurons", () => {
  const a = layer("a");
  const order = [3, 0, 6, 1, 5, 2, 4];

  test("see the same function through order and scale", () => {
    const match = matchNeurons(a, disguised(a, order));
    expect(order.map((from) => match.partners[from])).toEqual([0, 1, 2, 3, 4, 5, 6]);
    // Rounding of a few operations in float64.
    expect(match.meanCosine).toBeCloseTo(1, 12);
    expect(match.leastCosine).toBeCloseTo(1, 12);
    expect(match.relative).toBeLessThan(1e-7); // √ of a difference of squares, rounded at 1e-16
  });

  test("see a negative scale as another function", () => {
    const turned = {
      W_in: matrix(
        neurons,
        features,
        a.W_in.data.map((w) => -w),
      ),
      W_out: a.W_out,
    };
    expect(matchNeurons(a, turned).meanCosine).toBeLessThan(0.9);
  });

  test("are those of the other way round", () => {
    const b = layer("b");
    const [there, back] = [matchNeurons(a, b), matchNeurons(b, a)];
    expect([...there.partners].map((partner) => back.partners[partner])).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(there.meanCosine).toBeCloseTo(back.meanCosine, 12);
    expect(there.meanCosine).toBeLessThan(0.8);
  });

  test("leave the neurons over that a wider net has more", () => {
    const wide = layer("wide", 9);
    const narrow = {
      W_in: matrix(2, features, wide.W_in.data.slice(5 * features, 7 * features)),
      W_out: matrix(features, 2),
    };
    for (let i = 0; i < features; i++)
      for (const k of [0, 1]) narrow.W_out.data[i * 2 + k] = wide.W_out.data[i * 9 + 5 + k]!;
    const match = matchNeurons(narrow, wide);
    expect([...match.partners]).toEqual([5, 6]);
    expect(match.meanCosine).toBeCloseTo(1, 12);
    expect(match.relative).toBeGreaterThan(0.5);
    const back = matchNeurons(wide, narrow);
    expect([...back.partners]).toEqual([-1, -1, -1, -1, -1, 0, 1, -1, -1]);
    expect(back.relative).toBeGreaterThan(0.5);
    expect(back.relative).toBeLessThan(1);
  });

  test("a dead neuron goes with whatever is left, at cosine 0", () => {
    const dead = { W_in: matrix(neurons, features, a.W_in.data), W_out: a.W_out };
    dead.W_in.data.fill(0, 0, features);
    const { leastCosine, meanCosine } = matchNeurons(a, dead);
    expect(leastCosine).toBe(0);
    expect(meanCosine).toBeCloseTo(6 / 7, 12);
  });
});
