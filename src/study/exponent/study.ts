/** Which losses |ŷ − y|^q reward computation in superposition? Training over the exponent, beside what is proved. */
import { claimsBlock, claimsOn as claimsMatching, textBlock as text } from "../blocks.ts";
import type { Claim } from "../claim.ts";
import type { Mode, Results, Section, Study } from "../study.ts";
import { claimsOf } from "./claims.ts";
import { exponentTable, meanBlock, shareBlock, variationBlock } from "./figures.ts";
import { plan } from "./plan.ts";
import * as story from "./story.ts";

/** `exponent` */
export const exponent: Study = {
  name: "exponent",
  title: "Which exponents reward a code",
  question: "Which losses |ŷ − y|^q can reward computation in superposition at all?",
  sources: [
    "da Silva & Heimersheim 2026, *Compressed Computation under L⁴ Loss is likely Computation in Superposition*, [arXiv 2607.04800](https://arxiv.org/abs/2607.04800)",
    "Braun et al. 2025, *Attribution-based Parameter Decomposition*, [arXiv 2501.14926](https://arxiv.org/abs/2501.14926)",
  ],
  plan,
  conclude: (results, mode) => {
    const claims = claimsOf(results, mode);
    const { columns, rows } = exponentTable(results, mode);
    return {
      answer: story.answer(results, mode),
      table: { columns, rows },
      claims,
      sections: sectionsOf(results, claims, mode),
    };
  },
};

function sectionsOf(results: Results, claims: readonly Claim[], mode: Mode): readonly Section[] {
  const claimsOn = (pattern: RegExp) => claimsMatching(claims, pattern);
  return [
    { title: "The question", blocks: [text(story.introduction)] },
    {
      title: "What can be won",
      blocks: [text(story.proofText), shareBlock(results, mode), claimsOn(/^(least|below|above)-/)],
    },
    {
      title: "Which networks are codes",
      blocks: [
        text(story.spreadText),
        variationBlock(results, mode),
        meanBlock(results, mode),
        text(story.spreadConclusion(results)),
        exponentTable(results, mode),
        claimsOn(/^(code|short)-/),
      ],
    },
    {
      title: "Embedded features",
      blocks: [text(story.embeddingText), claimsOn(/^embedded-/)],
    },
    { title: "All claims at a glance", blocks: [claimsBlock(claims)] },
    { title: "What this does not show", blocks: [text(story.limits(mode))] },
  ];
}
