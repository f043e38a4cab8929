/** Training a spec from its first step, or from a checkpoint, to its last. */
import { mixingMatrix } from "../data/mixing.ts";
import type { Engine } from "../engine/engine.ts";
import type { LabelFunction } from "../engine/shape.ts";
import { foldedModel } from "../model/fold.ts";
import type { Model, UnfoldedModel, Weights } from "../model/model.ts";
import type { Matrix } from "../numeric/matrix.ts";
import type { Spec } from "../spec/schema.ts";
import type { Checkpoint, MetricRecord } from "./checkpoint.ts";
import { productsPerUpdate } from "./cost.ts";
import { createTrainer, type Trainer } from "./trainer.ts";
import { hostTurns } from "./turns.ts";

/** What {@link train} takes beside the spec; none is needed for a spec without files. */
export interface TrainOptions {
  /** Unless another is given, the compiled engine; with a label function, the reference engine. */
  readonly engine?: Engine;
  /**
   * Labels of your own, y = f(x), in place of the spec's, which must then be the plain `labels: { function: relu }`. The
   * reference engine calls f for every row: float64, a few hundred times slower than the compiled kernels. The result's model
   * carries f, so `evaluateLoss(model, …)` measures against it. The id of the spec knows nothing of f.
   * @example await train(preset("cc-clean"), { labels: (x) => x.map(Math.abs) })
   */
  readonly labels?: LabelFunction;
  /**
   * The mixing matrix M of the labels, [features, features]: needed for mixing of kind `file`, whose content it is; for
   * any other kind it takes the place of the spec's own M, and a learned scale multiplies it. The id of the spec knows
   * nothing of it, so keep the matrix with the result; the spec of a run that is to be stored names a file.
   */
  readonly mixing?: Matrix;
  /** The weights of the run that `training.from` names. */
  readonly from?: Weights;
  /** Goes on from here, to the same bits as a run that never stopped. */
  readonly checkpoint?: Checkpoint;
  /** Hears every metric record, about a hundred a run, and the number of steps in all. */
  readonly onRecord?: (record: MetricRecord, steps: number) => void;
  /** Updates between two checkpoints; without it there is only the one of a stop. */
  readonly checkpointEvery?: number;
  /** Keeps a checkpoint: called every `checkpointEvery` updates, and when `signal` stops the run. */
  readonly onCheckpoint?: (checkpoint: Checkpoint) => void | Promise<void>;
  /** Stops the run within a fraction of a second, after a last checkpoint. */
  readonly signal?: AbortSignal;
}

/** What {@link train} returns: the model as it was left, and how it came there. */
export interface Trained {
  readonly status: "finished" | "stopped";
  /** What to evaluate: for a network with an embedding or a bypass, the simplified model of the same errors. */
  readonly model: Model;
  /** The network itself, with its embedding and bypass and at its full width. */
  readonly unfolded: UnfoldedModel;
  /** Updates made. */
  readonly steps: number;
  readonly kernelPath: string;
  /** What is minimised, on the last batch measured. */
  readonly loss: number;
  readonly records: readonly MetricRecord[];
  /** The scale that was learned, as it was left; null when none is. */
  readonly mixingScale: number | null;
}

/** Metric records in a run, beside the first. */
const recordsPerRun = 100;

/** Updates between two turns of the host: less than a tenth of a second with kernels, from the products in one update. */
const updatesPerTurn = (spec: Spec): number =>
  Math.max(1, Math.min(100, Math.floor(1e8 / productsPerUpdate(spec))));

/** Steps from `step` to the next multiple of `every`. */
const distanceToNext = (step: number, every: number): number => every - (step % every);

/** @throws when the loss or a weight is not a finite number: where, and what to change. */
async function checkFinite(trainer: Trainer, { step, loss, learningRate }: MetricRecord): Promise<void> {
  const { W_in, W_out, ...biases } = await trainer.weights();
  const parameters = Object.entries({ W_in: W_in.data, W_out: W_out.data, ...biases });
  const [bad] = parameters.find(([, data]) => !data.every(Number.isFinite)) ?? [];
  if (bad === undefined && Number.isFinite(loss)) return;
  const where = bad === undefined ? "the outputs overflow" : `${bad} is no longer finite`;
  throw new Error(
    `train: the loss must stay finite, got ${loss} by step ${step} of ${trainer.steps} at learning rate ${learningRate}; ${where}. Lower training.learningRate.`,
  );
}

/**
 * Trains the model of a spec.
 *
 * @returns the model and its records; status `stopped` when `signal` stopped it before the last step
 * @throws when the loss or a label is not finite, or a file, weights or a checkpoint do not fit the spec.
 * @example const { model } = await train(preset("cc-symmetric"))
 */
export async function train(spec: Spec, options: TrainOptions = {}): Promise<Trained> {
  const M = mixingMatrix(spec.labels.mixing, spec.model.features, options.mixing);
  if (spec.training.from !== undefined && options.from === undefined && options.checkpoint === undefined) {
    throw new Error(
      `training.from: need the weights of run ${spec.training.from}, got none. Hand them in as options.from.`,
    );
  }
  const trainer = createTrainer(spec, { ...options, mixing: M });
  const records = [...(options.checkpoint?.records ?? [])];
  const turns = hostTurns();
  try {
    const { labels } = options;
    const perTurn = labels === undefined ? updatesPerTurn(spec) : 1;
    const status = await runToEnd(trainer, perTurn, records, options, turns.next);
    const unfolded = await trainer.unfolded();
    return {
      status,
      model: { ...foldedModel(spec, unfolded), ...(labels === undefined ? {} : { labels }) },
      unfolded,
      steps: trainer.step,
      kernelPath: trainer.kernelPath,
      loss: records.at(-1)!.loss,
      records,
      mixingScale: await trainer.mixingScale(),
    };
  } finally {
    turns.close();
  }
}

async function runToEnd(
  trainer: Trainer,
  perTurn: number,
  records: MetricRecord[],
  { onRecord, onCheckpoint, checkpointEvery = Number.MAX_SAFE_INTEGER, signal }: TrainOptions,
  nextTurn: () => Promise<void>,
): Promise<Trained["status"]> {
  const recordEvery = Math.max(1, Math.floor(trainer.steps / recordsPerRun));
  const keep = async () => onCheckpoint?.(await trainer.checkpoint([...records]));
  const report = async () => {
    const record = await trainer.measure();
    await checkFinite(trainer, record);
    records.push(record);
    onRecord?.(record, trainer.steps);
  };

  if (records.length === 0) await report();
  while (trainer.step < trainer.steps) {
    if (signal?.aborted) {
      await keep();
      return "stopped";
    }
    const { step } = trainer;
    trainer.advance(
      Math.min(perTurn, distanceToNext(step, recordEvery), distanceToNext(step, checkpointEvery)),
    );
    const finished = trainer.step === trainer.steps;
    if (trainer.step % recordEvery === 0 || finished) await report();
    if (trainer.step % checkpointEvery === 0 && !finished) await keep();
    await nextTurn();
  }
  return "finished";
}
