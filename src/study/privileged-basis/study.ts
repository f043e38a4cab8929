/** How many features does a neuron serve? ReLU-hidden toy models of Elhage et al. 2022 (arXiv 2209.10652) over sparsity. */
import { claimsBlock, claimsOn, textBlock as text } from "../blocks.ts";
import type { Study } from "../study.ts";
import { bestBasis } from "./best-basis.ts";
import { claimsOf } from "./claims.ts";
import { countsBlock, overview, stacksBlock } from "./figures.ts";
import { often, plan, rarely, sometimes, study } from "./plan.ts";
import * as story from "./story.ts";

/** `privileged-basis` */
export const privilegedBasis: Study = {
  name: study,
  title: "Superposition in a privileged basis",
  question: "How many features does a hidden ReLU neuron serve as features become sparse?",
  sources: [
    "Elhage et al. 2022, *Toy Models of Superposition*, [arXiv 2209.10652](https://arxiv.org/abs/2209.10652)",
  ],
  plan,
  measures: { bestBasis },
  conclude: (results, mode) => {
    const claims = claimsOf(results);
    return {
      answer: story.answer(results),
      table: overview(results, mode),
      claims,
      sections: [
        { title: "The question", blocks: [text(story.introduction)] },
        {
          title: "Features per neuron",
          blocks: [
            text(story.countsText),
            countsBlock(results, mode),
            stacksBlock(results, "relu", often),
            stacksBlock(results, "linear", often),
            stacksBlock(results, "relu", rarely),
            claimsOn(claims, /^(relu|linear|sparse)/),
          ],
        },
        {
          title: "A penalty on activations",
          blocks: [
            text(story.penaltyText),
            stacksBlock(results, "relu", sometimes),
            stacksBlock(results, "l1", sometimes),
            claimsOn(claims, /^l1/),
          ],
        },
        { title: "All claims at a glance", blocks: [claimsBlock(claims)] },
        { title: "What this does not show", blocks: [text(story.limits)] },
      ],
    };
  },
};
