/** Comparisons with the mixing matrix refuse networks whose labels are a function. */
import { expect, it } from "vitest";
import { randomNetwork } from "../../test/support/forward.ts";
import { alignments } from "./alignment.ts";
import { compareLinearMap } from "./linear-map.ts";

const own = { ...randomNetwork(5, 4, 2), labels: (x: Float64Array) => x };
const refusal = "need labels relu(x) + M x, got a label function. Use evaluateLoss, which samples.";

it("say so", () => {
  expect(() => compareLinearMap(own)).toThrow(`compareLinearMap: ${refusal}`);
  const distribution = { kind: "bernoulli", p: 0.1, values: "symmetric" } as const;
  expect(() => alignments(own, distribution)).toThrow(`alignments: ${refusal}`);
});
