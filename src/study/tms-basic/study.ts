/**
 * Superposition over sparsity, after the first figures of Elhage et al. 2022 (arXiv 2209.10652): linear models keep the
 * most important features, models with ReLU outputs put sparse features into superposition.
 */
import { claimsBlock, claimsOn, textBlock } from "../blocks.ts";
import type { Study } from "../study.ts";
import { tiedWeights } from "../tied-weights.ts";
import { claimsOf } from "./claims.ts";
import { normsBlock, planeBlock, productsBlock, shapesTable } from "./figures.ts";
import { plan } from "./plan.ts";
import * as story from "./story.ts";

/** `tms-basic` */
export const tmsBasic: Study = {
  name: "tms-basic",
  title: "Toy models of superposition: what is represented over sparsity",
  question: "When does a network represent more features than it has dimensions?",
  sources: [
    "Elhage et al. 2022, *Toy Models of Superposition*, [arXiv 2209.10652](https://arxiv.org/abs/2209.10652)",
  ],
  plan,
  measures: { weights: (models) => models.map(tiedWeights) },
  conclude: (results, mode) => {
    const claims = claimsOf(results, mode);
    return {
      answer: story.answer(results, mode),
      table: story.overview(results, mode),
      claims,
      sections: [
        { title: "The model", blocks: [textBlock(story.introduction)] },
        {
          title: "Over sparsity",
          blocks: [
            textBlock(story.sparsityText),
            normsBlock(results, "small", mode),
            productsBlock(results, mode),
            normsBlock(results, "large", mode),
            claimsOn(claims, /^(small|large)-/),
          ],
        },
        {
          title: "In a plane",
          blocks: [
            textBlock(story.planeText),
            planeBlock(results, mode),
            shapesTable(results, mode),
            claimsOn(claims, /^plane-/),
          ],
        },
        { title: "All claims at a glance", blocks: [claimsBlock(claims)] },
        { title: "What this does not show", blocks: [textBlock(story.limits)] },
      ],
    };
  },
};
