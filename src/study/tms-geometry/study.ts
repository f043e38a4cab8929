/**
 * The geometry of superposition, after Elhage et al. 2022 (arXiv 2209.10652): dimensions per feature stick at ½, features form
 * regular polytopes, and what comes together stays apart.
 */
import { claimsBlock, claimsOn, textBlock } from "../blocks.ts";
import type { Study } from "../study.ts";
import { tiedWeights } from "../tied-weights.ts";
import { claimsOf, recipesOf } from "./claims.ts";
import { basesBlock, jumpBlock, levelsBlock, pairsBlock, polytopesTable } from "./figures.ts";
import { measureLevel } from "./level.ts";
import { plan } from "./plan.ts";
import * as story from "./story.ts";

/** `tms-geometry` */
export const tmsGeometry: Study = {
  name: "tms-geometry",
  title: "Toy models of superposition: the geometry of features",
  question: "Which arrangements do features in superposition take?",
  sources: [
    "Elhage et al. 2022, *Toy Models of Superposition*, [arXiv 2209.10652](https://arxiv.org/abs/2209.10652)",
    "Scherlis et al. 2022, *Polysemanticity and Capacity in Neural Networks*, [arXiv 2210.01892](https://arxiv.org/abs/2210.01892)",
  ],
  plan,
  measures: { level: measureLevel, weights: (models) => models.map(tiedWeights) },
  conclude: (results, mode) => {
    const claims = claimsOf(results, mode);
    return {
      answer: story.answer(results, mode),
      table: story.overview(results, mode),
      claims,
      sections: [
        { title: "Dimensions per feature", blocks: [textBlock(story.introduction)] },
        {
          title: "Over sparsity",
          blocks: [
            textBlock(story.levelsText),
            ...recipesOf(mode).map(([recipe]) => levelsBlock(results, mode, recipe)),
            polytopesTable(results, mode),
            claimsOn(claims, /^(short|published|polytope)-/),
          ],
        },
        {
          title: "From a pentagon to pairs",
          blocks: [textBlock(story.jumpText), jumpBlock(results, mode), claimsOn(claims, /^jump-/)],
        },
        {
          title: "Features that come together",
          blocks: [
            textBlock(story.pairsText),
            pairsBlock(results, mode),
            basesBlock(results),
            claimsOn(claims, /^(pairs|bases)-/),
          ],
        },
        { title: "All claims at a glance", blocks: [claimsBlock(claims)] },
        { title: "What this does not show", blocks: [textBlock(story.limits)] },
      ],
    };
  },
};
