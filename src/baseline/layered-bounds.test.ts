/** The rank bound and the bounds of both parts hold for trained networks of several layers in an embedding. */
import { describe, expect, it } from "vitest";
import { evaluateLoss } from "../evaluate/loss.ts";
import { responseHeatmap } from "../evaluate/response-heatmap.ts";
import { combine, squaredNorm } from "../numeric/matrix.ts";
import { preset } from "../spec/presets.ts";
import { hiddenNeurons } from "../spec/sizes.ts";
import { train } from "../train/train.ts";
import { rankBound } from "./rank-bound.ts";

const n = 20;
const sizes = [`model.features=${n}`, "model.embedding.width=60", "data.p=0.05"];

describe.each([
  ["braun-residual-2", 5],
  ["braun-residual-3", 3],
] as const)("%s, small", (name, neurons) => {
  const spec = preset(name, [
    ...sizes,
    `model.neurons=${neurons}`,
    "training.steps=1500",
    "training.batch=256",
  ]);
  const distribution = { kind: "bernoulli", p: 0.05, values: "symmetric" } as const;
  const trained = train(spec);
  const boundOf = (mixing: NonNullable<Awaited<typeof trained>["model"]["M"]>) =>
    rankBound({ features: n, neurons: hiddenNeurons(spec.model), mixing, distribution });

  it("no layered network goes below the bound of all its neurons together", async () => {
    const { model } = await trained;
    const { mean, stderr } = await evaluateLoss(model, { distribution, samples: 100_000 });
    const { lossPerP } = boundOf(model.M!);
    expect(mean).toBeGreaterThan(lossPerP - 3 * stderr);
    // The bound of a single layer's neurons is broken: those of all layers do count.
    expect(mean).toBeLessThan(rankBound({ features: n, neurons, mixing: model.M, distribution }).lossPerP);
  });

  it("no layered network has an odd or an even part below its bound", async () => {
    const { model } = await trained;
    const { positive, negative, positiveLabels, negativeLabels } = responseHeatmap(model);
    const [plus, minus] = [
      combine(1, positive, -1, positiveLabels),
      combine(1, negative, -1, negativeLabels),
    ];
    const part = (sign: 1 | -1) => squaredNorm(combine(0.5, plus, 0.5 * sign, minus)) / (3 * n);
    const { exactlyOne } = boundOf(model.M!);
    const { mean, stderr, linear, even } = await evaluateLoss(model, {
      distribution: { kind: "exactly", k: 1, values: "symmetric" },
      samples: 100_000,
    });
    // The exact parts are those that sampling finds, and both are bounded.
    expect(Math.abs(part(-1) + part(1) - mean)).toBeLessThan(4 * stderr);
    expect(Math.abs(part(-1) - linear!)).toBeLessThan(4 * stderr);
    expect(Math.abs(part(1) - even!)).toBeLessThan(4 * stderr);
    expect(part(-1)).toBeGreaterThan(exactlyOne.linear!);
    expect(part(1)).toBeGreaterThan(exactlyOne.even!);
  });
});
