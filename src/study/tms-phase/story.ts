/** The text of the report; sentences about results are made from the results. */
import { mean } from "../../numeric/statistics.ts";
import type { Mode, Results } from "../study.ts";
import { repeats, searches, sizes } from "./plan.ts";
import { crossings, disagreements } from "./readings.ts";

/** The answer of the study. */
export function answer(results: Results, mode: Mode): string {
  const [closely, equal] = searches.map((search) => mean(crossings(results, search, repeats)).toFixed(2));
  const [two, three] = sizes.map((features) => disagreements(results, features, mode));
  return `When features are rare enough for what the extra one counts. Two networks built by hand put the boundary at s* = 4r/(2 + 5r); the best trained ones share a little longer, up to ${closely} s* at r = .3 and ${equal} s* at r = 1. The diagrams agree in ${two!.all - two!.differing} of ${two!.all} cells for n = 2 and ${three!.all - three!.differing} of ${three!.all} for n = 3.`;
}

export const introduction = `A network with one dimension fewer than features, \`ŷ = relu(WᵀW x + b)\`, must give something up. It can ignore a feature, answering its mean. Or it can lay two features on one line, against each other: where only one of them is active the ReLU takes the interference away, and where both are, each is missed by the smaller of the two values. The first loses in proportion to the density s, the second in proportion to s², so sparse features share and dense ones do not.

Elhage et al. 2022 show this as a phase diagram over the density and the relative importance r of one feature, the extra one, and find a sharp boundary in trained networks as well as among hand-built ones.`;

export const builtText = `The losses of the hand-built networks are polynomials: ignoring the extra feature loses \`r(s/3 − s²/4)\`, sharing \`(1 + r)s²/6\`. They are equal at \`s* = 4r/(2 + 5r)\`. For r > 1 and n = 2 it is the other feature that is given up; for n = 3 the two others share and the extra one is left alone.`;

/** What the diagrams show, counted. */
export function diagramText(results: Results, mode: Mode): string {
  const sentences = sizes.map((features) => {
    const { all, differing, later } = disagreements(results, features, mode);
    return `For n = ${features} trained and hand-built networks differ in ${differing} of ${all} cells; in ${later} of those the trained one shares.`;
  });
  return `${sentences.join(" ")} (Cells of r = 1 are not counted: there all features are alike, and it is a toss which one is given up.) Where every feature is always active (s = 1) there is nothing to tell apart: biases alone take up the means, and any direction loses nearly the same.`;
}

export const crossingText = `How much later do trained networks stop? On a fine grid of densities around s*, the best of several starts is taken, three times with starts of its own. Training finds better ways to share: unequal lengths, and a positive bias for the feature that is hidden more often. At r = 1 the better arrangement goes over continuously into one where the second feature is a small correction, so the crossing is far above s* and less sharp.`;

export const limits = (mode: Mode): string =>
  `Two and three features are as far as hand-built networks with one shared line reach; for more features there are more arrangements (studies tms-basic, tms-geometry). What counts as shared is a product of two directions below −.1: near a continuous change, as at r = 1, another threshold moves the cells at the edge. The best of a few starts need not be the best there is${mode === "quick" ? "; the full mode has more starts, and a finer grid" : ""}.`;
