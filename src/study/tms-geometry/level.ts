/** What is measured on a large model: dimensions per feature, dimensionalities, and which polytopes its features form. */
import { capacity } from "../../analyse/capacity.ts";
import { featureClusters } from "../../analyse/feature-clusters.ts";
import { squaredNorm } from "../../numeric/matrix.ts";
import type { Measure, MeasuredModel } from "../measure-task.ts";

/** Features in one component of the interference graph; a type, as records of measures are. */
export type Cluster = {
  readonly features: number;
  readonly dimensions: number;
  readonly polytope: string | null;
};

/** One large model. */
export type Level = {
  readonly p: number;
  /** D* = m/‖W‖_F² */
  readonly dStar: number;
  /** D_i, [features] */
  readonly perFeature: readonly number[];
  /** Σ D_i ≤ m */
  readonly total: number;
  readonly clusters: readonly Cluster[];
};

/** Measures the one model of a task whose argument is `{ p }`. */
export const measureLevel: Measure = ([measured], given) => {
  const { p } = given as { p: number };
  return levelOf(measured!, p);
};

function levelOf({ model: { W_in } }: MeasuredModel, p: number): Level {
  const { perFeature, total, dimensions } = capacity(W_in);
  return {
    p,
    dStar: dimensions / squaredNorm(W_in),
    perFeature: [...perFeature],
    total,
    clusters: featureClusters(W_in).map((cluster) => ({ ...cluster, features: cluster.features.length })),
  };
}
