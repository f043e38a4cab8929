/** What is measured: against closed forms, and on a small network of each kind. */
import { describe, expect, it } from "vitest";
import { randomNetwork } from "../../../test/support/forward.ts";
import { exactlyOneLoss } from "../../evaluate/exactly-one.ts";
import { foldedModel } from "../../model/fold.ts";
import { preset } from "../../spec/presets.ts";
import { train } from "../../train/train.ts";
import type { MeasuredModel } from "../measure-task.ts";
import { foldingError } from "./folding-error.ts";
import { networks } from "./plan.ts";
import { exactlyOneParts, measureResidual, type ResidualRecord } from "./record.ts";

const small = ["model.features=12", "model.embedding.width=40", "training.steps=60", "training.batch=64"];

async function trained(name: string): Promise<MeasuredModel> {
  const spec = preset(name, [...small, "model.neurons=3"]);
  const { model, unfolded, records } = await train(spec);
  return { spec, model, unfolded, records };
}

it("the parts for one active feature are those of the closed form", () => {
  const network = randomNetwork(5, 7, 4);
  const { lossPerP, linear, even } = exactlyOneLoss(network);
  const parts = exactlyOneParts(network as MeasuredModel["model"]);
  // Sums of a hundred float64 squares.
  expect(parts.lossPerP).toBeCloseTo(lossPerP, 12);
  expect(parts.linear).toBeCloseTo(linear, 12);
  expect(parts.even).toBeCloseTo(even, 12);
});

describe.each(networks)("$key, small", ({ preset: name, key }) => {
  const layers = Number(key[0]);
  const measured = trained(name);

  it("folds to the same errors, and would tell another mixing matrix", async () => {
    const network = await measured;
    const distribution = { kind: "exactly", k: 2, values: "symmetric" } as const;
    const options = { distribution, samples: 200 };
    // Folded weights are float32, a part in 2²⁴ of numbers around 1.
    expect(await foldingError(network, options)).toBeLessThan(1e-6);
    const other = foldedModel(
      { ...network.spec, labels: { ...network.spec.labels, function: "relu" } },
      network.unfolded!,
    );
    expect(await foldingError({ ...network, model: other }, options)).toBeGreaterThan(0.1);
    const { spec, model } = network;
    await expect(foldingError({ spec, model }, options)).rejects.toThrow(
      "foldingError: need a network with an embedding, got none. Set model.embedding.",
    );
  });

  it("makes a plain record", async () => {
    const record: ResidualRecord = await measureResidual([await measured], { samples: 4096, isDrawn: true });
    expect(JSON.parse(JSON.stringify(record))).toEqual(record);
    expect(record.neurons).toBe(3 * layers);
    expect(record.terms).toHaveLength(12 * 3 * layers);
    expect(record.own.positive).toHaveLength(12);
    // Exact for one active feature, and sampled the same.
    const { lossPerP, stderr } = record.active[0]!;
    expect(Math.abs(lossPerP - record.exactlyOne.lossPerP)).toBeLessThan(4 * stderr + 1e-9);
    // One layer answers pairs' odd parts by sums, up to float64 rounding.
    if (layers === 1) expect(record.oddInteraction).toBeLessThan(1e-20);
    else expect(record.oddInteraction).toBeGreaterThan(1e-6);
    // The whole output is the error beside a label of 2.
    expect(record.own.positive[0]! - 1).toBeCloseTo(record.signals.one.signal[0]!, 6);
  });
});
