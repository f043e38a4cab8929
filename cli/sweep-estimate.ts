/** How long a sweep will take: from its finished runs, or else from a short calibration on this machine. */
import { join } from "node:path";
import { evaluateLoss } from "../src/evaluate/index.ts";
import { parseSpec, type Spec, trainingSteps } from "../src/spec/index.ts";
import { type RunReport, readRun } from "../src/store/index.ts";
import { estimateSeconds, type SweepRun, type TimedRun } from "../src/sweep/index.ts";
import { train } from "../src/train/index.ts";

/** Seconds, and what they were found from. */
export interface Estimate {
  readonly seconds: number;
  readonly from: string;
}

const calibrationMilliseconds = 500;
/** More finished runs than this make no better estimate. */
const mostTimed = 20;

/** @returns null when nothing is to be trained. */
export async function estimateOf(
  toTrain: readonly SweepRun[],
  finished: readonly SweepRun[],
  out: string,
  workers: number,
): Promise<Estimate | null> {
  const [first] = toTrain;
  if (first === undefined) return null;
  const specs = toTrain.map(({ spec }) => spec);
  const timed = finished.slice(0, mostTimed).map((run) => timedOf(run, out));
  if (timed.length > 0) {
    const from = `from the times of ${timed.length} finished ${timed.length === 1 ? "run" : "runs"}`;
    return { seconds: estimateSeconds(specs, timed, workers), from };
  }
  const calibration = await calibrate(first.spec);
  return {
    seconds: estimateSeconds(specs, [calibration], workers),
    from: "from a short calibration on this machine",
  };
}

/** The whole time of a run, as if it had never been interrupted. */
function timedOf({ id, spec }: SweepRun, out: string): TimedRun {
  const { started, ended, result } = readRun(join(out, id)).run;
  const { steps, seconds, stepsPerSecond } = result as unknown as RunReport;
  const since = (Date.parse(ended) - Date.parse(started)) / 1000;
  return { spec, seconds: (since * steps) / (seconds * stepsPerSecond) };
}

/** Trains the beginning of a run in memory, and evaluates a few samples. */
async function calibrate(spec: Spec): Promise<TimedRun> {
  const { from: _, ...training } = spec.training;
  const alone =
    spec.labels.mixing.kind === "file" ? { ...spec.labels, mixing: { kind: "none" } } : spec.labels;
  const stop = new AbortController();
  let start = performance.now();
  const { model, steps } = await train(parseSpec({ ...spec, training, labels: alone }), {
    signal: stop.signal,
    checkpointEvery: 1,
    onCheckpoint: () => {
      if (performance.now() - start > calibrationMilliseconds) stop.abort();
    },
    onRecord: ({ step }) => {
      if (step === 0) start = performance.now();
    },
  });
  const trained = (performance.now() - start) / 1000;
  const samples = Math.min(spec.evaluate.samples, 50_000);
  const evaluation = performance.now();
  if (spec.data.kind === "bernoulli" || spec.data.kind === "exactly") {
    await evaluateLoss(model, { distribution: spec.data, samples, seed: spec.seed });
  }
  const evaluated = ((performance.now() - evaluation) / 1000) * (spec.evaluate.samples / samples);
  return { spec, seconds: (trained / steps) * trainingSteps(spec) + evaluated };
}
