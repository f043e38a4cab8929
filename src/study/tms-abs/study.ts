/** Absolute values by fewer neurons than they take: Elhage et al. 2022 (arXiv 2209.10652), "Computation in superposition". */
import { claimsBlock, claimsOn, textBlock as text } from "../blocks.ts";
import type { Study } from "../study.ts";
import { claimsOf } from "./claims.ts";
import * as figures from "./figures.ts";
import { motifs, pairs, wide } from "./measures.ts";
import { dense, plan, sparse, study } from "./plan.ts";
import * as story from "./story.ts";

/** `tms-abs` */
export const tmsAbs: Study = {
  name: study,
  title: "Absolute values: neurons for several features at once",
  question: "Do ReLU neurons compute absolute values for several features at once?",
  sources: [
    "Elhage et al. 2022, *Toy Models of Superposition*, [arXiv 2209.10652](https://arxiv.org/abs/2209.10652)",
    "Hänni et al. 2024, *Mathematical Models of Computation in Superposition*, [arXiv 2408.05451](https://arxiv.org/abs/2408.05451)",
  ],
  plan,
  measures: { pairs, motifs, wide },
  conclude: (results, mode) => {
    const claims = claimsOf(results, mode);
    return {
      answer: story.answer(results),
      table: figures.overview(results, mode),
      claims,
      sections: [
        { title: "The question", blocks: [text(story.introduction)] },
        {
          title: "Pairs of neurons",
          blocks: [text(story.pairsText(results)), figures.pairsBlock(results), claimsOn(claims, /^pairs/)],
        },
        {
          title: "Asymmetric superposition and inhibition",
          blocks: [
            text(story.motifText),
            figures.motifBlock(results),
            figures.smallStacksBlock(results),
            figures.motifTable(results, mode),
            text(story.motifConclusion(results)),
            claimsOn(claims, /^motif/),
          ],
        },
        {
          title: "From one feature a neuron to many",
          blocks: [
            text(story.wideText),
            figures.wideStacksBlock(results, dense, "dense"),
            figures.wideStacksBlock(results, sparse, "sparse"),
            claimsOn(claims, /^(dense|sparse)/),
          ],
        },
        {
          title: "What the strict definition says",
          blocks: [text(story.strictText), claimsOn(claims, /^strict/)],
        },
        { title: "All claims at a glance", blocks: [claimsBlock(claims)] },
        { title: "What this does not show", blocks: [text(story.limits)] },
      ],
    };
  },
};
