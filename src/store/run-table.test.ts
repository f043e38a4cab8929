import { describe, expect, test } from "vitest";
import { groupRuns, type RunRow, sortGroups, sortRuns, varyingColumns } from "./index.ts";

const run = (id: string, seed: number, std: number, lossPerP: number | null, more: RunRow = {}): RunRow => ({
  id,
  status: lossPerP === null ? "interrupted" : "finished",
  ...{ name: id, seed, "labels.mixing.std": std, "model.neurons": 50, "evaluate.samples": seed, lossPerP },
  ...more,
});

const rows = [
  run("a", 0, 0.02, 1),
  run("b", 1, 0.01, 5),
  run("c", 1, 0.02, 2),
  run("d", 2, 0.02, 3),
  run("e", 3, 0.02, null),
];
const ids = (sorted: readonly RunRow[]) => sorted.map(({ id }) => id).join("");

describe("order", () => {
  test("by several columns, either way, nulls last in both", () => {
    const by = (column: string, descending = false) => ({ column, descending });
    expect(ids(sortRuns(rows, [by("lossPerP")]))).toBe("acdbe");
    expect(ids(sortRuns(rows, [by("lossPerP", true)]))).toBe("bdcae");
    expect(ids(sortRuns(rows, [by("labels.mixing.std"), by("seed", true)]))).toBe("bedca");
    expect(ids(sortRuns(rows, [by("model.neurons")]))).toBe("abcde");
  });

  test("an unknown column names the near one", () => {
    expect(() => sortRuns(rows, [{ column: "std", descending: false }])).toThrow(
      "sort: need a column of these runs, got std. Did you mean model.bypass.std or labels.mixing.std?",
    );
  });
});

test("what varies are fields of the spec only", () => {
  expect(varyingColumns(rows)).toEqual(["name", "seed", "labels.mixing.std", "evaluate.samples"]);
  expect(varyingColumns(rows.slice(0, 1))).toEqual([]);
});

describe("means over seeds", () => {
  const groups = groupRuns(rows, ["seed"]);

  test("groups are equal in all that ids depend on, names and evaluation set aside; unfinished runs are left out", () => {
    expect(groups.map(({ runs }) => runs.join(""))).toEqual(["acd", "b"]);
    expect(groups[0]!.fields).toEqual({ "labels.mixing.std": 0.02, "model.neurons": 50 });
  });

  test("mean and 95 % interval by Student's t", () => {
    // 1, 2, 3: mean 2, standard error 1/√3; with 2 degrees of freedom t(q) = (2q − 1) √(1 / 2q(1 − q)).
    const half = (0.95 * Math.sqrt(1 / (2 * 0.975 * 0.025))) / Math.sqrt(3);
    const { n, mean, low, high } = groups[0]!.estimates.lossPerP!;
    expect([n, mean]).toEqual([3, 2]);
    expect(low).toBeCloseTo(2 - half, 10);
    expect(high).toBeCloseTo(2 + half, 10);
    expect(groups[1]!.estimates.lossPerP).toEqual({ n: 1, mean: 5, low: null, high: null });
  });

  test("a result that some runs lack is averaged over those that have it", () => {
    const [group] = groupRuns([run("a", 0, 1, 1, { even: 4 }), run("b", 1, 1, 2)], ["seed"]);
    expect(group!.estimates.even).toEqual({ n: 1, mean: 4, low: null, high: null });
  });

  test("sorted by a field, by n, by a mean", () => {
    const order = (column: string, descending = false) =>
      sortGroups(groups, [{ column, descending }]).map(({ runs }) => runs[0]);
    expect(order("labels.mixing.std")).toEqual(["b", "a"]);
    expect(order("n")).toEqual(["b", "a"]);
    expect(order("lossPerP", true)).toEqual(["b", "a"]);
    expect(() => order("seed")).toThrow("sort: need a column of these runs, got seed.");
  });

  test("only fields of the spec can be averaged over", () => {
    expect(() => groupRuns(rows, ["sed"])).toThrow(
      "over: need a column of these runs, got sed. Did you mean seed?",
    );
    expect(() => groupRuns(rows, ["lossPerP"])).toThrow("over: need a column of these runs, got lossPerP.");
  });

  test("the same run under two numerics versions is not counted twice", () => {
    const versions = [1, 2].map((numericsVersion) => run(`${numericsVersion}`, 0, 1, 1, { numericsVersion }));
    expect(groupRuns(versions, ["seed"]).map(({ n }) => n)).toEqual([1, 1]);
  });

  test("several fields at once", () => {
    expect(groupRuns(rows, ["seed", "labels.mixing.std"]).map(({ n }) => n)).toEqual([4]);
  });
});
