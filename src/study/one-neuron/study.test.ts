import { describe, expect, it } from "vitest";
import { figureHost } from "../../../test/support/figure-snapshot.ts";
import { bestOneNeuron } from "../../baseline/one-neuron.ts";
import { train } from "../../train/train.ts";
import type { MeasureTask } from "../measure-task.ts";
import { resultsOf, type TaskResult } from "../results.ts";
import { measures, plan, type TrainedDraw } from "./plan.ts";
import { oneNeuron } from "./study.ts";

/** Results in which the trained networks miss the closed form by `gap`. */
function concluded(gap: number) {
  const tasks = plan("quick");
  const byKey = new Map<string, TaskResult>(
    tasks.map(({ key }, i) => {
      const s = 0.1 * (i - 2);
      const noise = [
        [0, -s],
        [-s, 0],
      ] as const;
      const best = bestOneNeuron(noise).lossPerP;
      return [key, { kind: "measure", measured: { s, best, trained: [0.5, best + gap] } }];
    }),
  );
  return oneNeuron.conclude(resultsOf(tasks, byKey, "npx toy-cis reproduce one-neuron"), "quick");
}

describe("plan", () => {
  it("asks for eight starts of each draw of M, with everything else alike", () => {
    const tasks = plan("full");
    expect(new Set(tasks.map(({ key }) => key)).size).toBe(tasks.length);
    for (const { specs } of tasks) {
      expect(specs.map(({ spec }) => spec.seed)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
      expect(new Set(specs.map(({ spec }) => JSON.stringify(spec.labels))).size).toBe(1);
    }
  });
});

describe("measures", () => {
  it("compare a trained network with the best for its M", async () => {
    const [task] = plan("quick") as readonly [MeasureTask];
    const models = await Promise.all(
      task.specs.slice(0, 3).map(async ({ spec }) => {
        const { model, records } = await train(spec);
        return { spec, model, records };
      }),
    );
    const { s, best, trained } = measures.trained(models, null) as unknown as TrainedDraw;
    expect(Math.abs(s)).toBeGreaterThan(0);
    expect(Math.abs(Math.min(...trained) - best)).toBeLessThan(0.002);
  });
});

describe("conclude", () => {
  it("reproduces every claim when training finds the closed form, and draws every figure", () => {
    const { claims, sections } = concluded(1e-4);
    expect(claims.filter(({ verdict }) => verdict !== "reproduced")).toEqual([]);
    for (const block of sections.flatMap(({ blocks }) => blocks)) {
      if (block.kind === "figure") expect(block.draw(figureHost).svg).toContain("<svg");
    }
    const shown = sections.flatMap(({ blocks }) => blocks).flatMap((b) => (b.kind === "claims" ? b.ids : []));
    expect([...shown].sort()).toEqual(claims.map(({ id }) => id).sort());
  });

  it("says that training differs when it does", () => {
    const differing = (gap: number) =>
      concluded(gap).claims.flatMap(({ id, verdict }) => (verdict === "differs" ? [id] : []));
    expect(differing(0.01)).toEqual(["trained-best"]);
    expect(differing(-0.01)).toEqual(["trained-best", "trained-not-below"]);
  });
});
