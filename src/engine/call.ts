/** Calls of functions that a caller hands in, from the n numbers of a row to n numbers: their answers are checked. */

/**
 * Calls f on a copy of a row, so that f may write into what it gets, and copies its answer, so that f may answer with
 * the same array every time.
 *
 * @param out [n], gets f(x), and is returned
 * @param what the function in a word, for errors: `label`, `model`
 * @param row its number, for errors
 * @throws when f answers with anything but n finite numbers
 */
export function callInto(
  out: Float64Array,
  what: string,
  f: (x: Float64Array) => ArrayLike<number>,
  x: Float64Array,
  row: number,
): Float64Array {
  const values: ArrayLike<number> | undefined = f(x.slice());
  const mend = `Mend the ${what} function.`;
  if (values?.length !== out.length) {
    const got = values?.length === undefined ? String(values) : `${values.length}`;
    throw new Error(`${what} function: need ${out.length} numbers for row ${row}, got ${got}. ${mend}`);
  }
  for (let i = 0; i < out.length; i++) {
    const value = values[i];
    if (!Number.isFinite(value)) {
      const where = `need a finite number for output ${i} of row ${row}`;
      throw new Error(`${what} function: ${where}, got ${value}. ${mend}`);
    }
    out[i] = value!;
  }
  return out;
}
