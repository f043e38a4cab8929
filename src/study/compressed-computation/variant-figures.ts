/** Losses of unlike networks side by side: kinds of labels, variants of the original network, untrained solutions. */
import { type AblationRow, ablationFigure } from "../../figure/ablation-figure.ts";
import { estimate, keysOf, numbers } from "../evidence.ts";
import type { Measurement } from "../measure.ts";
import type { BaselineMeasurement } from "../measure-baselines.ts";
import type { FigureBlock, Mode, Results } from "../study.ts";
import { naiveLoss } from "./claim-input.ts";
import { labelKinds, variants } from "./plan.ts";

const lossOf = ({ loss }: Measurement): number => loss.lossPerP;
const reference = { label: "naive", value: naiveLoss };

function trainedRow(results: Results, key: string, label: string, group: string): AblationRow {
  const bound = estimate(numbers(results, key, (measured) => measured.bound.lossPerP)).mean;
  return { label, group, ...estimate(numbers(results, key, lossOf)), bound };
}

/** L/p of the five kinds of labels. */
export function labelKindsBlock(results: Results): FigureBlock {
  const rows = labelKinds.map(({ key, title }) => {
    return trainedRow(results, key, title, key === "clean" ? "clean labels" : "mixed labels");
  });
  return {
    kind: "figure",
    name: "label-kinds",
    title: "Trained networks by the kind of their labels.",
    caption:
      "L/p at p = .01, means over seeds with 95 % intervals, and the rank bound of each: the least that any network of 50 neurons can have on these labels.",
    tasks: labelKinds.flatMap(({ key }) => keysOf(results, key)),
    draw: (host) => ablationFigure({ rows, reference }, host),
  };
}

/** The original network with its parts taken away; without both it is the simplified network on clean labels. */
export function variantsBlock(results: Results, mode: Mode): FigureBlock {
  const trained = variants.filter(({ isQuick }) => isQuick || mode === "full");
  const shown = [...trained, { key: "clean", title: "neither embedding nor bypass" }];
  const noisy: readonly string[] = ["original", "noise-bypass"];
  const rows = [true, false].flatMap((isNoisy) =>
    shown
      .filter(({ key }) => noisy.includes(key) === isNoisy)
      .map(({ key, title }) => trainedRow(results, key, title, isNoisy ? "noisy residual" : "no noise left")),
  );
  return {
    kind: "figure",
    name: "variants",
    title: "What makes the labels noisy.",
    caption:
      "The residual network, asked for x + relu(x) where a bypass brings x and for relu(x) where none does. L/p at p = .01, means over seeds with 95 % intervals.",
    tasks: shown.flatMap(({ key }) => keysOf(results, key)),
    draw: (host) => ablationFigure({ rows, reference }, host),
  };
}

/** Factorisations of the labels, on the inputs that they are made for and on those of training. */
export function semiNmfBlock(results: Results): FigureBlock {
  const tasks = results.baselineKeys("semi-nmf");
  const measured = tasks.map((key) => results.baselines(key).measured);
  const rows = (["exactlyOne", "loss"] as const).flatMap((inputs) => {
    const group = inputs === "exactlyOne" ? "exactly one active feature" : "p = .01";
    const over = (name: keyof BaselineMeasurement) => estimate(measured.map((m) => m[name][inputs].lossPerP));
    const bound = over("bound").mean;
    return [
      { label: "semi-NMF of I + M", group, bound, ...over("semiNmf") },
      { label: "of its transpose, as published", group, bound, ...over("semiNmfPublished") },
      { label: "complementary semi-NMF", group, bound, ...over("complementarySemiNmf") },
    ];
  });
  return {
    kind: "figure",
    name: "semi-nmf",
    title: "Factorisations of the labels, without training.",
    caption:
      "Asymmetric labels, σ = .02: L/p, means over draws of M with 95 % intervals. The factorisations know of one active feature at a time; at p = .01 they pay for it.",
    tasks,
    draw: (host) => ablationFigure({ rows, reference }, host),
  };
}
