/**
 * What a study is: a question of the literature, the tasks that answer it, and a conclusion made from their results
 * alone. Pure: who trains, where results are kept and how a report is laid out are nothing that a study knows.
 */
import type { FigureHost } from "../figure/draw-figure.ts";
import type { Figure } from "../figure/figure.ts";
import type { Claim } from "./claim.ts";
import type { Measurement } from "./measure.ts";
import type { BaselineMeasurement } from "./measure-baselines.ts";
import type { Measure } from "./measure-task.ts";
import type { BaselineTask, Task, TrainTask } from "./task.ts";

/** `quick`: three seeds and few points; `full`: every grid of the study. */
export type Mode = "quick" | "full";

/** A question of the literature. */
export interface Study {
  /** As on the command line. */
  readonly name: string;
  readonly title: string;
  /** The question, as a sentence that ends in a question mark. */
  readonly question: string;
  /** The papers, as citations. */
  readonly sources: readonly string[];
  /** Tasks in an order in which each comes after the one it starts from. */
  plan(mode: Mode): readonly Task[];
  /** Functions that the study's tasks of kind `measure` name. */
  readonly measures?: Readonly<Record<string, Measure>>;
  /** What the results say. */
  conclude(results: Results, mode: Mode): Conclusion;
}

/** A training task and what was measured on its model. */
export interface TrainedResult {
  readonly task: TrainTask;
  readonly measured: Measurement;
}

/** The results of a study's tasks. Asking for a task that is not in the plan is a bug and throws. */
export interface Results {
  /** The command that makes them all. */
  readonly command: string;
  trained(key: string): TrainedResult;
  /** The training tasks whose keys are `name/SEED`, in the order of the plan. */
  group(name: string): readonly TrainedResult[];
  /** Keys of the baseline tasks `name/SEED`. */
  baselineKeys(name: string): readonly string[];
  /** Ids of the runs that tasks keep. */
  runsOf(keys: readonly string[]): readonly string[];
  baselines(key: string): { readonly task: BaselineTask; readonly measured: BaselineMeasurement };
  /** The record that a task of kind `measure` made; the caller says its type, which its measure returns. */
  measured<Record>(key: string): Record;
  /** The records of the tasks `name/SEED`, in the order of the plan. */
  measuredGroup<Record>(name: string): readonly Record[];
}

/** What a study says in the end. */
export interface Conclusion {
  /** The answer in two or three sentences, for the terminal and the head of the report. */
  readonly answer: string;
  /** The numbers that the answer rests on. */
  readonly table: Pick<TableBlock, "columns" | "rows">;
  readonly claims: readonly Claim[];
  readonly sections: readonly Section[];
}

/** A section of the report. */
export interface Section {
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** Text is plain, with `code` in backticks, *emphasis* in stars and [words](address) as links. */
export type Block =
  | { readonly kind: "text"; readonly text: string }
  | FigureBlock
  | TableBlock
  | { readonly kind: "claims"; readonly ids: readonly string[] };

/** A figure to be drawn from records alone. */
export interface FigureBlock {
  readonly kind: "figure";
  /** Of the files, e.g. `mixing-sweep`. */
  readonly name: string;
  readonly title: string;
  readonly caption: string;
  /** Keys of the tasks whose results are drawn. */
  readonly tasks: readonly string[];
  draw(host: FigureHost): Figure;
}

/** A table; numbers are shown with the stated digits. */
export interface TableBlock {
  readonly kind: "table";
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
  readonly digits?: number;
  readonly tasks: readonly string[];
}
