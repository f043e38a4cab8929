/**
 * What Elhage et al. 2022 (arXiv 2209.10652, "Superposition in a privileged basis") show, as numbers. The paper has
 * pictures; ranges are wide, "several" being two or more, and were set after trial runs.
 */
import { mean } from "../../numeric/statistics.ts";
import type { Claim } from "../claim.ts";
import { judgeAll } from "../open-claim.ts";
import type { Results } from "../study.ts";
import type { BasisRecord } from "./best-basis.ts";
import { keyOf, type Layer, often, rarely, repeats, sometimes, study } from "./plan.ts";

const source = "Elhage et al. 2022 (arXiv 2209.10652)";

/** Features per neuron, mean over neurons, of every repeat. */
export const featuresPerNeuron = (results: Results, layer: Layer, p: number): readonly number[] =>
  repeats.map((repeat) => mean(results.measured<BasisRecord>(keyOf(layer, p, repeat)).featuresPerNeuron));

/** Every claim of the study, judged. */
export function claimsOf(results: Results): readonly Claim[] {
  const tasksOf = (layer: Layer, p: number) => repeats.map((repeat) => keyOf(layer, p, repeat));
  const over = (layer: Layer, p: number) => ({
    tasks: tasksOf(layer, p),
    values: featuresPerNeuron(results, layer, p),
  });
  const [plain, penalised] = [over("relu", sometimes), over("l1", sometimes)];
  const claims = [
    {
      ...{ id: "relu-aligned", source, expected: 1, tolerance: 0.1 },
      statement: `ReLU neurons, p = ${often}: features lie along neurons, one each.`,
      ...over("relu", often),
    },
    {
      ...{ id: "linear-mixed", source, expected: 3.5, tolerance: 1.5 },
      statement: `Linear neurons, p = ${often}: any rotation is as good, so neurons mix features, 2 to 5 each.`,
      ...over("linear", often),
    },
    {
      ...{ id: "sparse-polysemantic", source, expected: 6, tolerance: 4 },
      statement: `ReLU neurons, p = ${rarely}: neurons serve several features, 2 or more each.`,
      ...over("relu", rarely),
    },
    {
      ...{ id: "l1-fewer", source, expected: 0.25, tolerance: 0.25 },
      statement: `An L1 penalty on activations at p = ${sometimes}: at most half as many features per neuron.`,
      tasks: [...plain.tasks, ...penalised.tasks],
      values: penalised.values.map((value, repeat) => value / plain.values[repeat]!),
    },
  ];
  return judgeAll(claims, results, study);
}
