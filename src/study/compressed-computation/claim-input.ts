/** What all claims of the study share: sources, tolerances and the naive loss. */

export const paper = "Bhagat et al. 2026 (arXiv 2606.14673)";
export const splitPage = "derived: docs/theory/odd-even-split.md";
export const boundPage = "derived: docs/theory/rank-bound.md";

/** Published losses have three or four digits and vary by about .001 over draws of M. */
export const lossTolerance = 0.0015;

/** (n − h)/(6n): 50 of 100 features computed exactly, 50 ignored. */
export const naiveLoss = 1 / 12;
/** Either part of it. */
export const naivePart = naiveLoss / 2;

/** The kinds of labels with a mixing matrix. */
export const mixedKinds = ["embedding", "published-sign", "symmetric", "asymmetric"] as const;

/** With a capital letter, to begin a sentence. */
export const capital = (word: string): string => word[0]!.toUpperCase() + word.slice(1);
