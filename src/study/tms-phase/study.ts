/**
 * When does a feature share a dimension? The phase diagrams of Elhage et al. 2022 (arXiv 2209.10652), trained, beside the
 * exact losses of networks built by hand.
 */
import { claimsBlock, claimsOn, textBlock as text } from "../blocks.ts";
import type { Study } from "../study.ts";
import { claimsOf } from "./claims.ts";
import { overview, phaseBlock } from "./figures.ts";
import { placements } from "./placements.ts";
import { plan, study } from "./plan.ts";
import * as story from "./story.ts";

/** `tms-phase` */
export const tmsPhase: Study = {
  name: study,
  title: "Ignored, shared or alone: a phase diagram",
  question: "When does a network with one dimension too few let two features share one?",
  sources: [
    "Elhage et al. 2022, *Toy Models of Superposition*, [arXiv 2209.10652](https://arxiv.org/abs/2209.10652)",
  ],
  plan,
  measures: { placements },
  conclude: (results, mode) => {
    const claims = claimsOf(results);
    return {
      answer: story.answer(results, mode),
      table: overview(results),
      claims,
      sections: [
        { title: "The question", blocks: [text(story.introduction)] },
        {
          title: "Two diagrams",
          blocks: [
            text(story.builtText),
            phaseBlock(results, 2, mode),
            phaseBlock(results, 3, mode),
            text(story.diagramText(results, mode)),
            claimsOn(claims, /^(boundary|equal)/),
          ],
        },
        {
          title: "Trained networks share longer",
          blocks: [text(story.crossingText), claimsOn(claims, /^(crossing|trained)/)],
        },
        { title: "All claims at a glance", blocks: [claimsBlock(claims)] },
        { title: "What this does not show", blocks: [text(story.limits(mode))] },
      ],
    };
  },
};
