/**
 * The text of the report. Sentences about results are made from the results; where they do not carry the published
 * conclusion, the text says so.
 */
import type { Claim } from "../claim.ts";
import { estimate, measurements, numbers } from "../evidence.ts";
import type { Mode, Results } from "../study.ts";
import { naiveLoss, naivePart } from "./claim-input.ts";
import { labelKinds } from "./plan.ts";

const mixed = labelKinds.filter(({ key }) => key !== "clean");
const digits = (value: number): string => value.toFixed(4).replace(/^0/, "");
const meanOf = (results: Results, group: string, part: "lossPerP" | "linear" | "even"): number =>
  estimate(numbers(results, group, ({ loss }) => loss[part])).mean;

/** How many of the networks trained on mixed labels beat naive, and what the split says of those. */
function census(results: Results) {
  const all = mixed.flatMap(({ key }) => measurements(results, key));
  const winners = all.filter(({ loss }) => loss.lossPerP < naiveLoss - 3 * loss.stderr);
  const worseEven = winners.filter(({ loss }) => loss.even > naivePart - 3 * loss.stderr);
  return { all: all.length, winners: winners.length, worseEven: worseEven.length };
}

/** The answer of the study. */
export function answer(results: Results): string {
  const { all, winners, worseEven } = census(results);
  if (winners === 0 || worseEven < winners) {
    return `The numbers do not settle it: ${winners} of ${all} networks trained on mixed labels beat the naive network, and ${winners - worseEven} of those compute the nonlinearity better than it does. See the split of each below.`;
  }
  return `No. ${winners} of ${all} networks trained on mixed labels beat the naive network, and every one of them computes the nonlinearity no better than naive: the whole advantage is a linear regression on a matrix that is mixed into the labels. Where that matrix is taken away, nothing is won.`;
}

export const introduction = `A network with 100 inputs, 50 ReLU neurons and 100 outputs is asked for 100 ReLUs: \`y_i = relu(x_i)\`, where each \`x_i\` is active with probability p = .01 and then uniform in [−1, 1]. Fifty neurons can compute fifty of them exactly and ignore the rest. That *naive* network loses \`(n − h)/6n = .0833\`, in the unit of this report: squared error per output, divided by p (L/p).

Braun et al. 2025 trained such a network inside a residual stream and found a lower loss, with all hundred features answered a little. That looks like computation in superposition: more computations than nonlinearities. Bhagat et al. 2026 found where the gain comes from: the residual stream is noisy, and its noise acts as a *mixing matrix* M in the labels, \`y = relu(x) + M x\`. This report repeats their experiments, gives every number an interval and a verdict, and adds what no training run can: the split of the loss into a linear part and a part that holds the nonlinearity, with the least that each can be.`;

export const labelsText = `The same network is trained on clean labels and on four kinds of mixed ones, for 10,000 steps of 2,048 samples each. The label kinds differ in M alone. With an embedding E of width 1000, the residual network of Braun et al. equals this one with \`M = I − EᵀE\`; the code published with Bhagat et al. has the opposite sign, whose loss is lower, so both are trained.`;

export function labelsConclusion(results: Results): string {
  const clean = meanOf(results, "clean", "lossPerP");
  const best = Math.min(...mixed.map(({ key }) => meanOf(results, key, "lossPerP")));
  return `On clean labels the loss is ${digits(clean)}, at naive and at the bound below which no network of this width can go. On mixed labels it falls to ${digits(best)} at best. Something in M can be used.`;
}

export const sweepText = `If the gain comes from M, it must grow with the size of M, and then turn: M also adds variance to the labels that fifty dimensions cannot hold. The figure shows the loss over σ, the standard deviation of the entries of M. When σ is trained together with the weights, it settles by itself where the gain is greatest.`;

export const variantsText = `In the original network M is nowhere written down. It appears because the residual stream is read through \`Eᵀ\`: what comes back from the stream is \`EᵀE x\`, not x, and the network can repair some of the difference. Three ways to take the noise away leave the task as it is and take the gain with it; a noisy bypass without any embedding brings it back.`;

export const splitText = `For x and −x the ReLU is \`relu(z) = (z + |z|)/2\`, so the output of a bias-free ReLU network has an odd part \`½ W_out W_in x\` and an even part \`½ W_out |W_in x|\`. Inputs of both signs are equally likely, so in the mean squared error the two parts have *no cross term*:

\`n · L = ¼ · [ (p/3) · ‖W_out W_in − (I + 2M)‖² + E‖ W_out |W_in x| − |x| ‖² ]\`

The first term is linear regression: how well a matrix of rank 50 copies \`I + 2M\`. The second is where ReLUs differ from linear maps, and M does not occur in it. Each has a least value that no network of 50 neurons can go below. The naive network sits on both when labels are clean: .0417 and .0417. (Proofs: docs/theory/odd-even-split.md.)`;

