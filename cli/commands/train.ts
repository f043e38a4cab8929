/** `toy-cis train`: trains a spec and keeps the run. */

import type { RunReport } from "../../src/store/index.ts";
import type { Context } from "../context.ts";
import { standardPreset } from "../parameters.ts";
import { specOf, specWords } from "../spec-source.ts";
import { numberText, pairs } from "../table.ts";
import type { Terminal } from "../terminal.ts";
import { trainRun } from "../train-run.ts";

interface Flags {
  readonly out: string;
  readonly again: boolean;
  readonly json: boolean;
}

/** Trains, and prints where the run is and what it reached. */
export async function trainCommand(this: Context, flags: Flags, ...words: readonly string[]): Promise<void> {
  const { terminal } = this;
  const spec = await specOf(specWords(words), standardPreset);
  const resume = [
    "toy-cis train",
    ...words.map(quoted),
    ...(flags.out === "runs" ? [] : ["--out", quoted(flags.out)]),
  ];
  const report = await trainRun(spec, { ...flags, terminal, label: "training", resume: resume.join(" ") });
  if (flags.json) terminal.printJson(report);
  else terminal.print(summary(report, terminal));
}

function summary(report: RunReport, terminal: Terminal): string {
  const { id, dir, steps, seconds, stepsPerSecond, kernelPath, loss, lossPerP, stderr, linear, even } =
    report;
  const { mixingScale } = report;
  const parts = linear === null ? "" : ` = linear ${numberText(linear)} + even ${numberText(even!)}`;
  const when = report.stored ? "; finished before, not trained again (--again does)" : "";
  return pairs(
    [
      ["run", `${id}  ${dir}${when}`],
      [
        "steps",
        `${numberText(steps)} in ${numberText(seconds)} s, ${numberText(stepsPerSecond)} a second, ${kernelPath}`,
      ],
      ...(mixingScale === undefined ? [] : [["scale", `${numberText(mixingScale)}, learned`] as const]),
      ["loss", `${numberText(loss)} on the last batch`],
      ["L/p", `${numberText(lossPerP)} ± ${numberText(stderr)}${parts}`],
      ["next", `toy-cis evaluate ${dir}   toy-cis baselines ${dir}/spec.json`],
    ],
    terminal,
  );
}

/** A word as a shell takes it back. */
const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
