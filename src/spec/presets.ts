/** Specs with names: the experiments that papers report, ready to run and to override. */
import { SpecError } from "./error.ts";
import { nearest } from "./near.ts";
import { parseSpec } from "./parse.ts";
import type { Spec } from "./schema.ts";

/** A named spec. `isAvailable` is false while this version cannot run it yet. */
export interface Preset {
  readonly name: string;
  readonly sentence: string;
  readonly isAvailable: boolean;
}

interface PresetEntry extends Preset {
  readonly source: Readonly<Record<string, unknown>>;
}

// Every recipe is that of Bhagat et al. 2026 (arXiv 2606.14673), which the schema's defaults are: 100 features,
// 50 neurons, p = .01, AdamW 0.003 with weight decay 0.01, cosine, 10,000 steps of 2,048.
const entries: readonly PresetEntry[] = [
  {
    name: "compressed-computation",
    sentence: "100 ReLUs asked of 50 neurons, labels mixed by a symmetric matrix with std 0.02.",
    isAvailable: true,
    source: { labels: { mixing: { kind: "symmetric", std: 0.02 } } },
  },
  {
    name: "cc-clean",
    sentence: "The same network with clean labels, M = 0.",
    isAvailable: true,
    source: {},
  },
  {
    name: "cc-symmetric",
    sentence: "Symmetric mixing with std 0.033, where its scale settles when it is learned.",
    isAvailable: true,
    source: { labels: { mixing: { kind: "symmetric", std: 0.033 } } },
  },
  {
    name: "cc-asymmetric",
    sentence: "Asymmetric mixing with std 0.025, where its scale settles when it is learned.",
    isAvailable: true,
    source: { labels: { mixing: { kind: "asymmetric", std: 0.025 } } },
  },
  {
    name: "cc-embedding",
    sentence:
      "Mixing M = I − EᵀE of a random embedding of width 1000, equal to the original residual network.",
    isAvailable: true,
    source: { labels: { mixing: { kind: "embedding", width: 1000 } } },
  },
  {
    name: "cc-embedding-published-sign",
    sentence: "Mixing M = EᵀE − I, the sign in the code published with the paper.",
    isAvailable: true,
    source: { labels: { mixing: { kind: "embedding-published-sign", width: 1000 } } },
  },
  {
    name: "braun-residual",
    sentence:
      "The original network of Braun et al. 2025: a residual stream of width 1000, target x + relu(x).",
    isAvailable: true,
    source: {
      model: { embedding: { kind: "random", width: 1000 }, bypass: { kind: "identity" } },
      labels: { function: "x-plus-relu" },
    },
  },
];

/** The names and sentences of all presets. */
export const presets: readonly Preset[] = entries.map(({ name, sentence, isAvailable }) => ({
  name,
  sentence,
  isAvailable,
}));

/** What a preset sets; everything else is the default. */
export function presetSource(name: string): Readonly<Record<string, unknown>> {
  const entry = entries.find((candidate) => candidate.name === name);
  if (entry !== undefined) return { name, ...entry.source };
  const names = entries.map((candidate) => candidate.name);
  const near = nearest(name, names);
  const mend = near === null ? `The presets are ${names.join(", ")}.` : `Did you mean ${near}?`;
  throw new SpecError([{ path: "preset", message: `must be the name of a preset, got "${name}". ${mend}` }]);
}

/**
 * The spec of a preset, with overrides.
 * @throws SpecError when there is no such preset, an override is wrong, or this version cannot run it yet.
 * @example preset("compressed-computation", ["seed=1"]).model.neurons // 50
 */
export function preset(name: string, overrides: readonly string[] = []): Spec {
  return parseSpec(presetSource(name), { overrides });
}
