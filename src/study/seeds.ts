/** Seeds of the tasks of a plan. */

/** 0, 1, … */
export const seedsTo = (count: number): readonly number[] => Array.from({ length: count }, (_, seed) => seed);

/** Overrides that set `seed` and the seeds of what is drawn besides; none for 0, which is the default. */
export const seeded = (seed: number, ...fields: readonly string[]): readonly string[] =>
  seed === 0 ? [] : ["seed", ...fields].map((field) => `${field}=${seed}`);
