/**
 * The names in a run folder, and the number of this layout. A reader refuses a higher number.
 * `spec.json` and `run.json` state it.
 */
export const layoutVersion = 1;

/** Files of a run folder by what they hold. `run` is written last: without it a run is unfinished. */
export const fileNames = {
  spec: "spec.json",
  metrics: "metrics.parquet",
  weights: "weights.safetensors",
  checkpoint: "checkpoint.safetensors",
  run: "run.json",
} as const;

/** Notes for people who watch a run; nothing is read back from them. */
export const noteNames = { records: "metrics.jsonl", log: "log.txt" } as const;
