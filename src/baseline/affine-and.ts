/**
 * What no nonlinearity at all can say of ANDs: ½ (x_i + x_j) − ¼, which is off by ¼ everywhere. With exactly s features of 0
 * and 1 on, no affine function of the input is nearer to an AND in its worst case (docs/theory/universal-and.md).
 */
import { allPairs } from "../evaluate/pairs.ts";
import { identity, matrix } from "../numeric/matrix.ts";
import { type AndNetwork, architectureWith } from "./universal-and.ts";

/** The worst-case error of the best affine function: below this ε an AND takes a nonlinearity. */
export const affineAndError = 0.25;

/** The best affine functions as a network of n neurons, whose ReLUs pass inputs of 0 and 1 as they are. */
export function affineAndNetwork(features: number): AndNetwork {
  const pairs = allPairs(features);
  const W_out = matrix(pairs.length, features);
  pairs.forEach(([i, j], pair) => {
    W_out.data[pair * features + i] = 0.5;
    W_out.data[pair * features + j] = 0.5;
  });
  return {
    W_in: identity(features),
    W_out,
    b_in: new Float64Array(features),
    b_out: new Float64Array(pairs.length).fill(-affineAndError),
    M: null,
    labels: "and",
    architecture: architectureWith("fixed"),
  };
}
