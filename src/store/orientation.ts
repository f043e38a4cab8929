/**
 * Which way W_in [neurons, features] and W_out [features, neurons] lie in a file that may hold their transposes.
 * Limit: shapes alone never say. Whatever fits also fits with neurons and features exchanged, and a square matrix fits
 * either way; so words, a known number of features, and "more features than neurons" decide, in this order.
 */

/** A matrix of a file and what is known of it. */
export interface Lying {
  readonly shape: readonly [number, number];
  /** Whether it may be read as its transpose: not where the caller wrote `.T`. */
  readonly mayTurn: boolean;
  /** Whether somebody said, or it cannot matter, that it lies as it should. */
  readonly isSaid: boolean;
}

/** A way to read the two. */
export interface Reading {
  readonly turnsIn: boolean;
  readonly turnsOut: boolean;
  readonly neurons: number;
  readonly features: number;
}

const ways = [
  [false, false],
  [false, true],
  [true, false],
  [true, true],
] as const;

/** Every way in which the two fit each other, and `features` unless it is null; as they lie first. */
export function readingsOf(W_in: Lying, W_out: Lying, features: number | null): readonly Reading[] {
  return ways.flatMap(([turnsIn, turnsOut]) => {
    if ((turnsIn && !W_in.mayTurn) || (turnsOut && !W_out.mayTurn)) return [];
    const [h, n] = turned(W_in.shape, turnsIn);
    const [rows, columns] = turned(W_out.shape, turnsOut);
    const fits = rows === n && columns === h && (features === null || n === features);
    return fits ? [{ turnsIn, turnsOut, neurons: h, features: n }] : [];
  });
}

/**
 * The way to read the two. Where nothing is said, one that turns a matrix is taken for more features than neurons; not
 * one that turns both, since a network with more neurons than features lies so.
 * @returns null when they do not fit, "unclear" when somebody has to say.
 */
export function readingOf(W_in: Lying, W_out: Lying, features: number | null): Reading | "unclear" | null {
  const readings = readingsOf(W_in, W_out, features);
  if (readings.length <= 1) return readings[0] ?? null;
  const asSaid = readings.filter(
    ({ turnsIn, turnsOut }) => !(turnsIn && W_in.isSaid) && !(turnsOut && W_out.isSaid),
  );
  if (asSaid.length === 1) return asSaid[0]!;
  const wider = readings.filter(({ neurons, features }) => features > neurons);
  const [reading] = wider; // none for square matrices
  return reading === undefined || (reading.turnsIn && reading.turnsOut) ? "unclear" : reading;
}

const turned = ([rows, columns]: Lying["shape"], turns: boolean): Lying["shape"] =>
  turns ? [columns, rows] : [rows, columns];
