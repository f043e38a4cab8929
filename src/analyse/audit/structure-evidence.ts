/** Evidence from weights: who answers whom, how evenly, and whether by codewords. */

import { mean, quantile } from "../../numeric/statistics.ts";
import { alignments } from "../alignment.ts";
import { codewords } from "../codewords.ts";
import { polysemanticity } from "../polysemanticity.ts";
import { compareReadOut } from "../read-out.ts";
import { swapTest } from "../swap-test.ts";
import { type Evidence, exactly, type Findings, percent, sampled, say } from "./evidence.ts";
import { auditThresholds, naiveVariation, type Verdict } from "./verdict.ts";

/** Computations counted against nonlinearities. */
export function computationEvidence({ exact, canonical }: Findings): Evidence {
  const { answers, problem, exponent } = exact;
  const { neurons, features } = problem;
  const isMore = neurons > 0 && answers.computed >= auditThresholds.crowded * neurons;
  const part = exponent === 2 ? "in the even part of the squared error" : `at exponent ${say(exponent)}`;
  return {
    id: "computations",
    title: "Computations against nonlinearities",
    rule: "Computation in superposition computes more features than there are nonlinearities: live, distinct neurons and output nonlinearities. A feature is computed when its output's error, leaks of others included, is below that of missing half of every answer, 2^−q of that of ignoring it; it is answered when its own response is right to half of its squared error.",
    threshold: neurons,
    values: [
      exactly("live, distinct neurons", neurons),
      exactly("output nonlinearities", 0),
      exactly("features computed", answers.computed),
      exactly("features answered", answers.answered),
      exactly("worth in whole ReLUs", answers.worth),
      exactly("features", features),
      exactly("dead neurons left out", canonical.dead),
      exactly("duplicate neurons merged", canonical.merged),
    ],
    sentence: `${answers.answered} of ${features} features are answered and ${answers.computed} computed, with ${neurons} nonlinearities; all together they are worth ${say(answers.worth)} whole ReLUs ${part}.`,
    speaksFor: isMore ? "superposed code (CiS)" : null,
  };
}

/** Whether clearly more features are answered than there are nonlinearities: only then can there be a code. */
const isCrowded = ({ answers, problem: { neurons } }: Findings["exact"]): boolean =>
  neurons > 0 && answers.answered >= auditThresholds.crowded * neurons;

const dedicatedShare = 0.8;

/** Features with a neuron of their own. */
export function ownNeuronEvidence({ exact, samples }: Findings): Evidence {
  const { answers, problem } = exact;
  const possible = Math.min(problem.neurons, problem.features);
  const isMost = possible > 0 && answers.byOneNeuron >= dedicatedShare * possible;
  const network = sampled("", samples, ({ losses }) => losses.network.loss).value;
  const line = sampled("", samples, ({ losses }) => losses.naive.loss).value;
  const verdict: Verdict = network < auditThresholds.leaking * line ? "dense" : "dedicated neurons";
  return {
    id: "own-neuron",
    title: "Features with a neuron of their own",
    rule: "Dedicated neurons: one neuron gives four fifths of a feature's answer and serves no other, for four fifths of the neurons.",
    threshold: dedicatedShare * possible,
    values: [exactly("features with a neuron of their own", answers.byOneNeuron)],
    sentence: `${answers.byOneNeuron} features have a neuron of their own; ${possible} could.`,
    speaksFor: isMost ? verdict : null,
  };
}

