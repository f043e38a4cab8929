/** `toy-cis audit`: is this network computing in superposition, or what else explains its loss? */
import { statSync } from "node:fs";
import { type Audit, audit, auditProblemOf } from "../../src/analyse/index.ts";
import type { AuditPage } from "../../src/report/index.ts";
import type { Spec } from "../../src/spec/index.ts";
import { writeAuditPage } from "../../src/store/index.ts";
import type { Context } from "../context.ts";
import type { Mapped } from "../parameters.ts";
import { startProgress } from "../progress.ts";
import { specWords } from "../spec-source.ts";
import { findTarget, type Target } from "../target.ts";
import type { Terminal } from "../terminal.ts";
import { version } from "../version.ts";

interface Flags {
  readonly html?: string;
  readonly map?: Mapped;
  readonly out: string;
  readonly json: boolean;
}

/** Prints the verdict with its evidence, and writes it as a page where that is asked for. */
export async function auditCommand(
  this: Context,
  flags: Flags,
  ...[name, ...words]: readonly [string, ...string[]]
): Promise<void> {
  const { terminal } = this;
  const target = await findTarget(name, words, flags);
  const problem = auditProblemOf(target.spec);
  const assumptions = [...target.assumptions, ...assumedTraining(target, words)];
  const progress = startProgress("auditing", terminal, () => performance.now());
  const found = await audit(target.model, { ...problem, seed: target.spec.seed, onProgress: progress.show });
  progress.end();
  if (flags.html !== undefined) {
    await writeAuditPage(flags.html, await pageOf(target, assumptions, [name, ...words], found));
  }
  if (flags.json) terminal.printJson(recordOf(target, assumptions, found, flags));
  else terminal.print(report(target, assumptions, found, flags, terminal));
}

/** What weights without a spec are taken to have been trained for. */
function assumedTraining({ path, spec }: Target, words: readonly string[]): readonly string[] {
  const { source, overrides } = specWords(words);
  if (source !== null || statSync(path).isDirectory()) return [];
  const isSaid = (field: string) =>
    overrides.some(
      (override) => override.startsWith(`${field}=`) || override.startsWith(`${parentOf(field)}=`),
    );
  const said: readonly (readonly [field: string, sentence: string])[] = [
    [
      "loss.exponent",
      `Assumed loss.exponent=${spec.loss.exponent}, squared error. Write the exponent of the training's loss if it is another.`,
    ],
    ["data.p", `Assumed ${inputWords(spec)}. Change data for other inputs.`],
  ];
  return said.filter(([field]) => !isSaid(field)).map(([, sentence]) => sentence);
}

const parentOf = (field: string): string => field.split(".")[0]!;

function inputWords({ data }: Spec): string {
  return data.kind === "exactly"
    ? `exactly ${data.k} active features`
    : `data.p=${"p" in data ? String(data.p) : "?"}`;
}

/** The JSON document: everything but matrices. */
function recordOf({ path }: Target, assumptions: readonly string[], found: Audit, { html }: Flags) {
  const { verdict, confidence, summary, evidence, whatWouldChangeIt, exponent, distribution } = found;
  return {
    ...{ target: path, assumptions, verdict, confidence, summary, evidence, whatWouldChangeIt },
    ...{ exponent, distribution, network: sizesOf(found) },
    ...(html === undefined ? {} : { html }),
  };
}

function sizesOf({ canonical: { network, dead, merged } }: Audit) {
  const [liveNeurons, features] = network.W_in.shape;
  return { features, neurons: liveNeurons + dead + merged, liveNeurons, dead, merged };
}

function report(
  { path }: Target,
  assumptions: readonly string[],
  found: Audit,
  { html }: Flags,
  terminal: Terminal,
): string {
  const { bold, dim } = terminal.colors;
  const { confidence, evidence, whatWouldChangeIt } = found;
  const lines = [
    path,
    ...assumptions,
    "",
    `${bold(found.verdict)}  ${dim(confidenceWords(confidence))}`,
    found.summary,
    "",
    ...evidence.flatMap(({ title, sentence, speaksFor }) => [
      `${dim(title)}${speaksFor === null ? "" : ` → ${speaksFor}`}`,
      `  ${sentence}`,
    ]),
    "",
    "What would change it:",
    ...whatWouldChangeIt.map((sentence) => `- ${sentence}`),
    ...(html === undefined ? [] : ["", `The page: ${html}`]),
  ];
  return lines.join("\n");
}

function confidenceWords({ share, interval, resamplings }: Audit["confidence"]): string {
  const percent = (value: number) => `${Math.round(100 * value)} %`;
  return `the same on ${percent(share)} of ${resamplings} fresh sample sets (95 % interval ${percent(interval.low)} to ${percent(interval.high)})`;
}

async function pageOf(
  { path, spec }: Target,
  assumptions: readonly string[],
  words: readonly string[],
  found: Audit,
): Promise<AuditPage> {
  return {
    audit: found,
    target: path,
    assumptions,
    command: `npx toy-cis audit ${words.join(" ")}`,
    versions: `toy-cis ${await version()}, Node ${process.versions.node}`,
    date: new Date().toISOString().slice(0, 10),
    spec,
  };
}
