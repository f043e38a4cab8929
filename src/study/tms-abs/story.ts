/** The text of the report; sentences about results are made from the results. */
import { mean } from "../../numeric/statistics.ts";
import type { Results } from "../study.ts";
import { motifsOf, shareOf } from "./claims.ts";
import type { MotifsRecord, PairsRecord, WideRecord } from "./measures.ts";
import { dense, motifDensity, pairsKey, repeats, smallKey, sparse, wideKey } from "./plan.ts";

const wideOver = (results: Results, p: number, of: (record: WideRecord) => number): number =>
  mean(repeats.map((repeat) => of(results.measured<WideRecord>(wideKey(p, repeat)))));

/** Sides answered by the networks of the claims. */
const sidesSeen = (results: Results): readonly number[] =>
  [dense, sparse].flatMap((p) =>
    repeats.map((repeat) => results.measured<WideRecord>(wideKey(p, repeat)).sides),
  );

/** What the strict definition says of networks that answer so many sides at most. */
export function strictWords(most: number): string {
  if (most > 140)
    return `Some networks answer ${most} sides, more than their 140 ReLUs, hidden and at the outputs.`;
  return most > 40
    ? `Some networks answer ${most} sides, more than their 40 hidden ReLUs, but not more than the 140 with those of the outputs: by the strict definition this is not computation in superposition.`
    : `No network answers more than ${most} sides, fewer than it has hidden ReLUs: features share neurons, but by the strict definition this is not computation in superposition.`;
}

/** The answer of the study. */
export function answer(results: Results): string {
  const one = (p: number) =>
    Math.round(100 * wideOver(results, p, (r) => shareOf(r, (count) => count === 1)));
  const sides = (p: number) => wideOver(results, p, (r) => r.sides).toFixed(0);
  return `When features are sparse enough, 40 ReLU neurons serve several features each: ${one(dense)} % of them serve one feature when all are always active, ${one(sparse)} % at p = ${sparse}. Sides of features answered, + or −, go from ${sides(dense)} to ${sides(sparse)}. ${strictWords(Math.max(...sidesSeen(results)))}`;
}

export const introduction = `A layer of ReLU neurons is asked for the absolute value of every feature, with another ReLU on each output: \`ŷ = relu(W_out relu(W_in x) + b)\`. One absolute value takes two neurons, \`|x| = relu(x) + relu(−x)\`, so 40 neurons compute 20 of them exactly. Elhage et al. 2022 ask what happens with 100 features of falling importance, .8^i, as they become sparse.`;

/** The small networks with six neurons. */
export function pairsText(results: Results): string {
  const records = repeats.map((repeat) => results.measured<PairsRecord>(pairsKey(repeat)));
  const sum = (of: (record: PairsRecord) => number) =>
    records.reduce((total, record) => total + of(record), 0);
  return `With two neurons a feature the solution above is there to be found: ${sum((r) => r.exactStarts)} of ${sum((r) => r.starts)} starts find it, and the best start of each repeat is shown and judged. A start fails when an output is at 0 for all inputs and has no gradient.`;
}

export const motifText = `With ten neurons for six features some must share. A neuron that serves two features with equal weights errs equally for both. The networks found something better: *asymmetric superposition*. A neuron reads A with a large weight and writes it with a small one, and the other way round for B. Both come out whole, but A adds a large error to output B, and B a small one to output A. Then another neuron, which is active for A, writes B with a negative weight: *inhibition* takes the large error away, and the output ReLU what is left below 0. The detector of this study (\`asymmetricSuperposition\`) reads it off the weights: own contributions of ½ or more for both features, and weights that differ by a factor of 2 or more in opposite senses.`;

/** What was found. */
export function motifConclusion(results: Results): string {
  const found = repeats.flatMap((repeat) =>
    motifsOf(results.measured<MotifsRecord>(smallKey(motifDensity, repeat))),
  );
  if (found.length === 0) return "No network had the motif.";
  const share = mean(found.map(({ inhibition }) => inhibition));
  return `At p = ${motifDensity} there are ${found.length} such pairs in ${6 * repeats.length} networks, and other neurons take away ${share.toFixed(2)} of the larger interference.`;
}

export const wideText = `With 100 features and 40 neurons, dense inputs leave no room for errors: the most important features get two neurons each, one a sign. Sparse inputs rarely collide, and every neuron serves many. A feature is counted for a neuron when what the neuron gives to the feature's own output is a tenth or more of its largest such contribution. A *side* is a feature at one sign; it counts as answered when the output is half of |x| or more. The table at the head of this report has them. Sparse networks answer sides of more features, but mostly one side of each: where an output is 0 for a sign from the start, its ReLU has no gradient there. Features far down the list have so little importance that they are never learned.`;

export const strictText = `Is this computation in superposition? By the strict definition a network must perform more computations than it has nonlinearities. An absolute value is two ReLUs, one a side, so the computations are the sides answered. The nonlinearities are 40 hidden ReLUs and 100 at the outputs, which do work too: they cut interference below 0. The claim below counts networks that answer more than 140 sides.`;

export const limits = `Counts depend on the share from which a contribution counts (a tenth) and on when a side counts as answered (half of |x|, nothing else active). The motif is looked for with one feature active at a time. Training is shorter than in the paper, 3,000 steps on a cosine; sparse networks would still improve with more, and the loss is not compared.`;
