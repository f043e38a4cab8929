/**
 * The residual networks of Braun et al. 2025 (arXiv 2501.14926) in one, two and three layers: what they answer, with which
 * neurons, how they fold, and how near they come to the bound of all their neurons together.
 */
import { claimsBlock, claimsOn, textBlock as text } from "../blocks.ts";
import type { Claim } from "../claim.ts";
import type { Mode, Results, Section, Study } from "../study.ts";
import { claimsOf } from "./claims.ts";
import * as figures from "./figures.ts";
import { plan } from "./plan.ts";
import { measureResidual } from "./record.ts";
import * as story from "./story.ts";

/** `residual-mlp` */
export const residualMlp: Study = {
  name: "residual-mlp",
  title: "Residual networks: do layers help fifty neurons?",
  question: "What do residual networks of one, two and three layers compute of 100 ReLUs with fifty neurons?",
  sources: [
    "Braun, Bushnaq, Heimersheim, Mendel & Sharkey 2025, *Interpretability in Parameter Space: Attribution-based Parameter Decomposition*, [arXiv 2501.14926](https://arxiv.org/abs/2501.14926)",
    "Bhagat, Molas-Medina, Giglemiani & Heimersheim 2026, *Compressed Computation is (probably) not Computation in Superposition*, [arXiv 2606.14673](https://arxiv.org/abs/2606.14673)",
  ],
  plan,
  measures: { residual: measureResidual },
  conclude: (results, mode) => {
    const claims = claimsOf(results);
    return {
      answer: story.answer(results),
      table: figures.overview(results),
      claims,
      sections: sectionsOf(results, claims, mode),
    };
  },
};

function sectionsOf(results: Results, claims: readonly Claim[], mode: Mode): readonly Section[] {
  return [
    {
      title: "The question",
      blocks: [
        text(story.introduction),
        figures.responsesBlock(results),
        figures.numbersTable(results),
        claimsOn(claims, /^(response|answered|loss)$/),
      ],
    },
    {
      title: "The same errors without a stream",
      blocks: [text(story.foldingText), claimsOn(claims, /^folding/)],
    },
    {
      title: "One bound for any number of layers",
      blocks: [
        text(story.boundText),
        figures.lossesBlock(results),
        figures.activeBlock(results),
        claimsOn(claims, /^(above-bound|beats-monosemantic|below-bound)/),
      ],
    },
    {
      title: "Odd and even parts",
      blocks: [
        text(story.partsText),
        figures.partsBlock(results),
        text(story.linearityText(results)),
        claimsOn(claims, /^(below-parts|odd-)/),
      ],
    },
    {
      title: "Whose neurons",
      blocks: [
        figures.signalsBlock(results),
        text(story.neuronsText),
        figures.contributionsBlock(results, "1x50"),
        figures.contributionsBlock(results, "3x17"),
        figures.silencingBlock(results),
        text(story.silencingText(results)),
        claimsOn(claims, /scrubbed/),
      ],
    },
    { title: "All claims at a glance", blocks: [claimsBlock(claims)] },
    { title: "What this does not show", blocks: [text(story.limits(mode))] },
  ];
}
