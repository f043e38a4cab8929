/**
 * The text of the report. Sentences about results are made from the results; where they do not carry the published
 * conclusion, the text says so.
 */
import { estimate, measurements, numbers } from "../evidence.ts";
import type { Measurement } from "../measure.ts";
import type { Mode, Results, TableBlock } from "../study.ts";
import { density, fourth, powerGroup, published } from "./plan.ts";
import { beatsNaive, isCode, powerAt, shareOfNaive } from "./readings.ts";

const group = powerGroup(fourth);
const meanOf = (results: Results, name: string, of: (measured: Measurement) => number): number =>
  estimate(numbers(results, name, of)).mean;
const small = (value: number, digits = 3): string =>
  `${Number(value.toPrecision(digits))}`.replace(/^(-?)0\./, "$1.");

/** The answer of the study. */
export function answer(results: Results): string {
  const trained = measurements(results, group);
  const codes = trained.filter((measured) => isCode(measured, density)).length;
  const squared = measurements(results, powerGroup(2));
  const squaredCodes = squared.filter((measured) => isCode(measured, density)).length;
  if (codes < trained.length || squaredCodes > 0) {
    return `The numbers do not settle it: ${codes} of ${trained.length} networks trained with fourth powers, and ${squaredCodes} of ${squared.length} trained with squared errors, have the marks of a superposed code. See each below.`;
  }
  const gain = 1 / meanOf(results, group, (measured) => shareOfNaive(measured, density));
  const above = meanOf(results, group, ({ certificate }) => certificate!.unit / certificate!.universal) - 1;
  return `By all marks, yes. ${codes} of ${trained.length} networks trained with the fourth power of the error answer all hundred features alike, with a loss ${gain.toFixed(0)} times below fifty exact ReLUs on clean labels, ${(100 * above).toFixed(0)} % above the least that is proved for any network of 50 neurons. Each feature is a codeword of a few neurons, and a pseudoinverse reads it. With squared errors none is.`;
}

/** The numbers that the answer rests on. */
export function overview(results: Results) {
  const over = (q: number, of: (measured: Measurement) => number) => meanOf(results, powerGroup(q), of);
  return {
    columns: [
      "exponent",
      "error while positive",
      "CV",
      "loss / naive",
      "coherence",
      "L/p (squared)",
      "codes",
    ],
    rows: published.map(({ q }) => {
      const trained = measurements(results, powerGroup(q));
      const codes = trained.filter((measured) => isCode(measured, density)).length;
      return [
        `${q}`,
        over(q, ({ positive }) => positive!.mean),
        over(q, ({ positive }) => positive!.variation),
        over(q, (measured) => shareOfNaive(measured, density)),
        over(q, ({ code }) => code!.coherence),
        over(q, ({ loss }) => loss.lossPerP),
        `${codes} of ${trained.length}`,
      ];
    }),
  };
}

export const introduction = `A network with 100 inputs, 50 ReLU neurons and 100 outputs is asked for 100 ReLUs, \`y_i = relu(x_i)\`, where each \`x_i\` is active with probability p = .02 and then uniform in [−1, 1]. It performs *computation in superposition* if it computes more functions than it has nonlinearities. With squared errors it has no reason to: fifty ReLUs computed exactly, the other fifty ignored (*naive*), is the least loss that a network of this width can have, and an advantage over it comes from noise in the labels (the study \`compressed-computation\`).

da Silva & Heimersheim 2026 change one thing: the error is raised to the fourth power. A large error on one output now costs more than small errors on many, and ignoring a feature is a large error. Labels are clean. This report repeats what they found, with intervals and verdicts, and adds the bounds that say how much was there to be found.`;

export const exponentText = `The number that tells the two solutions apart is the squared error of a feature's own output while the feature is positive, and how much it varies over features. Naive has 0 for one half and 1/3 for the other, a spread (CV) of 1. Networks that treat all features alike have a spread near 0.`;

export function exponentConclusion(results: Results): string {
  const rows = published.map(
    ({ q }) => [q, meanOf(results, powerGroup(q), ({ positive }) => positive!.variation)] as const,
  );
  const alike = rows.filter(([, variation]) => variation < 0.15).map(([q]) => q);
  const unlike = rows.filter(([, variation]) => variation >= 0.15).map(([q]) => q);
  return `Features are answered alike (CV below .15) by networks of exponent ${list(alike)}, and unalike by those of ${list(unlike)}. The mean falls with the exponent, while the spread rises a little: the larger the exponent, the more the worst output counts.`;
}

const list = (values: readonly number[]): string =>
  values.length < 2
    ? `${values[0] ?? "none"}`
    : `${values.slice(0, -1).join(", ")} and ${values[values.length - 1]}`;

export function lossText(results: Results): string {
  const loss = density * meanOf(results, group, (measured) => powerAt(measured, density).lossPerP);
  const gain = 1 / meanOf(results, group, (measured) => shareOfNaive(measured, density));
  const winners = measurements(results, group).filter((measured) => beatsNaive(measured, density)).length;
  return `Doing nothing costs .0020, mean fourth power of an output's error at p = .02. Fifty exact ReLUs halve that. Trained networks come to ${loss.toExponential(2)}, ${gain.toFixed(0)} times less than naive; ${winners} of ${measurements(results, group).length} are below it by more than 3 standard errors. Since labels are clean, no regression on a mixing matrix can be the cause.`;
}

