/** What a verdict means in one sentence, and what would change it. */
import { say } from "./evidence.ts";
import {
  isAlike,
  isAsGoodAsNaive,
  isBelowClean,
  isBetterThanNaive,
  isCode,
  isCrowded,
  isIdle,
  isSuperposed,
  isUnequal,
  auditThresholds as t,
  type Verdict,
  type VerdictNumbers,
} from "./verdict.ts";

/** Why the numbers give their verdict. */
export function summaryOf(verdict: Verdict, numbers: VerdictNumbers): string {
  const { answered, neurons, features, loss, baseline, naive } = numbers;
  switch (verdict) {
    case "superposed code (CiS)":
      return `It ${isSuperposed(numbers) ? `computes ${numbers.computed}` : `answers ${answered}`} features with ${neurons} neurons${isAlike(numbers) ? ", all alike," : ""} at a loss of ${say(numbers.clean.loss)} on clean labels where ${neurons} dedicated neurons have ${say(numbers.clean.baseline)}: this is computation in superposition.`;
    case "explained by label mixing":
      return `Its loss of ${say(loss)} is below the baseline's ${say(baseline)} only because the labels are mixed by M; on clean labels it has at best ${say(numbers.clean.loss)} against ${say(numbers.clean.baseline)}. It regresses on M, and computes no more than dedicated neurons would.`;
    case "dense":
      return `It answers no more features than it has neurons (${answered} with ${neurons}), and its loss of ${say(loss)} is below naive's ${say(naive)} because many features are active at a time: the rest is answered by leaks, not computed.`;
    case "dedicated neurons":
      return `Its loss of ${say(loss)} is what ${neurons} neurons have that compute one feature each (${say(naive)}), and features fare as unequally: some are computed, the rest of the ${features} ignored. Nothing is left to explain by superposition.`;
    case "inconclusive":
      return inconclusive(numbers);
  }
}

function inconclusive(numbers: VerdictNumbers): string {
  const { loss, zero, naive, answered, neurons } = numbers;
  if (neurons === 0) return "All neurons are dead: the network does nothing.";
  if (isIdle(numbers)) {
    return `It hardly does what is asked: a loss of ${say(loss)}, where ignoring everything has ${say(zero)} and dedicated neurons ${say(naive)}. Untrained weights look like this, and so do weights that were trained for something else.`;
  }
  if (isCrowded(numbers) && isBelowClean(numbers)) {
    return `Its loss is below the baseline on clean labels, but its features are not those of a code: coherence ${say(numbers.coherence)}, spread ${say(numbers.variation)}, ${numbers.computed} of them computed.`;
  }
  if (isCrowded(numbers)) {
    return `It answers ${answered} features with ${neurons} neurons, but its loss of ${say(loss)} is no better than that of dedicated neurons, ${say(naive)}: by this loss there is no advantage to explain.`;
  }
  return `It answers ${answered} features with ${neurons} neurons, at a loss of ${say(loss)} where dedicated neurons have ${say(naive)}: none of the explanations fits.`;
}

/**
 * What other numbers would have given another verdict.
 * @param other the verdict of the same weights at another exponent, where it was looked for
 */
export function changesOf(
  verdict: Verdict,
  numbers: VerdictNumbers,
  other: { readonly exponent: number; readonly verdict: Verdict } | null,
): readonly string[] {
  const elsewhere =
    other === null || other.verdict === verdict
      ? []
      : [
          `Asked with loss.exponent=${other.exponent}, the same weights are judged “${other.verdict}”. Say which loss they were trained for.`,
        ];
  return [...elsewhere, ...ownChanges(verdict, numbers)];
}

function ownChanges(verdict: Verdict, numbers: VerdictNumbers): readonly string[] {
  const { clean, exponent, variation, coherence, neurons } = numbers;
  switch (verdict) {
    case "superposed code (CiS)":
      return [
        `A loss on clean labels above ${say(t.below * clean.baseline)} would take the advantage away; it is ${say(clean.loss)}.`,
        `Fewer than ${say(Math.ceil(t.crowded * neurons))} features computed would make it inconclusive, were their coherence not below ${t.coherence} and their spread below ${t.variation}; they are ${numbers.computed}, ${say(coherence)} and ${say(variation)}.`,
      ];
    case "explained by label mixing":
      return [
        `A loss below ${say(t.below * clean.baseline)} on clean labels would speak for a code; at best it is ${say(clean.loss)}.`,
        ...(exponent === 2
          ? [
              "Under squared error no network of this width can have that with one active feature: a higher exponent can reward a code.",
            ]
          : []),
      ];
    case "dense":
      return [
        "Trained and audited at a lower p, where features seldom meet, leaks lose their use: data.p=0.01.",
        `More than ${say(t.crowded * neurons)} answered features would ask for another explanation.`,
      ];
    case "dedicated neurons":
      return [
        `A loss below ${say(t.leaking * numbers.naive)} would ask for another explanation.`,
        ...(exponent <= 2
          ? [
              "Up to exponent 2 no network does better on clean labels with one active feature: train with loss.exponent=4.",
            ]
          : []),
      ];
    case "inconclusive":
      return inconclusiveChanges(numbers);
  }
}

function inconclusiveChanges(numbers: VerdictNumbers): readonly string[] {
  const { zero, naive, clean, loss } = numbers;
  if (isIdle(numbers)) {
    const most = zero - t.idle * (zero - naive);
    return [
      `Trained weights: a loss below ${say(most)} would show that the network does what is asked.`,
      "Other labels, inputs or exponent, if these are not those of the training: write them as key=value.",
    ];
  }
  if (isCrowded(numbers) && isBelowClean(numbers)) {
    return isCode(numbers)
      ? []
      : [
          `A coherence below ${t.coherence} with a spread below ${t.variation}, or ${say(Math.ceil(t.crowded * numbers.neurons))} features computed, would speak for a code.`,
        ];
  }
  const unequal = isUnequal(numbers)
    ? []
    : ["Features that fare unequally would speak for dedicated neurons."];
  const asGood = isAsGoodAsNaive(numbers) || isBetterThanNaive(numbers);
  return [
    `A loss on clean labels below ${say(t.below * clean.baseline)} would speak for a code, if features are alike and apart; at best it is ${say(clean.loss)}.`,
    ...(asGood ? [] : [`A loss near ${say(naive)} would speak for dedicated neurons; it is ${say(loss)}.`]),
    ...unequal,
  ];
}