/** How unequal features fare. */
export function spreadEvidence({ exact, samples }: Findings): Evidence {
  const variation = sampled("standard deviation over mean", samples, (sample) => sample.variation);
  const error = sampled("mean squared error while positive", samples, (sample) => sample.positiveError);
  const ofNaive = naiveVariation(exact.problem);
  const isAlike = variation.value < auditThresholds.variation && isCrowded(exact);
  const isUnequal = variation.value >= auditThresholds.unequal * ofNaive;
  return {
    id: "spread",
    title: "Spread over features",
    rule: "The squared error of each output while its feature is positive: a code treats features alike (standard deviation over mean below .15), dedicated neurons serve some and ignore the rest.",
    threshold: auditThresholds.variation,
    values: [variation, error, exactly("of dedicated neurons", ofNaive)],
    sentence: `The features' errors have a mean of ${say(error.value)} and vary by ${say(variation.value)} of it; those of dedicated neurons vary by ${say(ofNaive)}.`,
    speaksFor: isAlike ? "superposed code (CiS)" : isUnequal ? "dedicated neurons" : null,
  };
}

/** How far apart the features' directions are. */
export function coherenceEvidence({ exact }: Findings): Evidence {
  const { coherence, spanCoherence } = exact;
  const least = Math.min(coherence, spanCoherence);
  const isCoherent = !(least < auditThresholds.coherence);
  return {
    id: "coherence",
    title: "Coherence of the features' directions",
    rule: "In a code no two features are nearly parallel: the largest |cos| between columns of W_in, or of the projector on its row space, is below .5.",
    threshold: auditThresholds.coherence,
    values: [
      exactly("columns of W_in", coherence),
      exactly("columns of the projector on its row space", spanCoherence),
    ],
    sentence: isCoherent
      ? `Two features share a direction up to a cosine of ${say(least)}: they are told apart badly, if at all.`
      : `No two features are nearer than a cosine of ${say(least)}.`,
    speaksFor: isCoherent || !isCrowded(exact) ? null : "superposed code (CiS)",
  };
}

const codeThreshold = 0.3;
const codeSpread = 2;
const codeShare = 0.9;
const inverseCosine = 0.99;

/** The binary code of the canonical input weights. */
export function codeEvidence({ exact: { network, problem } }: Findings): Evidence | null {
  if (problem.neurons === 0) return null;
  const { sizes, degrees, overlaps } = codewords(network.W_in, { threshold: codeThreshold });
  const middle = quantile(sizes, 0.5);
  const near = sizes.filter((size) => Math.abs(size - middle) <= codeSpread).length / sizes.length;
  const readOut = compareReadOut(network);
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  const isCode = least >= 2 && near >= codeShare && readOut.pseudoinverseCosine >= inverseCosine;
  return {
    id: "code",
    title: "Codewords over neurons",
    rule: "In a code every feature drives two neurons or more, all about as many (nine in ten within 2 of the median), and W_out is a multiple of the pseudoinverse of W_in (cosine .99).",
    threshold: inverseCosine,
    values: [
      exactly("neurons a feature, least", least),
      exactly("neurons a feature, median", middle),
      exactly("neurons a feature, most", most),
      exactly("features within 2 of the median", near),
      exactly("codewords a neuron is in, median", quantile(degrees, 0.5)),
      exactly(
        "features a neuron serves, median",
        quantile(polysemanticity(network).byContribution.featuresPerNeuron, 0.5),
      ),
      exactly("neurons shared by two features, mean", meanOverlap(overlaps)),
      exactly(
        "neurons shared by two features, most",
        overlaps.findLastIndex((pairs) => pairs > 0),
      ),
      exactly("cosine of W_out and the pseudoinverse of W_in", readOut.pseudoinverseCosine),
      exactly("least ‖s W_out W_in − I‖² / (n − h)", readOut.identityResidual),
    ],
    sentence: `Features drive ${least} to ${most} neurons, ${say(middle)} in the middle; W_out is ${readOut.pseudoinverseCosine >= inverseCosine ? "" : "not "}a multiple of the pseudoinverse of W_in (cosine ${say(readOut.pseudoinverseCosine)}).`,
    speaksFor: isCode ? "superposed code (CiS)" : null,
  };
}

const swapPairs = 1000;

