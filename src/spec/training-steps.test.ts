import { expect, it } from "vitest";
import { parseSpec } from "./parse.ts";
import { trainingSteps } from "./training-steps.ts";

const stepsWith = (...overrides: string[]) =>
  trainingSteps(parseSpec({}, { overrides: ["training.count=nonEmptySamples", ...overrides] }));

it("counts steps as they are, by default", () => {
  expect(trainingSteps(parseSpec({ training: { steps: 7 } }))).toBe(7);
});

it("gives every p as many non-empty samples, as Bhagat et al. 2026", () => {
  expect(stepsWith("data.p=0.001")).toBe(105_033);
  expect(stepsWith("data.p=0.01")).toBe(15_773);
  expect(stepsWith("data.p=1")).toBe(10_000);
  expect(stepsWith("data.kind=exactly")).toBe(10_000);
});

it("agrees with ⌊steps / (1 − (1 − p)^n)⌋ evaluated in whole numbers", () => {
  // 1 − (1 − 1/4)^5 = 781/1024, so ⌊1000 · 1024/781⌋.
  expect(stepsWith("data.p=0.25", "model.features=5", "training.steps=1000")).toBe(1311);
});

it("counts what is drawn independently: groups and single features, or every feature of synced ones", () => {
  const chance = 1 / 4;
  const nonEmpty = (draws: number) => 1 - (1 - chance) ** draws;
  const groups = "groups: [[0, 1, 2], [3, 4]], p: 0.25";
  const stepsOf = (data: string) => stepsWith(`data={${data}}`, "model.features=6", "training.steps=1000");
  for (const kind of ["correlated", "anticorrelated"]) {
    expect(stepsOf(`kind: ${kind}, ${groups}`)).toBe(Math.floor(1000 / nonEmpty(3)));
  }
  expect(stepsOf(`kind: synced, ${groups}`)).toBe(Math.floor(1000 / nonEmpty(6)));
  // 1 − (1 − ½)(1 − ¼)⁵
  expect(stepsOf("p: [0.5, 0.25, 0.25, 0.25, 0.25, 0.25]")).toBe(Math.floor(1000 / (1 - 0.5 * 0.75 ** 5)));
});

it("is refused when there are more steps than streams count", () => {
  expect(() => stepsWith("data.p=1e-12")).toThrow(
    /^training.count: nonEmptySamples must need at most 4294967295 steps, got 10000000000\d*. Raise data.p or lower training.steps.$/,
  );
});
