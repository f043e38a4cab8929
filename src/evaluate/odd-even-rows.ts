/**
 * The odd and the even part of a function at one input, f(x) = o + g with o = ½ (f(x) − f(−x)), g = ½ (f(x) + f(−x)):
 * the split of any model and any labels. Over x and −x together the squares have no cross term; see
 * docs/theory/odd-even-split.md, "Any model, any labels".
 */

/** Both parts of a function at x; at −x they are −odd and even. */
export interface OddEven {
  readonly odd: Float64Array;
  readonly even: Float64Array;
}

/** Calls f on x and on −x. An entry of x that is 0 is +0 in both. */
export function oddEvenAt(f: (x: Float64Array) => Float64Array, x: Float64Array): OddEven {
  const here = f(x);
  const opposite = f(x.map((value) => 0 - value));
  return {
    odd: here.map((value, i) => (value - opposite[i]!) / 2),
    even: here.map((value, i) => (value + opposite[i]!) / 2),
  };
}