export function splitConclusion(results: Results): string {
  const rows = mixed.map(({ key, title }) => {
    const [linear, even] = [meanOf(results, key, "linear"), meanOf(results, key, "even")];
    return `${title}: linear ${digits(naivePart - linear)} below naive's part, even ${digits(Math.abs(even - naivePart))} ${even > naivePart ? "above" : "below"}`;
  });
  const { winners, worseEven } = census(results);
  const verdict =
    worseEven === winners && winners > 0
      ? "*The network trades nonlinearity for regression.* It spends neurons that computed ReLUs on copying the leading directions of I + 2M, where more is to be gained. By its loss it looks like more computation; it is less."
      : "*The split does not show one pattern for all networks*; see the table.";
  return `Beside naive: ${rows.join("; ")}. ${verdict}`;
}

export const weightsText = `What the split says in one number can be seen in the weights. \`W_out W_in\` can keep 50 directions of 100. A network that regresses on \`I + 2M\` keeps the directions in which the labels vary most: the leading eigenvectors of \`Σ_y = E[y yᵀ]\`. A network that computed single features would not care about them.`;

export const sharesText = `Who works for whom shows in the terms \`W_out[i, k] · W_in[k, i]\`, the share of neuron k in the response of feature i to itself. On clean labels it is mostly one neuron; on mixed labels every feature is spread over many neurons, as a projection on 50 mixed directions must.`;

export function slopeText(claims: readonly Claim[]): string {
  const slope = claims.find(({ id }) => id === "linear-map-slope");
  if (slope?.measured === null || slope === undefined || slope.verdict === "reproduced") return "";
  return `The published slope of \`W_out W_in\` on M is ${slope.expected}; here it is ${slope.measured.toFixed(2)}. The odd part of the labels is \`½(I + 2M)x\`, which asks for slope 2, and a network that fits it well comes near.`;
}

export const transplantText = `If the gain were a skill of the weights, it would survive when the noise in the labels is taken away. Networks trained on mixed labels are trained on with clean ones, from their final weights, and the other way round.`;

export const densityText = `How much each feature is answered depends on how often features meet in one sample. Networks trained at small p answer all features at about one half; those trained at large p answer half of the features fully and ignore the rest, as naive does. The two families lose against each other away from where they were trained. (Steps are counted here as in the paper: every p sees as many samples that are not empty.)`;

export const withoutTrainingText = `A regression needs no gradient descent. Semi-NMF factors \`I + M ≈ W_out W_in\` with \`W_in ≥ 0\`, which is what the network is asked to do for one active, positive feature at a time. The published code factors the transpose, which is another matrix when M is not symmetric, and costs the difference shown below. *Complementary* semi-NMF (docs/theory/complementary-semi-nmf.md) treats both signs of the input and is the same problem as training on one active feature at a time.

The other cheap gain, of naive itself, is a constant: labels have a positive mean, so a small leak into the ignored outputs helps where many features are active.`;

export const rankText = `Not every M helps. The matrices below are multiples of a projector, so that none of their eigenvalues is negative, and at no rank does the network gain by them: the bound itself lies at naive, or above. What helps are directions in which M is *negative*. There the labels vary less than x alone would make them, and a network that must drop fifty directions drops those. A symmetric or asymmetric random M has as many of them as of the others.`;

export const boundText = `Whatever the weights are, the output lies in the 50 dimensions that the columns of \`W_out\` span, so the loss is at least the sum of the smallest 50 eigenvalues of \`Σ_y\`, per output: a certificate, not a comparison with other networks. On clean labels it is the naive loss, so with this loss *no* network of 50 neurons, trained or built, can show computation in superposition. (Proof: docs/theory/rank-bound.md.)`;

export function limits(mode: Mode): string {
  const quick =
    mode === "quick"
      ? "This is the quick mode, with few points. The full mode adds the wide original network, the runs over p and over the rank of M, longer runs for the weights, and finer grids: the same command without `--quick`.\n\n"
      : "";
  return `${quick}Everything here is about squared error, one hidden layer of ReLUs without biases, 100 features and 50 neurons, and inputs of both signs. It does not show that networks cannot compute in superposition: under a loss with a larger exponent there is room below naive, and the bound above does not apply. It does not show what larger or deeper networks do with noise in their residual streams. Intervals are over three to five seeds, each with its own weights, batches and mixing matrix; they say nothing about other sizes.`;
}
