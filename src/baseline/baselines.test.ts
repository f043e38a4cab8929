import { beforeAll, describe, expect, test } from "vitest";
import { randomMatrix } from "../../test/support/random-matrix.ts";
import { evaluateLoss } from "../evaluate/index.ts";
import { preset } from "../spec/index.ts";
import { type Baselines, baselines, problemOf } from "./baselines.ts";
import { naive } from "./naive.ts";

const M = randomMatrix(81, 100, 100, 0.04);
const spec = preset("cc-asymmetric");

describe("the record of a spec", () => {
  let record: Baselines;
  const progress: number[] = [];
  beforeAll(async () => {
    const onProgress = (done: number) => progress.push(done);
    record = await baselines(spec, M, { samples: 4096, restarts: 1, onProgress });
  });

  test("has every name, each with its parts and its exactly-one parts", () => {
    expect(Object.keys(record).sort()).toEqual([
      "complementarySnmf",
      "halfIdentity",
      "naive",
      "notes",
      "offset",
      "rankBound",
      "snmf",
      "svd",
      "zero",
    ]);
    const { naive, offset, zero, halfIdentity, svd, snmf, complementarySnmf } = record;
    const nets = [naive!, offset!, zero!, halfIdentity!, svd!, snmf!, snmf!.published, complementarySnmf!];
    for (const one of nets) {
      expect(one.linear! + one.even!).toBeCloseTo(one.lossPerP, 12);
      expect(one.exactlyOne.linear! + one.exactlyOne.even!).toBeCloseTo(one.exactlyOne.lossPerP, 12);
    }
    expect(record.rankBound!.conditions.length).toBeGreaterThan(3);
  });

  test("no net of the record goes below the bounds; the half-identity, with 2n neurons, may", () => {
    const { naive, offset, zero, svd, snmf, complementarySnmf } = record;
    const rankBound = record.rankBound!;
    expect(record.notes).toEqual([]);
    for (const one of [naive!.withMixing, offset!, zero!, svd!, snmf!, snmf!.published, complementarySnmf!]) {
      expect(one.lossPerP).toBeGreaterThan(rankBound.lossPerP);
      expect(one.linear!).toBeGreaterThan(rankBound.linear! - 1e-12);
      expect(one.exactlyOne.lossPerP).toBeGreaterThan(rankBound.exactlyOne.lossPerP);
      expect(one.exactlyOne.even!).toBeGreaterThan(rankBound.exactlyOne.even! - 1e-12);
    }
    expect(svd!.linear).toBeCloseTo(rankBound.linear!, 12);
  });

  test("nets that it returns evaluate to what it says", async () => {
    const { distribution } = problemOf(spec, M);
    const naive = { ...record.naive!.withMixing, network: record.naive!.network };
    const { offset, zero, halfIdentity, svd, snmf, complementarySnmf } = record;
    const nets = [naive, offset!, zero!, halfIdentity!, svd!, snmf!, snmf!.published, complementarySnmf!];
    for (const one of nets) {
      const { mean, stderr } = await evaluateLoss(one.network, { distribution, samples: 16_384, seed: 9 });
      const sampled = "stderr" in one ? (one.stderr as number) : 0;
      // 1e-6: the kernels' float32
      expect(Math.abs(mean - one.lossPerP)).toBeLessThan(4 * Math.hypot(stderr, sampled) + 1e-6);
    }
  });

  test("the factorisations say how far they are", () => {
    expect(progress).toEqual([1 / 3, 2 / 3, 1]);
  });
});

test("no restarts leave the factorisations out", async () => {
  const { snmf, complementarySnmf } = await baselines(spec, M, { samples: 2, restarts: 0 });
  expect([snmf, complementarySnmf]).toEqual([null, null]);
});

test("clean labels: naive with mixing is naive", async () => {
  const { naive } = await baselines(preset("cc-clean"), null, { samples: 2, restarts: 0 });
  expect(naive!.withMixing.lossPerP).toBe(naive!.lossPerP);
});

test("positive values have no parts and no SVD net", async () => {
  const record = await baselines(preset("cc-clean", ["data.values=positive"]), M, { restarts: 0 });
  expect(record.svd).toBeNull();
  expect(record.naive).toMatchObject({ linear: null, even: null });
  expect(record.rankBound).toMatchObject({ linear: null, even: null });
  expect(record.rankBound!.lossPerP).toBeLessThan(record.naive!.withMixing.lossPerP);
});

test("exactly one active needs no sample", async () => {
  const record = await baselines(preset("cc-clean", ["data.kind=exactly", "data.k=1"]), M, { restarts: 0 });
  expect(record.svd!.stderr).toBe(0);
  expect(record.rankBound!.lossPerP).toBe(record.rankBound!.exactlyOne.lossPerP);
});

describe("what is not for a spec is null, and notes say why", () => {
  const few = { samples: 64, restarts: 1 };

  test("groups of features: nothing", async () => {
    const grouped = preset("cc-clean", ["data.kind=synced", "data.groups=[[0,1]]"]);
    const { notes, ...rest } = await baselines(grouped, null, few);
    expect(Object.values(rest)).toEqual(Array(8).fill(null));
    expect(notes).toEqual([
      "Hand-built nets: need data.kind bernoulli or exactly, got synced: groups of features have no closed form. Evaluate the net with evaluateLoss, which samples.",
      "Rank bound: need data.kind bernoulli or exactly, got synced: groups of features have no closed form. Use --p or --exactly, or data of another kind.",
    ]);
    expect(() => naive(problemOf(grouped, null))).toThrow(
      "baseline: need data.kind bernoulli or exactly, got synced",
    );
  });

  test("other labels: the bound alone", async () => {
    const absolute = preset("tms-absolute");
    const { notes, rankBound: bound, naive: net } = await baselines(absolute, null, few);
    expect([net, bound]).toEqual([null, null]);
    expect(notes).toEqual([
      "Hand-built nets: need labels relu(x) + M x, got abs: these nets are made for those. Compare with the rank bound.",
      "Rank bound: need model.output identity, got relu: its outputs are confined to no h dimensions. Set model.output=identity for a bound.",
    ]);
    const squares = await baselines(
      preset("cc-clean", ["labels.function=square", "loss.exponent=4"]),
      null,
      few,
    );
    expect([squares.naive, squares.rankBound!.linear]).toEqual([null, null]);
    expect(squares.rankBound!.lossPerP).toBeGreaterThan(0);
    expect(squares.notes[1]).toBe(
      "All of the squared error with outputs weighted alike; the spec trains |ŷ − y|^4.",
    );
  });

  test("another network for labels relu(x) + M x: the nets, and its own bound", async () => {
    const words = ["model.layers=2", "model.neurons=20", "model.bias.output=learned", "data.p=1"];
    const { naive: net, rankBound: bound } = await baselines(preset("cc-clean", words), null, {
      restarts: 0,
    });
    expect(net!.lossPerP).toBeCloseTo(60 / 600, 12);
    expect(bound!.lossPerP).toBeCloseTo(0.6 * (1 / 6 - 1 / 16), 12);
    expect([bound!.linear, bound!.even]).toEqual([null, null]);
  });
});