/** Whether codewords carry the features' identities. */
export function swapEvidence({ exact: { network, problem } }: Findings): Evidence | null {
  if (problem.neurons === 0 || problem.features < 2) return null;
  const share = (exchange: "codeword" | "column"): number =>
    swapTest(network, { exchange, threshold: codeThreshold, mostPairs: swapPairs }).share;
  const [codeword, column] = [share("codeword"), share("column")];
  return {
    id: "swap",
    title: "Exchange of codewords",
    rule: "Where features are their codewords, exchanging the codewords of two of them exchanges their outputs, for 99 pairs in 100. It tells codes from dedicated neurons, not from regressions on mixed labels, whose features are directions too.",
    threshold: 0.99,
    values: [
      exactly("pairs that swap, codewords exchanged", codeword),
      exactly("pairs that swap, whole columns of W_in exchanged", column),
    ],
    sentence: `Exchanging their codewords swaps the outputs of ${percent(codeword)} of the pairs of features; exchanging all their input weights, of ${percent(column)}.`,
    speaksFor: null,
  };
}

function meanOverlap(overlaps: Int32Array): number {
  const pairs = overlaps.reduce((total, count) => total + count, 0);
  return pairs === 0 ? 0 : overlaps.reduce((total, count, shared) => total + count * shared, 0) / pairs;
}

const keptCosine = 0.9;
const lostCosine = 0.4;

/** Whether the network's linear map keeps the strongest directions of mixed labels, and loses the rest. */
export function alignmentEvidence({ exact: { network, problem, exponent } }: Findings): Evidence | null {
  const { neurons, features, mixing, distribution } = problem;
  if (mixing === null || exponent !== 2 || neurons === 0 || neurons >= features) return null;
  const { cosines } = alignments(network, distribution).labels;
  const first = Math.max(1, Math.floor(0.7 * neurons));
  const past = Math.min(features - 1, Math.ceil(1.2 * neurons));
  const kept = mean(cosines.subarray(0, first));
  const lost = mean(cosines.subarray(past).map(Math.abs));
  const isAligned = kept >= keptCosine && lost <= lostCosine;
  return {
    id: "alignment",
    title: "Alignment with the labels' strongest directions",
    rule: "A regression on mixed labels keeps the eigenvectors of E[y yᵀ] with the largest eigenvalues (mean cosine at least .9) and loses those past the number of neurons (at most .4).",
    threshold: keptCosine,
    values: [
      exactly(`mean cosine of the first ${first} eigenvectors`, kept),
      exactly(`mean |cosine| past eigenvector ${past}`, lost),
    ],
    sentence: `W_out W_in keeps the first ${first} eigenvectors of the labels with a mean cosine of ${say(kept)}, and those past the ${past}th with ${say(lost)}${isAligned ? ": it lives where the labels are strongest." : "."}`,
    speaksFor: isAligned ? "explained by label mixing" : null,
  };
}

/** The standard deviation of the noise, as a share of each neuron's scale. */
export const noiseScale = 0.1;

/** How much noise on the hidden activations costs, beside naive. */
export function noiseEvidence({ noise }: Findings): Evidence {
  const costOf = (of: Pick<Findings["noise"], "noiseless" | "points">): number =>
    of.points[0]!.lossPerP - of.noiseless.lossPerP;
  const [own, ofNaive] = [costOf(noise), costOf(noise.naive)];
  const ratio = noise.naive.outputVariance === 0 ? null : noise.outputVariance / noise.naive.outputVariance;
  return {
    id: "noise",
    title: "Noise on the hidden activations",
    rule: "Every neuron is disturbed by a tenth of its own scale, with one feature active; said beside what the same does to naive.",
    threshold: null,
    values: [
      exactly("loss that noise adds", own),
      exactly("loss that noise adds to naive", ofNaive),
      exactly("noise in outputs, relative to naive's", ratio),
    ],
    sentence: `Noise of a tenth of each neuron's scale adds ${say(own)} to the loss per p, and ${say(ofNaive)} to naive's.`,
    speaksFor: null,
  };
}
