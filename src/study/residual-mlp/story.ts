/** The text of the report. Sentences about results are made from the results. */
import { estimate } from "../evidence.ts";
import type { Mode, Results } from "../study.ts";
import { monosemanticLoss } from "./claims.ts";
import { networks } from "./plan.ts";
import type { ResidualRecord } from "./record.ts";

const digits = (value: number): string => value.toFixed(4).replace(/^0/, "");
const meanOf = (results: Results, key: string, of: (record: ResidualRecord) => number): number =>
  estimate(results.measuredGroup<ResidualRecord>(key).map(of)).mean;

/** The answer of the study. */
export function answer(results: Results): string {
  const all = networks.flatMap(({ key }) => results.measuredGroup<ResidualRecord>(key));
  const winners = all.filter(
    ({ loss, neurons }) => loss.lossPerP < monosemanticLoss(neurons) - 3 * loss.stderr,
  );
  const better = winners.filter(({ exactlyOne, neurons }) => exactlyOne.even < monosemanticLoss(neurons) / 2);
  const losses = networks.map(({ key, title }) => {
    return `${title}: ${digits(meanOf(results, key, ({ loss }) => loss.lossPerP))}`;
  });
  const seen = `${winners.length} of ${all.length} residual networks have a loss below that of monosemantic neurons (${losses.join(", ")}, against ${digits(monosemanticLoss(50))})`;
  if (better.length > 0) {
    return `${seen}; ${better.length} of them answer the nonlinearity of single features better than monosemantic neurons, which the bounds exclude: look at those first.`;
  }
  const gaps = networks.map(({ key }) => {
    return `${Math.round(100 * meanOf(results, key, ({ loss, bound }) => loss.lossPerP / bound.lossPerP - 1))} %`;
  });
  return `${seen}, and none of them answers the nonlinearity of single features better. The least that they can have counts the neurons of all layers together; in one, two and three layers the losses are ${gaps.join(", ")} above it.`;
}

export const introduction = `Braun et al. 2025 train a residual network to add to each of 100 features its ReLU. The features are embedded in a stream of width 1000, \`r = E x\`; one, two or three layers of ReLU neurons, about fifty in all, read the stream and add to it; the output is \`Eᵀ r\`, and asked for is \`x + relu(x)\`. The stream brings x by itself, so the neurons are there for the ReLUs: a hundred of them, from fifty. *Monosemantic* neurons would compute fifty and pass the other features by. The trained networks answer them all, by about a half. This report repeats their measurements, and asks what changes when the neurons are spread over layers.`;

export const foldingText = `Only the error counts for training, and the stream brings \`EᵀE x\` where x is asked for. So a network of one layer makes the errors of a small one without a stream: \`W_out' relu(W_in' x)\` with \`W_in' = W_in E\` and \`W_out' = Eᵀ W_out\`, asked for \`relu(x) + M x\` with \`M = I − EᵀE\`. The study of compressed computation is about that M. With several layers a third matrix stays, what neurons write for those of later layers; embedding and bypass fold into M all the same. The claims follow each trained network through its stream and compare its errors with those of the folded one.`;

export const boundText = `What the neurons add to the output lies in the span of the columns of \`Eᵀ W_out\`, those of all layers together: at most as many dimensions as there are neurons, whatever the layers tell each other. Hence one lower bound for one, two and three layers, the tail of the eigenvalues of the labels' second moment (docs/theory/rank-bound.md). What layers can change is how near a network comes to it.`;

export const partsText = `For x and −x every error has an odd and an even part without a cross term. In one layer of bias-free ReLUs the odd part is linear, \`½ W_out W_in x\`; with a second layer it is not, since that meets the ReLUs of the first. Both parts have bounds that hold for any number of layers (docs/theory/odd-even-split.md). The bound of the even part is what monosemantic neurons have. So no such network, however deep, answers the nonlinearity of single features better than they do; what it gains lies in the odd part, where M is.`;

/** How far from linear the odd parts are. */
export function linearityText(results: Results): string {
  const shares = networks.map(({ key, title }) => {
    return `${title}: ${meanOf(results, key, (record) => record.oddInteraction).toPrecision(2)}`;
  });
  return `Share of the odd part of the outputs to pairs of features that is not the sum of those to single ones: ${shares.join("; ")}. It is what layers can use beyond a linear regression.`;
}

export const neuronsText = `Which neurons make up the answer to a feature? The terms \`W_out[i, k] · W_in[k, i]\` say it. A neuron *works for* a feature when its term is at least a tenth of the largest. In the paper's test, components of a decomposition are silenced at random: *scrubbed* where those that work for the active features are spared, *anti-scrubbed* where it is those that are silenced. Here the same is done to single neurons. If features had neurons of their own, scrubbing would leave the output nearly as it is. A monosemantic network's distance to the same output is the measure of "nearly".`;

/** What silencing shows. */
export function silencingText(results: Results): string {
  const of = (name: "scrubbed" | "antiScrubbed" | "monosemantic") =>
    digits(meanOf(results, "1x50", ({ silencing }) => silencing[name].lossPerP));
  const count = meanOf(results, "1x50", ({ silencing }) => silencing.neuronsPerFeature);
  return `In one layer a feature has ${count.toFixed(1)} neurons on average. Scrubbed, the output moves by ${of("scrubbed")}, anti-scrubbed by ${of("antiScrubbed")}; monosemantic neurons are off by ${of("monosemantic")}.`;
}

/** What the report does not show. */
export function limits(mode: Mode): string {
  const scale =
    mode === "quick"
      ? " The quick mode has three seeds and 200,000 inputs a loss, the full one five and a million; both train the whole recipe."
      : "";
  return `Neurons are silenced here, not the components that attribution-based decomposition finds: that training is not repeated, and a claim about its components that neurons fail says nothing against it. Depth is compared at one recipe; a bound that is not reached does not say that other training could not reach it. One-hot responses and the bounds of the two parts for one active feature are exact, losses at p = .01 are sampled. The share of the odd part that is not linear is of pairs at ±1, not of the training inputs.${scale}`;
}
