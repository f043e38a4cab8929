/** The report of the study: text, figures and claims in their order. */
import { mean } from "../../numeric/statistics.ts";
import { claimsOn, textBlock } from "../blocks.ts";
import type { Claim } from "../claim.ts";
import type { Mode, Results, Section, TableBlock } from "../study.ts";
import { largeBlock, meansBlock, pairsBlock, spreadBlock, waysBlock } from "./figures.ts";
import type { WayName } from "./measures.ts";
import { large, smallNeurons } from "./plan.ts";
import { largeRecords, lessConstant, perNeuron, strictEpsilon, wayAt } from "./readings.ts";

const two = (value: number): string => value.toFixed(2);

/** The answer, from the counts. */
export function answer(results: Results, mode: Mode): string {
  const sizes = large[mode][0]!;
  const built = mean(largeRecords(results, sizes).map((record) => perNeuron(lessConstant(record))));
  const widest = smallNeurons.at(-1)!;
  const trained = mean(wayAt(results, "trained", widest).map((record) => perNeuron(record)));
  const says = (count: number) => `${two(count)} ANDs a neuron`;
  const verdict = built > 1 && trained > 1 ? "Yes, in the strict sense" : "Not at these sizes";
  return `${verdict}: within ε = ${strictEpsilon} at every input with two features on, ${sizes.neurons} random neurons over ${sizes.features} features have ${says(built)}, and ${widest} trained ones over 20 features ${says(trained)}. Below ε = ¼ no affine function has even one.`;
}

/** The numbers of the answer: the small networks. */
export function overview(results: Results): Pick<TableBlock, "columns" | "rows"> {
  const ways: readonly WayName[] = ["random subsets", "least squares", "trained"];
  return {
    columns: ["20 features", "neurons", "mean square", "largest error", `within ${strictEpsilon} per neuron`],
    rows: ways.flatMap((way) =>
      smallNeurons.map((neurons) => {
        const records = wayAt(results, way, neurons);
        return [
          way,
          neurons,
          mean(records.map(({ meanSquare }) => meanSquare)),
          mean(records.map(({ worst }) => Math.max(...worst))),
          mean(records.map((record) => perNeuron(record))),
        ];
      }),
    ),
  };
}

const construction = `Every neuron reads a random subset of the features, each with probability q, and has the bias −1: \`a = relu(W x − 1)\`. Features are 0 or 1, s of them on. The AND of two features is read as the mean of a over the neurons that read both. With both on such a neuron sees at least 2 and says at least 1; with one on it says nothing, unless it happens to read another feature that is on. Those accidents are the error. Its means follow from q and s alone: \`(s − 2) q\`, \`(s − 1) q\` and \`s q − 1 + (1 − q)^s\`, proved in docs/theory/universal-and.md. They do not contain the number of neurons: more neurons average more accidents, and leave the mean of them.`;

const count = `Computation in superposition, in the strict sense, is more computations than nonlinearities. What counts as a computation depends on the error ε that is allowed, so the figures show all of it. Two facts set the scale. The largest error of a pair over all inputs is known without enumeration: it is that of an input with one of its features on, the sum of the s − 1 largest shares of the pair's readers that another feature has. And from ε = ¼ on there is nothing to count: \`½ (x_i + x_j) − ¼\` has every AND within ¼ without a nonlinearity, and no affine function does better. No error of a pair with readers is negative, so a constant taken from the read-off halves the largest.`;

const waysText = `The same task for networks that learn: 190 ANDs of 20 features, all weights and biases trained on the fourth power of the error. Beside them stand the construction with as many neurons and its two read-offs: plain means, and the linear read-off with a constant that has the least squared error over all inputs. Least squares weighs inputs as they come, and in almost all of them a pair is off, so it answers too little where both are on: its squared error is smaller and its largest error need not be.`;

const limits = `Exactly s features are on, values are 0 or 1, and features are read directly, not out of a superposition of their own. The sizes are those of toy models: the theorem is about the growth of n, which a few sizes cannot show. Trained networks here have one recipe, chosen once; how few neurons suffice is not asked. All worst cases are exact, by formula for the construction and by going through all inputs for the small networks; nothing is extrapolated from samples.`;

/** The sections. */
export function sectionsOf(results: Results, claims: readonly Claim[], mode: Mode): readonly Section[] {
  return [
    {
      title: "Random subsets",
      blocks: [
        textBlock(construction),
        meansBlock(results, mode),
        spreadBlock(results, mode),
        claimsOn(claims, /^(mean|fixed|shrinking)-/),
      ],
    },
    {
      title: "How many ANDs within ε",
      blocks: [
        textBlock(count),
        largeBlock(results, mode),
        claimsOn(claims, /^(worst-case-formula|affine|xor|strict-\d+)$/),
      ],
    },
    {
      title: "The same task, trained",
      blocks: [
        textBlock(waysText),
        { kind: "table", title: "Means over seeds.", ...overview(results), tasks: [] },
        waysBlock(results),
        pairsBlock(results),
        claimsOn(claims, /^(least-squares|trained-worst|strict-trained)$/),
      ],
    },
    { title: "What this does not show", blocks: [textBlock(limits)] },
  ];
}
