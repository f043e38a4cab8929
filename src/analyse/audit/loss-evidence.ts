/** Evidence from losses: against baselines and certificates, by parts, and with the labels' mixing taken away. */

import { naive } from "../../baseline/naive.ts";
import { powerBound } from "../../baseline/power-bound.ts";
import { rankBound } from "../../baseline/rank-bound.ts";
import { readOutBound } from "../../baseline/read-out-bound.ts";
import { linearPart } from "../../evaluate/odd-even-split.ts";
import {
  type Evidence,
  type EvidenceValue,
  exactly,
  type Findings,
  percent,
  sampled,
  say,
} from "./evidence.ts";
import { auditThresholds, type Verdict } from "./verdict.ts";

const { below, leaking } = auditThresholds;

/** The loss at the spec's exponent beside those of solutions without a code. */
export function lossEvidence({ exact, samples, factorisations }: Findings): Evidence {
  const { exponent, problem } = exact;
  const network = sampled("network", samples, ({ losses }) => losses.network.loss);
  const zero = sampled("ignoring everything", samples, ({ losses }) => losses.zero.loss);
  const naiveLoss = sampled("naive", samples, ({ losses }) => losses.naive.loss);
  const offset = sampled("naive with its best leak", samples, ({ losses }) => losses.offset.loss);
  const baseline = Math.min(naiveLoss.value, offset.value);
  const cleanLine: readonly EvidenceValue[] =
    problem.mixing === null
      ? []
      : [sampled("naive on clean labels", samples, ({ losses }) => losses.naive.clean)];
  const factored: readonly EvidenceValue[] =
    factorisations === null
      ? []
      : [
          exactly("semi-NMF of the labels", factorisations.snmf.lossPerP),
          exactly("complementary semi-NMF", factorisations.complementarySnmf.lossPerP),
          exactly("network, one active feature", exact.once.loss),
          exactly("complementary semi-NMF, one active feature", factorisations.complementarySnmf.exactlyOne),
        ];
  return {
    id: "loss",
    title: `Loss |ŷ − y|^${say(exponent)} against what needs no code`,
    rule: "The loss per p is below that of naive (each neuron computes one feature, the rest is ignored), with its best leak where that helps.",
    threshold: below * baseline,
    values: [network, zero, naiveLoss, offset, ...cleanLine, ...factored],
    sentence: `${lossSentence(network.value, naiveLoss.value, baseline)}${cleanLine.map(({ value }) => ` On clean labels naive has ${say(value!)}.`).join("")}`,
    speaksFor: lossSpeaksFor(network.value, { naive: naiveLoss.value, baseline, zero: zero.value }, exact),
  };
}

function lossSpeaksFor(
  loss: number,
  {
    naive: line,
    baseline,
    zero,
  }: { readonly naive: number; readonly baseline: number; readonly zero: number },
  { answers, problem }: Findings["exact"],
): Verdict | null {
  const isCrowded = answers.answered >= auditThresholds.crowded * problem.neurons;
  if (!isCrowded && loss < leaking * line) return "dense";
  // With M a lower loss says nothing yet.
  if (isCrowded && loss < below * baseline) return problem.mixing === null ? "superposed code (CiS)" : null;
  return Math.abs(loss - line) <= auditThresholds.worse * zero ? "dedicated neurons" : null;
}

function lossSentence(network: number, naiveLoss: number, baseline: number): string {
  const ratio = network / baseline;
  const beside =
    ratio < below
      ? `${percent(1 - ratio)} below`
      : ratio > 1 / below
        ? `${percent(ratio - 1)} above`
        : "the same as";
  const which = baseline < naiveLoss ? "naive's with its best leak" : "naive's";
  return `The loss per p is ${say(network)}, ${beside} ${which}, ${say(baseline)}.`;
}

/** The squared error, where another exponent is asked for. */
export function squaredEvidence({ exact, samples }: Findings): Evidence | null {
  if (exact.exponent === 2) return null;
  const network = sampled("network", samples, ({ losses }) => losses.squared.loss);
  const line = naive(exact.problem).withMixing.lossPerP;
  const comparison = network.value > line ? "worse" : "better";
  return {
    id: "squared-loss",
    title: "The same network's squared error",
    rule: "Said beside the loss that was asked for: a code that wins at a high exponent may lose here.",
    threshold: null,
    values: [network, exactly("naive", line)],
    sentence: `Its squared error per p is ${say(network.value)}, ${comparison} than naive's ${say(line)}: which loss is asked for matters.`,
    speaksFor: null,
  };
}

/** What no network of this width can go below. */
export function certificateEvidence(findings: Findings): Evidence | null {
  const { exponent, problem } = findings.exact;
  if (problem.neurons === 0 || problem.neurons >= problem.features) return null;
  if (exponent === 2) return rankEvidence(findings);
  return problem.mixing === null ? powerEvidence(findings) : null;
}

function rankEvidence({ exact, samples }: Findings): Evidence {
  const bound = rankBound(exact.problem);
  const network = sampled("network", samples, ({ losses }) => losses.network.loss);
  const naiveOnce = naive(exact.problem).exactlyOne.lossPerP;
  const isClean = exact.problem.mixing === null;
  return {
    id: "certificate",
    title: "The rank bound",
    rule: "No squared error goes below the eigenvalue tail of the labels' second moment; where naive attains it, a code cannot show.",
    threshold: bound.lossPerP,
    values: [
      network,
      exactly("rank bound", bound.lossPerP),
      exactly("network, one active feature", exact.once.loss),
      exactly("rank bound, one active feature", bound.exactlyOne.lossPerP),
      exactly("naive on clean labels, one active feature", naiveOnce),
    ],
    sentence: isClean
      ? `No network of ${exact.problem.neurons} neurons has less than ${say(bound.lossPerP)}, which naive attains where features are rare: at squared error and clean labels superposition cannot lower the loss.`
      : `No network of ${exact.problem.neurons} neurons has less than ${say(bound.lossPerP)} under these labels; this one is ${percent(network.value / bound.lossPerP - 1)} above.`,
    speaksFor: null,
  };
}

