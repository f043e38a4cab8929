/** Marks on charts that carry words: vertical lines at values of x, and ringed points with letters. */
import * as Plot from "@observablehq/plot";
import { type Axis, placeOn } from "./axis.ts";
import type { PointMark, VerticalMark } from "./curve.ts";
import { colours, sizes } from "./theme.ts";

/** Words of vertical marks take turns on this many lines, so that near marks do not overwrite each other. */
const mostLines = 3;

/** Dashed vertical lines, their words at the upper edge. */
export function verticalMarks(marks: readonly VerticalMark[], axis: Axis): Plot.Markish[] {
  return marks.flatMap(({ label, x }, i) => [
    Plot.ruleX([x], { stroke: colours.grey, strokeDasharray: "3,3" }),
    Plot.text([label], {
      x: () => x,
      frameAnchor: "top",
      lineAnchor: "top",
      dy: 2 + 15 * (i % mostLines),
      ...side(x, axis, 5),
      fontSize: sizes.tickFont,
      ...halo,
    }),
  ]);
}

/** Words stand on the side of x where there is more room. */
function side(x: number, { type, domain }: Axis, distance: number) {
  const place = placeOn(type);
  const right = place(x) > (place(domain[0]) + place(domain[1])) / 2;
  return { textAnchor: right ? "end" : "start", dx: right ? -distance : distance } as const;
}

/** Keeps words readable where they cross a line. */
const halo = { fill: "currentColor", stroke: colours.paper, strokeWidth: 4 } as const;

/** The letter of a ringed point, as the legend has it. */
export const letterOf = (index: number): string => String.fromCharCode(65 + (index % 26));

/** Rings with their letters. */
export function pointMarks(marks: readonly PointMark[]): Plot.Markish[] {
  const place = { x: "x", y: "y" } as const;
  return [
    Plot.dot(marks, { ...place, r: 6.5, stroke: colours.ink, strokeWidth: 1.5 }),
    Plot.text(marks, {
      ...place,
      text: (_: PointMark, i: number) => letterOf(i),
      dx: 11,
      dy: -11,
      fontWeight: "bold",
      ...halo,
    }),
  ];
}

/** Room above the curves for the words of vertical marks, 5 % a line. */
export function withHeadroom(axis: Axis, marks: number): Axis {
  const share = 0.05 * Math.min(marks, mostLines);
  const [low, high] = axis.domain;
  const top = axis.type === "log" ? high * (high / low) ** share : high + (high - low) * share;
  return { ...axis, domain: [low, top] };
}
