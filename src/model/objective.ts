/**
 * What a spec asks training for: labels c ⊙ f(x) + (F + σ T) x, whose scale σ may be trained too. One scale at most: of
 * the labels' M = σ T, or of the bypass's noise N, whose T is −N.
 */
import { bypassNoise } from "../data/bypass.ts";
import { embeddingMatrix } from "../data/embedding.ts";
import { combine, identity, type Matrix } from "../numeric/matrix.ts";
import type { Spec } from "../spec/schema.ts";
import { effectiveMixing } from "./fold.ts";
import type { UnfoldedModel, Weights } from "./model.ts";

type NoiseBypass = Extract<Spec["model"]["bypass"], { kind: "noise" }>;

/** The labels as an engine takes them. */
export interface Objective {
  /** F, [features, features]; null: 0 */
  readonly fixed: Matrix<Float32Array> | null;
  /** T [features, features] and where σ starts; null: nothing is learned but the weights. */
  readonly learned: { readonly direction: Matrix<Float32Array>; readonly start: number } | null;
  /** E, [width, features]; null: none. */
  readonly W_E: Matrix<Float32Array> | null;
}

const times = (factor: number, a: Matrix): Matrix<Float32Array> => ({
  data: Float32Array.from(a.data, (value) => factor * value),
  shape: a.shape,
});

const isLearned = (group: object): boolean => "scale" in group && group.scale === "learned";

/** Where the scale of a group starts: at its std, or at 1 where the matrix has a scale of its own. */
const startOf = (group: object): number => ("std" in group && typeof group.std === "number" ? group.std : 1);

/**
 * The labels that a spec trains on.
 * @param M the labels' own mixing matrix before training, [features, features]; null: 0
 */
export function objectiveOf(spec: Spec, M: Matrix | null): Objective {
  const { model, labels } = spec;
  const W_E = embeddingMatrix(model);
  const noise = model.bypass.kind === "noise" ? model.bypass : null;
  const labelled = M === null ? null : times(1, M);
  if (labelled !== null && isLearned(labels.mixing)) {
    const start = startOf(labels.mixing);
    const bypass = noise && noiseBypass(noise, model.features, noise.std);
    const fixed = effectiveMixing(spec, { M: null, W_E, bypass });
    return { fixed, learned: { direction: times(1 / start, labelled), start }, W_E };
  }
  if (noise !== null && isLearned(noise)) {
    const fixed = effectiveMixing(spec, { M: labelled, W_E, bypass: identity(model.features) });
    const direction = times(-1, bypassNoise(noise, model.features));
    return { fixed, learned: { direction, start: noise.std }, W_E };
  }
  const bypass = noise && noiseBypass(noise, model.features, noise.std);
  return { fixed: effectiveMixing(spec, { M: labelled, W_E, bypass }), learned: null, W_E };
}

/** I + s N */
function noiseBypass(noise: NoiseBypass, features: number, s: number): Matrix<Float32Array> {
  return times(1, combine(1, identity(features), s, bypassNoise(noise, features)));
}

/**
 * A network of the spec with these weights and, where one is learned, this scale.
 * @param M the labels' mixing matrix before training @param scale σ now; undefined: none is learned
 */
export function unfoldedModel(
  { model, labels }: Spec,
  { W_E }: Pick<Objective, "W_E">,
  M: Matrix | null,
  { scale, ...weights }: Weights & { readonly scale?: number },
): UnfoldedModel {
  const noise = model.bypass.kind === "noise" ? model.bypass : null;
  const factor = scale !== undefined && isLearned(labels.mixing) ? scale / startOf(labels.mixing) : 1;
  const s = noise === null ? 0 : isLearned(noise) && scale !== undefined ? scale : noise.std;
  return {
    ...weights,
    W_E,
    M: M === null ? null : times(factor, M),
    bypass: noise && noiseBypass(noise, model.features, s),
  };
}

/**
 * M_eff before training: the mixing that baselines and bounds of the spec are asked about.
 * @param M of the labels before training, [features, features]; null: 0
 * @returns [features, features]; null for clean labels
 */
export function startingMixing(spec: Spec, M: Matrix | null): Matrix<Float32Array> | null {
  const { model } = spec;
  const noise = model.bypass.kind === "noise" ? model.bypass : null;
  return effectiveMixing(spec, {
    M: M === null ? null : times(1, M),
    W_E: embeddingMatrix(model),
    bypass: noise && noiseBypass(noise, model.features, noise.std),
  });
}