function powerEvidence({ exact, samples }: Findings): Evidence {
  const { exponent, problem, network, once, naiveOnce } = exact;
  const bound = powerBound(problem, { exponent });
  const readOut = exponent >= 2 ? readOutBound(network.W_out, exponent, problem.distribution.values) : null;
  const ratio = once.loss / bound.exactlyOne.lossPerP;
  return {
    id: "certificate",
    title: `The certificates at exponent ${say(exponent)}`,
    rule: "No network of this width goes below the universal bound, and none with this read-out below the read-out's; up to exponent 2 naive attains the bound.",
    threshold: bound.exactlyOne.lossPerP,
    values: [
      exactly("network, one active feature", once.loss),
      exactly("universal bound, one active feature", bound.exactlyOne.lossPerP),
      exactly("bound of this read-out, one active feature", readOut?.lossPerP ?? null),
      exactly("naive, one active feature", naiveOnce),
      sampled("network", samples, ({ losses }) => losses.network.loss),
      exactly("universal bound", bound.lossPerP),
    ],
    sentence: `With one active feature the loss is ${say(ratio)} times what no network of ${problem.neurons} neurons goes below; naive's is ${say(naiveOnce / bound.exactlyOne.lossPerP)} times that.`,
    speaksFor: exponent > 2 && once.loss < naiveOnce / 2 ? "superposed code (CiS)" : null,
  };
}

/** The linear and the even part of the squared error, where they add up to the loss. */
export function splitEvidence({ exact, samples }: Findings): Evidence | null {
  const { exponent, problem, network } = exact;
  if (exponent !== 2) return null;
  const bounds = problem.neurons < problem.features ? rankBound(problem) : null;
  const line = naive(problem);
  const linear = linearPart(network, problem.distribution);
  const even = sampled("even part", samples, ({ losses }) => losses.even.network);
  const [naiveLinear, naiveEven] = [line.withMixing.linear!, line.withMixing.even!];
  const winsLinearly =
    problem.mixing !== null &&
    linear + even.value < below * (naiveLinear + naiveEven) &&
    even.value >= below * naiveEven;
  return {
    id: "odd-even",
    title: "The linear and the even part of the loss",
    rule: "The loss is a linear part, where labels mixed by M can be regressed on, plus an even part, where the nonlinearity is. A lower linear part with an even part no better than naive's is regression, not computation.",
    threshold: naiveEven,
    values: [
      exactly("linear part", linear),
      even,
      exactly("naive's linear part", naiveLinear),
      exactly("naive's even part", naiveEven),
      exactly("naive's linear part on clean labels", line.linear),
      exactly("least linear part", bounds?.linear ?? null),
      exactly("least even part", bounds?.even ?? null),
    ],
    sentence: `Linear ${say(linear)} (naive ${say(naiveLinear)}), even ${say(even.value)} (naive ${say(naiveEven)}): ${splitWords(linear, naiveLinear, even.value, naiveEven)}`,
    speaksFor: winsLinearly ? "explained by label mixing" : null,
  };
}

function splitWords(linear: number, naiveLinear: number, even: number, naiveEven: number): string {
  const isLinearLower = linear < below * naiveLinear;
  const isEvenLower = even < below * naiveEven;
  if (isLinearLower && !isEvenLower)
    return "it wins by linear regression alone, and computes the nonlinearity no better.";
  if (!isLinearLower && isEvenLower) return "it wins in the nonlinear part alone.";
  return isLinearLower ? "it wins in both." : "it wins in neither.";
}

/** What is left of the advantage on clean labels. */
export function mixingEvidence({ exact, samples }: Findings): Evidence | null {
  if (exact.problem.mixing === null) return null;
  const network = sampled("network with M", samples, ({ losses }) => losses.network.loss);
  const before = sampled("baseline with M", samples, ({ losses: { naive, offset } }) =>
    Math.min(naive.loss, offset.loss),
  );
  const clean = sampled("network, M taken away", samples, ({ losses }) => losses.network.clean);
  const rescaled = sampled("rescaled, M taken away", samples, ({ losses }) => losses.rescaled.clean);
  const line = sampled("baseline, M taken away", samples, ({ losses: { naive, offset } }) =>
    Math.min(naive.clean, offset.clean),
  );
  const best = Math.min(clean.value, rescaled.value);
  const winsBefore = network.value < below * before.value;
  const winsAfter = best < below * line.value;
  const speaksFor: Verdict | null =
    winsBefore && !winsAfter ? "explained by label mixing" : winsAfter ? "superposed code (CiS)" : null;
  return {
    id: "mixing-removed",
    title: "The advantage without the mixing of the labels",
    rule: "A code keeps its advantage on clean labels, M = 0, with the outputs scaled for the best; what M explains is lost.",
    threshold: below * line.value,
    values: [network, before, clean, rescaled, exactly("scale", exact.cleanScale), line],
    sentence: `With M the loss is ${say(network.value)} against ${say(before.value)} of the baseline; on clean labels, at best ${say(best)} against ${say(line.value)}${mixingWords(winsBefore, winsAfter)}`,
    speaksFor,
  };
}

function mixingWords(before: boolean, after: boolean): string {
  if (before && !after) return ": the advantage is gone.";
  return after ? ": the advantage stays." : ": there is none either way.";
}
