/**
 * What each feature gets: how far its own output answers it, how much of it is computed, and by how many neurons.
 *
 * One feature at a time, x = ±e_i, exact, on clean labels whatever M is. What a linear map cannot have is an even part:
 * the answer to feature i is g_i = ŷ_i(e_i) + ŷ_i(−e_i), which is 1 for relu(x_i), and 0 for every linear map and where
 * the feature is ignored.
 */
import type { ValueKind } from "../../engine/engine.ts";
import type { Network } from "../../evaluate/network.ts";
import { powerLoss, powerMoments } from "../../evaluate/power-loss.ts";
import { responseHeatmap } from "../../evaluate/response-heatmap.ts";
import { pow } from "../../numeric/elementary.ts";
import { combine, type Matrix } from "../../numeric/matrix.ts";
import { neuronContributions } from "../neuron-contributions.ts";
import { polysemanticity } from "../polysemanticity.ts";

/** Features by what they get. */
export interface Answers {
  /** g_i, [features] */
  readonly gains: Float64Array;
  /** Error of every output, leaks of other features included, as a share of that of ŷ = 0, [features]. */
  readonly errorShares: Float64Array;
  /** Features whose own answer misses by less than half of what ignoring misses, (1 − g_i)² < ½. */
  readonly answered: number;
  /** Features whose `errorShares` are below 2^−q, what missing an answer by half costs: no two can share one neuron so. */
  readonly computed: number;
  /** Answered features that one neuron, which serves no other feature, answers for four fifths. */
  readonly byOneNeuron: number;
  /** Σ (1 − error share): how many perfect ReLUs would lower the loss as much. */
  readonly worth: number;
}

const answeredShare = 1 / 2;
/** What missing an answer by half costs. Two features that share one neuron miss by half and leak by half: twice that. */
const computedShare = (exponent: number): number => pow(1 / 2, exponent);
/** Of a feature's answer that a neuron of its own must give. */
const ownShare = 0.8;
/** A neuron serves another feature too when it gives it this share of its largest term. */
const servedShare = 0.25;

/**
 * Counts what the features of a network get.
 *
 * At exponent 2 errors are those of the even part, where M has no place and h neurons are worth at most h ReLUs: at most
 * h / (1 − ¼) features can then be computed (docs/theory/odd-even-split.md).
 */
export function answersOf(network: Network, exponent: number, values: ValueKind): Answers {
  const { positive, negative } = responseHeatmap(network);
  const absolute = combine(1, positive, 1, negative); // ŷ(e_j) + ŷ(−e_j) in column j
  const features = absolute.shape[0];
  const gains = Float64Array.from({ length: features }, (_, i) => absolute.data[i * (features + 1)]!);
  const errorShares = exponent === 2 ? evenShares(absolute) : powerShares(network, exponent, values);
  const isAnswered = Array.from(gains, (gain) => (1 - gain) ** 2 < answeredShare);
  const isAlone = haveOwnNeuron(network);
  return {
    gains,
    errorShares,
    answered: isAnswered.filter(Boolean).length,
    computed: errorShares.filter((share) => share < computedShare(exponent)).length,
    byOneNeuron: isAlone.filter((is, i) => is && isAnswered[i]!).length,
    worth: errorShares.reduce((total, share) => total + 1 - share, 0),
  };
}

/** Σ_j (A_ij − δ_ij)²: the even part of output i, which is 1 for ŷ = 0. */
function evenShares({ data, shape: [features] }: Matrix): Float64Array {
  const shares = new Float64Array(features);
  data.forEach((value, at) => {
    const i = Math.floor(at / features);
    shares[i]! += (value - (at % features === i ? 1 : 0)) ** 2;
  });
  return shares;
}

function powerShares(network: Network, exponent: number, values: ValueKind): Float64Array {
  const ignored = powerMoments(exponent, values).positive;
  return powerLoss({ ...network, M: null }, exponent, values).perOutput.map((error) => error / ignored);
}

/** For every feature, whether one neuron gives most of its answer and serves no other. */
function haveOwnNeuron(network: Network): boolean[] {
  const { terms } = neuronContributions(network);
  const { featuresPerNeuron } = polysemanticity(network, { fraction: servedShare }).byContribution;
  const [features, neurons] = terms.shape;
  return Array.from({ length: features }, (_, i) => {
    const given = Array.from(terms.data.subarray(i * neurons, (i + 1) * neurons), (term) =>
      Math.max(term, 0),
    );
    const most = Math.max(0, ...given);
    const total = given.reduce((sum, term) => sum + term, 0);
    return most > 0 && most >= ownShare * total && featuresPerNeuron[given.indexOf(most)] === 1;
  });
}
