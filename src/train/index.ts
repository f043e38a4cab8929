/** Training: schedules, the stepper, checkpoints and the loop around them. */
export type { Checkpoint, MetricRecord } from "./checkpoint.ts";
export { learningRateAt } from "./schedule.ts";
export { type Trained, type TrainOptions, train } from "./train.ts";
export { type InstancesOptions, trainInstances } from "./train-instances.ts";
export { createTrainer, type Trainer, type TrainerOptions } from "./trainer.ts";
