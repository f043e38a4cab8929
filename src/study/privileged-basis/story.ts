/** The text of the report; sentences about results are made from the results. */
import { mean } from "../../numeric/statistics.ts";
import type { Results } from "../study.ts";
import { featuresPerNeuron } from "./claims.ts";
import { type Layer, often, rarely, sometimes } from "./plan.ts";

/** The answer of the study. */
export function answer(results: Results): string {
  const of = (layer: Layer, p: number) => mean(featuresPerNeuron(results, layer, p)).toFixed(1);
  return `A ReLU on the hidden layer makes its neurons special directions. At p = ${often} each neuron has ${of("relu", often)} features, where a linear layer has ${of("linear", often)}; at p = ${rarely} it has ${of("relu", rarely)}. An L1 penalty on activations takes neurons from ${of("relu", sometimes)} back to ${of("l1", sometimes)} features at p = ${sometimes}, at the price of the loss.`;
}

export const introduction = `In a linear hidden layer every rotation of the weights gives the same network, so single neurons mean nothing. A ReLU breaks that: the neurons' own directions are now different from others, a *privileged basis*. Then it makes sense to ask how many features a neuron serves. Elhage et al. 2022 train \`ŷ = relu(Wᵀ relu(W x) + b)\` with 10 features and 5 neurons and find neurons for one feature each that become polysemantic as features become sparse.`;

export const countsText = `Training such a network ends in different places, so the best of several starts is taken, three times. Where every feature is always active (p = 1) inputs vary around their means only, few ReLUs are ever at 0, and the layer is nearly linear: there the basis means little for the ReLU too.`;

export const penaltyText = `A penalty on activations pays for neurons that are at 0 most of the time. A polysemantic neuron is active for each of its features, and features of negative weights cost nothing by themselves, but their answers are written by other active neurons. With the penalty fewer features are represented, most in a neuron of their own.`;

export const limits = `Counts depend on the share from which a weight counts, a tenth of the neuron's largest square. One strength of the penalty is shown. The best of a few starts need not be the best there is: at sparse inputs losses of starts differ by a factor of two and more, and counts with them.`;
