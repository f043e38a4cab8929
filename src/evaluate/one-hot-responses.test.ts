import { expect, test } from "vitest";
import { apply, randomNetwork } from "../../test/support/forward.ts";
import { identity, matrix } from "../numeric/matrix.ts";
import { oneHotResponses } from "./one-hot-responses.ts";
import { responseHeatmap } from "./response-heatmap.ts";

const n = 5;
const network = randomNetwork(51, n, 3);
const output = (x: number[]) =>
  apply(
    network.W_out,
    apply(network.W_in, x).map((z) => Math.max(z, 0)),
  );
const oneHot = (feature: number, value: number) =>
  Array.from({ length: n }, (_, i) => (i === feature ? value : 0));

test("heatmap: column j is the answer to ±e_j", () => {
  const map = responseHeatmap(network);
  for (let j = 0; j < n; j++) {
    const [up, down] = [output(oneHot(j, 1)), output(oneHot(j, -1))];
    for (let i = 0; i < n; i++) {
      const M_ij = network.M!.data[i * n + j]!;
      expect(map.positive.data[i * n + j]).toBeCloseTo(up[i]!, 14);
      expect(map.negative.data[i * n + j]).toBeCloseTo(down[i]!, 14);
      expect(map.positiveLabels.data[i * n + j]).toBeCloseTo(M_ij + (i === j ? 1 : 0), 14);
      expect(map.negativeLabels.data[i * n + j]).toBeCloseTo(-M_ij, 14);
    }
  }
});

test("responses along every feature, against the network run on each input", () => {
  const values = [-1, -0.3, 0, 0.6, 2];
  const responses = oneHotResponses(network, values);
  expect(responses.own.shape).toEqual([n, values.length]);
  for (let j = 0; j < n; j++) {
    values.forEach((v, g) => {
      const y = output(oneHot(j, v));
      const others = y.filter((_, i) => i !== j);
      const at = j * values.length + g;
      expect(responses.own.data[at]).toBeCloseTo(y[j]!, 13);
      expect(responses.ownLabels.data[at]).toBeCloseTo(
        Math.max(v, 0) + v * network.M!.data[j * (n + 1)]!,
        13,
      );
      expect(responses.othersLeast.data[at]).toBeCloseTo(Math.min(...others), 13);
      expect(responses.othersGreatest.data[at]).toBeCloseTo(Math.max(...others), 13);
      const rms = Math.sqrt(others.reduce((total, o) => total + o * o, 0) / others.length);
      expect(responses.othersRms.data[at]).toBeCloseTo(rms, 13);
    });
  }
});

test("one feature has no others; the grid runs from −1 to 1 unless told", () => {
  const alone = oneHotResponses({ W_in: identity(1), W_out: identity(1), M: null });
  expect([alone.values[0], alone.values[20], alone.values[40]]).toEqual([-1, 0, 1]);
  expect([...alone.own.data].every((value, g) => value === Math.max(alone.values[g]!, 0))).toBe(true);
  expect(alone.othersRms.data.every((value) => value === 0)).toBe(true);
});

test("weights that do not fit are refused", () => {
  expect(() => responseHeatmap({ W_in: matrix(2, 3), W_out: matrix(2, 3), M: null })).toThrow(
    "network: W_in is [2, 3], so W_out must be [3, 2], got [2, 3]. Transpose it?",
  );
});
