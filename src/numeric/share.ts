/** The check that shares, levels and probabilities have in common. */

/** @throws RangeError unless 0 < value < 1, or 0 ≤ value ≤ 1 with `endsAllowed`. */
export function requireShare(where: string, name: string, value: number, endsAllowed = false): void {
  if (value > 0 && value < 1) return;
  if (endsAllowed && (value === 0 || value === 1)) return;
  const range = endsAllowed ? "from 0 to 1" : "between 0 and 1";
  throw new RangeError(`${where}: ${name} must be ${range}, got ${value}. For example 0.95.`);
}
