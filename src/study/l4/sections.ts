/** The report's sections in their order: text, figures and the claims that each is about. */
import { claimsBlock, claimsOn as claimsMatching, textBlock as text } from "../blocks.ts";
import type { Claim } from "../claim.ts";
import type { Mode, Results, Section } from "../study.ts";
import * as powers from "./power-figures.ts";
import * as story from "./story.ts";
import * as weights from "./weight-figures.ts";

/** The sections. @param claims every claim of the study, judged */
export function sectionsOf(results: Results, claims: readonly Claim[], mode: Mode): readonly Section[] {
  const claimsOn = (pattern: RegExp) => claimsMatching(claims, pattern);
  return [
    { title: "The question", blocks: [text(story.introduction), powers.answersBlock(results)] },
    {
      title: "The exponent decides",
      blocks: [
        text(story.exponentText),
        powers.variationBlock(results),
        powers.meanBlock(results),
        text(story.exponentConclusion(results)),
        claimsOn(/^(mean|variation)-|^half-learned$/),
      ],
    },
    {
      title: "How much is won",
      blocks: [
        text(story.lossText(results)),
        powers.powerBlock(results),
        claimsOn(/^(zero|naive|trained)-(loss|gain)$/),
      ],
    },
    {
      title: "The mechanism: a code over neurons",
      blocks: [
        text(story.codeText),
        weights.codewordsBlock(results),
        weights.weightBarsBlock(results),
        weights.coherenceBlock(results),
        claimsOn(/^(codewords|coherence|called)/),
      ],
    },
    {
      title: "The audit",
      blocks: [text(story.auditText), story.auditTable(results), claimsOn(/^audited/)],
    },
    {
      title: "The decoder: a pseudoinverse",
      blocks: [
        text(story.decoderText),
        weights.matricesBlock(results),
        weights.readOutBlock(results),
        claimsOn(/^(pseudoinverse|identity)/),
      ],
    },
    {
      title: "Codewords exchanged",
      blocks: [text(story.swapText), weights.swapBlock(results), claimsOn(/^swaps$/)],
    },
    {
      title: "Three numbers",
      blocks: [text(story.scalarText(results)), weights.comparisonBlock(results), claimsOn(/^three-scalars/)],
    },
    {
      title: "No network can do much better",
      blocks: [
        text(story.certificateText(results)),
        powers.certificateBlock(results),
        claimsOn(/certificate/),
      ],
    },
    {
      title: "Signal and noise",
      blocks: [text(story.noiseText), weights.signalBlock(results), powers.noiseBlock(results)],
    },
    {
      title: "Which loss is asked",
      blocks: [text(story.squaredText(results)), powers.squaredBlock(results), claimsOn(/^squared/)],
    },
    { title: "All claims at a glance", blocks: [claimsBlock(claims)] },
    { title: "What this does not show", blocks: [text(story.limits(mode))] },
  ];
}
