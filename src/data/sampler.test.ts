import { describe, expect, it } from "vitest";
import { sampleBatch } from "../engine/reference/sample.ts";
import { randomStream } from "../numeric/random.ts";
import type { Spec } from "../spec/schema.ts";
import { densityOf, samplerOf } from "./sampler.ts";

const features = 6;
const groups = [
  [0, 1],
  [3, 2, 5],
];
const dataOf = (fields: object) => ({ values: "symmetric", ...fields }) as Spec["data"];

/** How often each feature is active, and how often each pair is, over 20,000 rows. */
function shares(fields: object) {
  const batch = 20_000;
  const rows = sampleBatch(samplerOf(dataOf(fields), features), randomStream(1, "x"), 0, { features, batch });
  const together = Array.from({ length: features }, () => new Float64Array(features));
  for (let r = 0; r < batch; r++) {
    const active = rows.columns.subarray(rows.rowStarts[r], rows.rowStarts[r + 1]);
    for (const i of active) for (const j of active) together[i]![j]! += 1 / batch;
  }
  return together;
}

// A share of 20,000 rows has a standard error of at most .0035.
const near = (actual: number, expected: number) => expect(Math.abs(actual - expected)).toBeLessThan(0.012);

describe("samplerOf", () => {
  it("draws every feature with a probability of its own", () => {
    const p = [0.1, 0.9, 0.5, 1, 0.02, 0.3];
    const together = shares({ kind: "bernoulli", p });
    for (let i = 0; i < features; i++) {
      near(together[i]![i]!, p[i]!);
      for (let j = 0; j < i; j++) near(together[i]![j]!, p[i]! * p[j]!);
    }
    expect(densityOf(samplerOf(dataOf({ kind: "bernoulli", p }), features), features)).toBeCloseTo(2.82 / 6);
  });

  it("draws correlated features together, and others by themselves", () => {
    const together = shares({ kind: "correlated", groups, p: 0.2 });
    near(together[0]![0]!, 0.2);
    expect(together[0]![1]).toBe(together[0]![0]);
    expect(together[3]![5]).toBe(together[2]![2]);
    near(together[0]![3]!, 0.04);
    near(together[4]![4]!, 0.2);
  });

  it("draws exactly one of anticorrelated features, each as likely", () => {
    const together = shares({ kind: "anticorrelated", groups, p: 0.6 });
    near(together[0]![0]!, 0.3);
    near(together[5]![5]!, 0.2);
    near(together[4]![4]!, 0.6);
    expect([together[0]![1], together[3]![2], together[2]![5]]).toEqual([0, 0, 0]);
    const sampler = samplerOf(dataOf({ kind: "anticorrelated", groups, p: 0.6 }), features);
    expect(densityOf(sampler, features)).toBeCloseTo(1.8 / 6);
  });

  it("draws all synced features when one of them would be active", () => {
    const together = shares({ kind: "synced", groups, p: 0.1 });
    near(together[0]![0]!, 1 - 0.9 ** 2);
    near(together[5]![2]!, 1 - 0.9 ** 3);
    near(together[4]![4]!, 0.1);
  });

  it("gives every feature of a group a value of its own", () => {
    const sampler = samplerOf(dataOf({ kind: "correlated", groups: [[0, 1, 2, 3, 4, 5]], p: 0.5 }), features);
    const { values } = sampleBatch(sampler, randomStream(1, "x"), 0, { features, batch: 50 });
    expect(new Set(values).size).toBe(values.length);
    const binary = samplerOf(dataOf({ kind: "correlated", groups, p: 0.5, values: "binary" }), features);
    const ones = sampleBatch(binary, randomStream(1, "x"), 0, { features, batch: 50 }).values;
    expect(ones.length).toBeGreaterThan(50);
    expect(ones.every((value) => value === 1)).toBe(true);
  });
});
