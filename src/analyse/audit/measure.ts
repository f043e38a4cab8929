/** The numbers of an audit: what is exact once, and what is drawn afresh for every sample set. */

import { naive } from "../../baseline/naive.ts";
import { offset } from "../../baseline/offset.ts";
import { type Problem, withCleanLabels, withExactlyOne } from "../../baseline/problem.ts";
import { isExactlyOne } from "../../evaluate/loss.ts";
import { density } from "../../evaluate/moments.ts";
import type { Network } from "../../evaluate/network.ts";
import { positiveErrors } from "../../evaluate/positive-error.ts";
import { powerLoss } from "../../evaluate/power-loss.ts";
import { multiply } from "../../numeric/matrix.ts";
import { pseudoinverse } from "../../numeric/pseudoinverse.ts";
import { coherence } from "../coherence.ts";
import { type Answers, answersOf } from "./answers.ts";
import type { AuditProblem } from "./audit-problem.ts";
import { bestCleanScale, scaleOutput } from "./best-scale.ts";
import { type LossPair, type SampledLosses, sampleLosses } from "./sample-losses.ts";
import type { VerdictNumbers } from "./verdict.ts";

/** What does not depend on drawn inputs. */
export interface ExactMeasures {
  readonly problem: Problem;
  readonly exponent: number;
  /** The canonical network. */
  readonly network: Network;
  /** The factor on all outputs that serves best on clean labels. */
  readonly cleanScale: number;
  /** c of naive's leak. */
  readonly leak: LossPair;
  /** Losses per p for exactly one active feature: as it is, on clean labels, and there with outputs scaled for the best. */
  readonly once: { readonly loss: number; readonly clean: number; readonly rescaled: number };
  /** Naive's for exactly one active feature on clean labels. */
  readonly naiveOnce: number;
  readonly answers: Answers;
  /** Largest |cos| between columns of W_in, canonical. */
  readonly coherence: number;
  /** The same for their projections' directions, which no change of basis among neurons moves. */
  readonly spanCoherence: number;
}

/** One sample set. */
export interface SampledMeasures {
  readonly losses: SampledLosses;
  /** Standard deviation over mean of the features' errors while positive. */
  readonly variation: number;
  /** Their mean. */
  readonly positiveError: number;
}

/** Measures a canonical network. */
export function exactMeasures(network: Network, { distribution, exponent }: AuditProblem): ExactMeasures {
  const [neurons, features] = network.W_in.shape;
  const { values } = distribution;
  const problem: Problem = { features, neurons, mixing: network.M, distribution };
  const cleanScale = bestCleanScale(network, exponent, values);
  const clean = { ...network, M: null };
  const lossOnce = (of: Network) => powerLoss(of, exponent, values).lossPerP;
  const { offset: leak, clean: cleanOffset } = offset(problem);
  return {
    problem,
    exponent,
    network,
    cleanScale,
    leak: { loss: leak, clean: cleanOffset.offset },
    once: {
      loss: lossOnce(network),
      clean: lossOnce(clean),
      rescaled: lossOnce(scaleOutput(clean, cleanScale)),
    },
    naiveOnce: lossOnce(naive(withCleanLabels(problem)).network),
    answers: answersOf(network, exponent, values),
    coherence: coherence(network.W_in).coherence,
    spanCoherence: spanCoherence(network),
  };
}

/** The projector on W_in's row space has the columns' directions whatever basis the neurons are. */
function spanCoherence({ W_in }: Network): number {
  return W_in.shape[0] === 0 ? 0 : coherence(multiply(pseudoinverse(W_in), W_in)).coherence;
}

const activeInAll = 4096;
const fewest = 16;
const most = 65_536;
/** With fewer active features an input, one active feature in every input is the same but for a thousandth. */
const rareActivity = 1e-3;
const errorSamples = 1000;

/** Draws one sample set: inputs whose rotations have some 4,096 active features in all. */
export async function sampledMeasures(exact: ExactMeasures, seed: number): Promise<SampledMeasures> {
  const { problem, exponent, network, cleanScale, leak } = exact;
  const { distribution, features } = problem;
  const once = withExactlyOne(problem).distribution;
  const drawn = features * density(distribution, features) < rareActivity ? once : distribution;
  const active = features * density(drawn, features);
  const samples = Math.min(most, Math.max(fewest, Math.ceil(activeInAll / features / active)));
  const losses = await sampleLosses(network, {
    ...{ exponent, cleanScale, leak, samples, seed, distribution: drawn },
  });
  const canCondition = distribution.kind === "bernoulli" || isExactlyOne(distribution);
  const { variation, mean } = positiveErrors(network, {
    distribution: canCondition ? distribution : once,
    samples: errorSamples,
    seed,
  });
  return { losses, variation, positiveError: mean };
}

/** The numbers that the verdict's rules read. */
export function verdictNumbers(exact: ExactMeasures, { losses, variation }: SampledMeasures): VerdictNumbers {
  const { problem, exponent, answers, once } = exact;
  const { network, rescaled, zero, naive, offset, even } = losses;
  return {
    features: problem.features,
    neurons: problem.neurons,
    exponent,
    hasMixing: problem.mixing !== null,
    answered: answers.answered,
    computed: answers.computed,
    loss: network.loss,
    zero: zero.loss,
    naive: naive.loss,
    baseline: Math.min(naive.loss, offset.loss),
    clean: {
      loss: Math.min(network.clean, rescaled.clean),
      baseline: Math.min(naive.clean, offset.clean),
    },
    cleanOnce: { loss: Math.min(once.clean, once.rescaled), baseline: exact.naiveOnce },
    even: even.network,
    naiveEven: even.naive,
    variation,
    coherence: Math.min(exact.coherence, exact.spanCoherence),
  };
}
