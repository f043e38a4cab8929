/**
 * What the study trains: 100 clean ReLUs asked of 50 neurons by the loss |ŷ − y|^q, three seeds an exponent.
 *
 * The full mode trains as da Silva & Heimersheim 2026 (arXiv 2607.04800) do: 100,000 steps of 8,192 samples. The quick
 * mode uses a thirty-third of the samples, 12,000 steps of 2,048, which leaves networks of the same numbers.
 */
import { seeded, seedsTo } from "../seeds.ts";
import type { Mode } from "../study.ts";
import { type TrainTask, trainTask, type Want } from "../task.ts";

/** The exponents of the paper, with mean over features of E[(ŷ_i − y_i)² | x_i > 0], and its standard deviation over it. */
export const published = [
  { q: 2, mean: 0.159, variation: 0.999 },
  { q: 2.5, mean: 0.0478, variation: 0.027 },
  { q: 3, mean: 0.0329, variation: 0.028 },
  { q: 4, mean: 0.0219, variation: 0.031 },
  { q: 6, mean: 0.0141, variation: 0.037 },
  { q: 8, mean: 0.0115, variation: 0.046 },
] as const;

/** The exponent that the study is about. */
export const fourth = 4;
/** Where networks are trained, and evaluated if nothing else is said. */
export const density = 0.02;
/** Where the first network of the fourth power is evaluated besides. */
const evaluatedDensities = [0.001, 0.003, 0.01, 0.05, 0.1, 0.3, 1] as const;
const seeds = 3;

const recipes: Readonly<Record<Mode, string>> = { quick: "l4-quick", full: "l4" };

/** The tasks of an exponent are `q/EXPONENT/SEED`. */
export const powerGroup = (q: number): string => `q/${q}`;

/** The plan of the study. */
export function plan(mode: Mode): readonly TrainTask[] {
  return published.flatMap(({ q }) => powerTasks(recipes[mode], q, seeds));
}

/** Networks of one exponent, one a seed; the first is kept whole, and that of the fourth power is looked at closest. */
export function powerTasks(preset: string, q: number, count: number): readonly TrainTask[] {
  const wants = wantsOf(q);
  return seedsTo(count).map((seed) =>
    trainTask({
      key: `${powerGroup(q)}/${seed}`,
      preset,
      overrides: [...(q === fourth ? [] : [`loss.exponent=${q}`]), ...seeded(seed)],
      samples: 200_000,
      wants: seed > 0 ? wants : [...wants, "weights", ...(q === fourth ? (["noise"] as const) : [])],
      ...(q === fourth && seed === 0 ? { p: evaluatedDensities } : {}),
    }),
  );
}

function wantsOf(q: number): readonly Want[] {
  // Certificates for a read-out are of exponents from 2 on.
  const certified: readonly Want[] = q > 2 ? ["certificate"] : [];
  const audited: readonly Want[] = q === fourth || q === 2 ? ["audit"] : [];
  const compared: readonly Want[] = q === fourth ? ["code-comparison"] : [];
  return ["positive-errors", "power", "code", ...certified, ...audited, ...compared];
}