export const codeText = `How can fifty neurons answer a hundred features? Every feature drives a few neurons and every neuron serves several features. A weight of \`W_in\` is either near one value or near another one just below 0, so the weights are a binary code: a feature's *codeword* is the set of neurons that it drives.`;

export const auditText = `The audit (docs/guides/audit.md) knows nothing of how a network was trained. It weighs losses against baselines and bounds, structure, and robustness, on sample sets drawn afresh, and says which explanation is left.`;

/** What the audit says of every network of two losses. */
export function auditTable(results: Results): TableBlock {
  const audited = [2, fourth].flatMap((q) =>
    results.group(powerGroup(q)).map((result) => ({ q, ...result })),
  );
  return {
    kind: "table",
    title: "Verdicts of the audit",
    columns: ["exponent", "seed", "verdict", "why"],
    rows: audited.map(({ q, task, measured }) => {
      const { verdict, summary } = measured.audit!;
      return [`${q}`, `${task.spec.seed}`, verdict, summary];
    }),
    tasks: audited.map(({ task }) => task.key),
  };
}

export const decoderText = `What is read at output i must be large for the codeword of feature i and small for all others. If the neurons were linear, the least squares' decoder would be a multiple of the pseudoinverse of \`W_in\`, and that is what training finds. Then \`R = W_out W_in\` is a multiple of a projector of rank 50. No matrix of that rank is nearer to the identity than \`‖sR − I‖² = n − h\`, and R comes within a hundredth of it.`;

export const swapText = `If the codeword carries a feature's identity, then exchanging two codewords must exchange the outputs. The published test exchanges whole columns of \`W_in\`. Since nothing else connects an input to the network, that only relabels the inputs, and holds wherever features were answered best at their own outputs. The stricter test below exchanges a weight only where the two codewords differ, and leaves all graded differences between weights where they were.`;

export function scalarText(results: Results): string {
  const swapped = meanOf(results, group, ({ comparison }) => rowOf(comparison!, "swapped").ratio);
  const own = meanOf(results, group, ({ comparison }) => rowOf(comparison!, "own").ratio);
  const random = meanOf(results, group, ({ comparison }) => rowOf(comparison!, "random").ratio);
  return `How much of the network is its code? Take a code of 0 and 1, one number for weights on it, one for weights off it, and a multiple of the code's pseudoinverse as decoder: three numbers in place of 10,000. On the trained network's own code they reach ${small(own)} times its loss. On a code made without training, five neurons a feature and ten features a neuron, with edges exchanged until overlaps are even, ${small(swapped)} times; on codewords drawn at random, ${small(random)} times. (What three numbers can and cannot say: docs/theory/superposed-codes.md.)`;
}

const rowOf = (comparison: NonNullable<Measurement["comparison"]>, name: string) =>
  comparison.rows.find(({ code }) => code === name)!;

export function certificateText(results: Results): string {
  const above = meanOf(results, group, ({ certificate }) => certificate!.unit / certificate!.universal) - 1;
  const own = meanOf(results, group, ({ certificate }) => certificate!.unit / certificate!.readOut) - 1;
  return `The rank bound of squared errors has a kin for every exponent above 2 (docs/theory/lq-certificates.md): whatever the activations are, outputs lie in the 50 dimensions that the columns of \`W_out\` span, and every feature's label keeps a distance from them. Trained networks lie ${(100 * above).toFixed(0)} % above what is proved for any network of 50 neurons, and ${(100 * own).toFixed(0)} % above the least for their own \`W_out\`. Nothing of another kind can be much better.`;
}

export const noiseText = `A code spreads every feature over several neurons and reads it through a pseudoinverse. That asks for precision: what noise on the neurons does to it, and how far a feature stands out of what other features leave at its output, can be computed without drawing inputs.`;

export function squaredText(results: Results): string {
  const loss = meanOf(results, group, ({ loss }) => loss.lossPerP);
  return `The same networks, asked for squared errors, have L/p = ${small(loss)} where naive has .0833. They are worse at the one and better at the other: whether a network "beats fifty ReLUs" is a question about the loss as much as about the network.`;
}

export function limits(mode: Mode): string {
  const quick =
    mode === "quick"
      ? "This is the quick mode: 12,000 steps of 2,048 samples, a thirty-third of what the full mode and the paper use. The full mode is the same command without `--quick`.\n\n"
      : "";
  return `${quick}Everything here is about one hidden layer of ReLUs without biases, 100 features and 50 neurons, clean labels, and inputs of both signs at p = .02. That a network has a code and beats naive does not say that every output is good: features are answered with an error that is small beside ignoring them, and never 0. The rule that calls a network a code has thresholds that agree with both papers; between them lie networks that were not seen here. Intervals are over three seeds.`;
}
