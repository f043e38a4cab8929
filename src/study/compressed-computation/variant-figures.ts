/** Losses of unlike networks side by side: kinds of labels, variants of the original network, untrained solutions. */
import { type AblationRow, ablationFigure } from "../../figure/ablation-figure.ts";
import type { Measurement } from "../measure.ts";
import type { FigureBlock, Mode, Results } from "../study.ts";
import { naiveLoss } from "./claims.ts";
import { estimate, keysOf, numbers } from "./evidence.ts";
import { labelKinds, variants } from "./plan.ts";

const lossOf = ({ loss }: Measurement): number => loss.lossPerP;
const references = [{ label: "naive", kind: "naive", value: naiveLoss }] as const;

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
    draw: (host) => ablationFigure({ rows, references }, host),
  };
}

/** The original network with its parts taken away. */
export function variantsBlock(results: Results, mode: Mode): FigureBlock {
  const shown = variants.filter(({ isQuick }) => isQuick || mode === "full");
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
      "The residual network with labels x + relu(x). L/p at p = .01, means over seeds with 95 % intervals.",
    tasks: shown.flatMap(({ key }) => keysOf(results, key)),
    draw: (host) => ablationFigure({ rows, references }, host),
  };
}

/** Factorisations of the labels beside the trained networks of the same labels. */
export function semiNmfBlock(results: Results): FigureBlock {
  const tasks = results.baselineKeys("semi-nmf");
  const measured = tasks.map((key) => results.baselines(key).measured);
  const bound = estimate(measured.map((losses) => losses.bound.lossPerP)).mean;
  const row = (
    label: string,
    group: string,
    of: (losses: (typeof measured)[number]) => number,
  ): AblationRow => ({
    ...{ label, group, bound },
    ...estimate(measured.map(of)),
  });
  const rows = [
    row("semi-NMF of I + M", "without training", ({ semiNmf }) => semiNmf.lossPerP),
    row(
      "of its transpose, as published",
      "without training",
      ({ semiNmfPublished }) => semiNmfPublished.lossPerP,
    ),
    row(
      "complementary semi-NMF",
      "without training",
      ({ complementarySemiNmf }) => complementarySemiNmf.lossPerP,
    ),
  ];
  return {
    kind: "figure",
    name: "semi-nmf",
    title: "Factorisations of the labels, without training.",
    caption: "Asymmetric labels, σ = .02. L/p at p = .01, means over draws of M with 95 % intervals.",
    tasks,
    draw: (host) => ablationFigure({ rows, references }, host),
  };
}
