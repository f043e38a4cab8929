/** The report's sections in their order: text, figures, tables and the claims that each is about. */
import { claimsBlock, claimsOn as claimsMatching, textBlock as text } from "../blocks.ts";
import type { Claim } from "../claim.ts";
import type { Mode, Results, Section } from "../study.ts";
import * as losses from "./loss-figures.ts";
import { oddEvenBlock, splitTable } from "./split-figure.ts";
import * as story from "./story.ts";
import { labelKindsBlock, semiNmfBlock, variantsBlock } from "./variant-figures.ts";
import * as weights from "./weight-figures.ts";

/** The sections. @param claims every claim of the study, judged */
export function sectionsOf(results: Results, claims: readonly Claim[], mode: Mode): readonly Section[] {
  const claimsOn = (pattern: RegExp) => claimsMatching(claims, pattern);
  return [
    {
      title: "The question",
      blocks: [text(story.introduction), weights.oneHotBlock(results)],
    },
    {
      title: "The gain comes with the labels",
      blocks: [
        text(story.labelsText),
        labelKindsBlock(results),
        text(story.labelsConclusion(results)),
        losses.trainingBlock(results),
        claimsOn(/^(clean|embedding|published-sign|symmetric|asymmetric)-loss$/),
      ],
    },
    {
      title: "How much noise is best",
      blocks: [
        text(story.sweepText),
        losses.sweepBlock(results, mode),
        losses.learnedBlock(results),
        claimsOn(/-(minimum|crossing|learned)/),
      ],
    },
    {
      title: "Where the noise comes from",
      blocks: [
        text(story.variantsText),
        variantsBlock(results, mode),
        claimsOn(/^(original|no-bypass|pseudoinverse|no-embedding|noise-bypass)-loss$/),
      ],
    },
    {
      title: "The mechanism: two parts without a cross term",
      blocks: [
        text(story.splitText),
        oddEvenBlock(results),
        splitTable(results),
        text(story.splitConclusion(results)),
        claimsOn(/-(linear|even)(-bound|-exactly-one)?$|^even-part/),
      ],
    },
    {
      title: "What the weights do",
      blocks: [
        text(story.weightsText),
        weights.projectionBlock(results),
        weights.spectrumBlock(results),
        weights.linearMapBlock(results),
        text(story.slopeText(claims)),
        weights.matricesBlock(results),
        weights.responsesBlock(results),
        text(story.sharesText),
        weights.weightBarsBlock(results, "clean", "feature"),
        weights.weightBarsBlock(results, "symmetric", "feature"),
        weights.weightBarsBlock(results, "symmetric", "neuron"),
        claimsOn(/^(alignment|linear-map|input-weights)/),
      ],
    },
    {
      title: "Labels changed under a trained network",
      blocks: [text(story.transplantText), losses.transplantBlock(results), claimsOn(/^transplant/)],
    },
    {
      title: "Sparse and dense inputs",
      blocks: [
        losses.labelsOverPBlock(results),
        ...(mode === "full"
          ? [text(story.densityText), losses.densityBlock(results), losses.densityGridBlock(results)]
          : []),
        claimsOn(/^(family|density)/),
      ],
    },
    {
      title: "Without training",
      blocks: [
        text(story.withoutTrainingText),
        semiNmfBlock(results),
        claimsOn(/^(semi-nmf|offset)/),
        ...(mode === "full" ? [text(story.rankText), losses.rankBlock(results)] : []),
      ],
    },
    {
      title: "No network can do better on clean labels",
      blocks: [text(story.boundText), claimsOn(/^(clean-at-bound|below-bound)$/)],
    },
    { title: "All claims at a glance", blocks: [claimsBlock(claims)] },
    { title: "What this does not show", blocks: [text(story.limits(mode))] },
  ];
}
