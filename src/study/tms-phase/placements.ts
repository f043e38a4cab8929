/** What became of the extra feature in trained models, and which of several starts is the best. */
import { interference } from "../../analyse/interference.ts";
import { perFeatureLoss } from "../../evaluate/per-feature.ts";
import type { Treatment } from "../../figure/phase-figure.ts";
import { type Matrix, multiply, transpose } from "../../numeric/matrix.ts";
import { withFurtherStarts } from "../further-starts.ts";
import type { MeasuredModel, Plain } from "../measure-task.ts";

/** One trained model of a cell. */
export interface PlacedModel {
  /** Σ_i I_i E(ŷ_i − x_i)², on inputs that all models of a density share. */
  readonly loss: number;
  readonly treatment: Treatment;
}

/** The models of one cell, one a start. */
export type PlacedCell = readonly PlacedModel[];

/** Inputs that a loss is measured on; models of a cell are compared on the same ones. */
const samples = 100_000;

/** Measures the specs of a task, each with its further starts. @param given `{ starts }` */
export async function placements(models: readonly MeasuredModel[], given: Plain): Promise<Plain> {
  const { starts } = given as { readonly starts: number };
  const cells: Plain[] = [];
  for (const model of models) {
    const found = await withFurtherStarts(model, starts);
    cells.push(await Promise.all(found.map(placedModel)));
  }
  return cells;
}

async function placedModel({ spec, model }: Pick<MeasuredModel, "spec" | "model">) {
  return { loss: await summedLoss({ spec, model }), treatment: treatmentOf(model.W_in) };
}

/** The weighted loss, summed over outputs. */
async function summedLoss({ spec, model }: Pick<MeasuredModel, "spec" | "model">): Promise<number> {
  const { data, loss } = spec;
  if (data.kind !== "bernoulli" || typeof data.p !== "number" || loss.importance.kind !== "list") {
    throw new Error(
      `tms-phase: need data of kind bernoulli with one p and a list of importances, got ${data.kind} and ${loss.importance.kind}. Change the study's plan.`,
    );
  }
  const { p } = data;
  const { values } = loss.importance;
  const perFeature = await perFeatureLoss(model, { distribution: data, samples, seed: 0 });
  return perFeature.reduce((sum, lossPerP, i) => sum + values[i]! * p * lossPerP, 0);
}

/** From which product on two features count as lying against each other, and from which norm on one as there. */
const [against, there] = [0.1, 0.5];

/**
 * What became of the last feature: it shares when another lies against it, W_e·W_j < −.1, and otherwise is alone or, below
 * half of a whole length, ignored.
 * @param W [neurons, features]
 */
export function treatmentOf(W: Matrix): Treatment {
  const features = W.shape[1];
  const { data } = multiply(transpose(W), W);
  const products = data.subarray((features - 1) * features, features * features - 1);
  if (products.some((product) => product < -against)) return "shared";
  return interference(W).norms[features - 1]! < there ? "ignored" : "alone";
}

/** The start of the least loss. */
export const bestOf = (cell: PlacedCell): PlacedModel =>
  cell.reduce((best, model) => (model.loss < best.loss ? model : best));

/** What a hand-built network of a placement does with the extra feature. */
export const treatments = {
  "ignore-extra": "ignored",
  "ignore-unit": "alone",
  "share-extra": "shared",
  "share-units": "alone",
} as const satisfies Readonly<Record<string, Treatment>>;
