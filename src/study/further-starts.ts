/**
 * More starts of specs that a task has trained once: small models end in different places, and the best of many is meant.
 * A task lists every spec once, so that a plan of a thousand cells stays small.
 */
import type { Spec } from "../spec/schema.ts";
import { trainInstances } from "../train/train-instances.ts";
import type { MeasuredModel } from "./measure-task.ts";

/**
 * The trained model and those of the next seeds, `starts` in all, each with its spec.
 * @throws as training does
 */
export async function withFurtherStarts(
  first: MeasuredModel,
  starts: number,
): Promise<readonly MeasuredModel[]> {
  const { spec } = first;
  const specs = Array.from({ length: starts - 1 }, (_, i): Spec => ({ ...spec, seed: spec.seed + i + 1 }));
  const trained = await trainInstances(specs);
  return [first, ...trained.map(({ model, records }, i) => ({ spec: specs[i]!, model, records }))];
}
