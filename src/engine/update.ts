/**
 * One update of the optimisers, and its scalars, shared by all engines. Adam: Kingma & Ba 2015, Algorithm 1; AdamW:
 * Loshchilov & Hutter 2019, Algorithm 2; gradient descent with momentum as PyTorch has it, but for decay apart from the
 * gradient. Float64, from multiplication and square root alone, so every host gets the same bits.
 */
import type { AdamUpdate, SgdUpdate, Update } from "./engine.ts";

export interface AdamScalars {
  /** lr / (1 − β1^t) */
  readonly rate: number;
  /** 1 / √(1 − β2^t) */
  readonly root: number;
  /** 1 − lr·λ */
  readonly keep: number;
}

/** base^exponent for a whole exponent, by squaring. */
function wholePower(base: number, exponent: number): number {
  let result = 1;
  let square = base;
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result *= square;
    square *= square;
  }
  return result;
}

/** Parameters, gradient and both moments of some numbers, in float64. */
export interface UpdateState {
  readonly parameters: Float64Array;
  readonly gradients: Float64Array;
  readonly firstMoments: Float64Array;
  readonly secondMoments: Float64Array;
}

/** One update in place, in float64. */
export function updateInto(state: UpdateState, update: Update): void {
  if (update.optimizer === "adam") adamInto(state, update);
  else sgdInto(state, update);
}

/** 1 − lr·λ: what decay leaves of the weights. */
export const keptShare = ({ learningRate, weightDecay }: Update): number => 1 - learningRate * weightDecay;

function sgdInto(state: UpdateState, update: SgdUpdate): void {
  const { learningRate, momentum } = update;
  const keep = keptShare(update);
  const { parameters: w, gradients, firstMoments: v } = state;
  for (let i = 0; i < w.length; i++) {
    v[i] = momentum * v[i]! + gradients[i]!;
    w[i] = keep * w[i]! - learningRate * v[i]!;
  }
}

function adamInto(state: UpdateState, update: AdamUpdate): void {
  const { rate, root, keep } = adamScalars(update);
  const { beta1, beta2, epsilon } = update;
  const { parameters: w, gradients, firstMoments: m, secondMoments: v } = state;
  for (let i = 0; i < w.length; i++) {
    const g = gradients[i]!;
    m[i] = beta1 * m[i]! + (1 - beta1) * g;
    v[i] = beta2 * v[i]! + (1 - beta2) * g * g;
    w[i] = keep * w[i]! - (rate * m[i]!) / (Math.sqrt(v[i]!) * root + epsilon);
  }
}

export function adamScalars(update: AdamUpdate): AdamScalars {
  const { step, learningRate, beta1, beta2 } = update;
  return {
    rate: learningRate / (1 - wholePower(beta1, step)),
    root: 1 / Math.sqrt(1 - wholePower(beta2, step)),
    keep: keptShare(update),
  };
}
