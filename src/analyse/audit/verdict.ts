/**
 * The rules of the verdict, on numbers alone.
 *
 * They follow the two papers that disagree only in what they ask: under squared error the advantage of compressed
 * computation comes from M in the labels (Bhagat et al. 2026, arXiv 2606.14673); under |ŷ − y|⁴ with clean labels it comes
 * from a code over neurons (da Silva & Heimersheim, arXiv 2607.04800). Why these rules and thresholds, and what they were
 * calibrated on: docs/decisions/audit-verdicts.md.
 */

/** What an audit can conclude. */
export type Verdict =
  | "dedicated neurons"
  | "dense"
  | "explained by label mixing"
  | "superposed code (CiS)"
  | "inconclusive";

/** The numbers that the rules read; losses per p at the exponent asked for, on the spec's inputs. */
export interface VerdictNumbers {
  readonly features: number;
  /** Live, distinct neurons. */
  readonly neurons: number;
  readonly exponent: number;
  readonly hasMixing: boolean;
  /** Features that are answered at all, and those computed; as `Answers` counts them. */
  readonly answered: number;
  readonly computed: number;
  readonly loss: number;
  /** Of ŷ = 0. */
  readonly zero: number;
  readonly naive: number;
  /** Of naive, or of naive with its best leak if that is less. */
  readonly baseline: number;
  /** On clean labels: the network's, as it is or with its outputs scaled for the best, and the baseline's. */
  readonly clean: { readonly loss: number; readonly baseline: number };
  /** The same for exactly one active feature. */
  readonly cleanOnce: { readonly loss: number; readonly baseline: number };
  /** Even part of the squared loss, and naive's. */
  readonly even: number;
  readonly naiveEven: number;
  /** Standard deviation over mean of the features' errors while positive. */
  readonly variation: number;
  readonly coherence: number;
}

/** Where the rules draw their lines. */
export const auditThresholds = {
  /** A network that lowers the loss of ŷ = 0 by less than this share of what naive does hardly does what is asked. */
  idle: 0.25,
  /** So many times as many answered features as neurons are more than neurons of their own could answer. */
  crowded: 1.2,
  /** A loss below this share of a baseline is below it. */
  below: 0.98,
  /** A loss below this share of naive's is better than dedicated neurons alone. */
  leaking: 0.95,
  /** A loss further above naive's than this share of the loss of ŷ = 0 is worse. */
  worse: 0.025,
  /** The most coherence and variation of a code; published. */
  coherence: 0.5,
  variation: 0.15,
  /** The least share of the variation of naive, √(h / (n − h)), that features of unequal fate have. */
  unequal: 0.5,
} as const;

const t = auditThresholds;

/** The verdict that the numbers give. */
export function verdictOf(numbers: VerdictNumbers): Verdict {
  if (isIdle(numbers)) return "inconclusive";
  if (!isCrowded(numbers)) return isBetterThanNaive(numbers) ? "dense" : dedicatedOrNot(numbers);
  if (isBelowClean(numbers)) return isCode(numbers) ? "superposed code (CiS)" : "inconclusive";
  if (isBelowByMixing(numbers)) return "explained by label mixing";
  return dedicatedOrNot(numbers);
}

/** Whether the network does next to nothing of what is asked. */
export const isIdle = ({ neurons, answered, loss, zero, naive }: VerdictNumbers): boolean =>
  neurons === 0 || answered === 0 || !(zero - loss > t.idle * (zero - naive));

/** Whether clearly more features are answered than there are nonlinearities. */
export const isCrowded = ({ answered, neurons }: VerdictNumbers): boolean => answered >= t.crowded * neurons;

/** Whether the loss is lower than that of neurons that each compute one feature. */
export const isBetterThanNaive = ({ loss, naive }: VerdictNumbers): boolean => loss < t.leaking * naive;

/** Whether the loss is below the baseline without M, on the spec's inputs and for one active feature alike. */
export const isBelowClean = ({ clean, cleanOnce }: VerdictNumbers): boolean =>
  [clean, cleanOnce].every(({ loss, baseline }) => loss < t.below * baseline);

/** Whether errors are alike for all features, as the codes are that training finds. */
export const isAlike = ({ variation }: VerdictNumbers): boolean => variation < t.variation;

/** Whether clearly more features are computed, leaks included, than there are nonlinearities: the strict definition. */
export const isSuperposed = ({ computed, neurons }: VerdictNumbers): boolean =>
  computed >= t.crowded * neurons;

/**
 * Whether there is a code: features alike and their directions apart, as published, or, strictly, clearly more features
 * computed than there are nonlinearities.
 */
export const isCode = (numbers: VerdictNumbers): boolean =>
  (isAlike(numbers) && numbers.coherence < t.coherence) || isSuperposed(numbers);

/** Whether M explains a loss below the baseline; at exponent 2 the nonlinear part must then be no better than naive's. */
export const isBelowByMixing = (numbers: VerdictNumbers): boolean =>
  numbers.hasMixing &&
  numbers.loss < t.below * numbers.baseline &&
  !isBelowClean(numbers) &&
  (numbers.exponent !== 2 || numbers.even >= t.below * numbers.naiveEven);

/** Standard deviation over mean that the errors of h perfect and n − h ignored features have. */
export const naiveVariation = ({
  features,
  neurons,
}: Pick<VerdictNumbers, "features" | "neurons">): number =>
  neurons < features ? Math.sqrt(neurons / (features - neurons)) : 0;

/** Whether some features are computed and the others ignored, at naive's loss. */
export const isUnequal = (numbers: VerdictNumbers): boolean =>
  numbers.variation >= t.unequal * naiveVariation(numbers);

/** Whether the loss is as good as that of neurons that each compute one feature. */
export const isAsGoodAsNaive = ({ loss, naive, zero }: VerdictNumbers): boolean =>
  loss <= naive + t.worse * zero;

const dedicatedOrNot = (numbers: VerdictNumbers): Verdict =>
  isAsGoodAsNaive(numbers) && isUnequal(numbers) ? "dedicated neurons" : "inconclusive";
