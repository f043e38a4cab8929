/**
 * Features in a plane: the columns of a W with two rows as rays from 0, beside the circle of unit length. How digons and
 * pentagons of features look (Elhage et al. 2022, arXiv 2209.10652).
 */
import * as Plot from "@observablehq/plot";
import { cos, sin } from "../numeric/elementary.ts";
import { type FigureHost, quietAxis } from "./draw-figure.ts";
import { drawPanels, type Panel, panelMargins } from "./draw-panels.ts";
import type { Figure } from "./figure.ts";
import { tickText } from "./number-text.ts";
import { colours, sizes } from "./theme.ts";

/** One network of {@link featurePlaneFigure}. */
export interface LabelledPlane {
  readonly label: string;
  /** Row-major, [2, features]; such as W_in of two neurons */
  readonly W: {
    readonly data: ArrayLike<number>;
    readonly shape: readonly [dimensions: number, features: number];
  };
}

/** Rays beyond this are cut by the frame. */
const reach = 1.35;
const side = 142;
const perRow = 4;
const pitch = (sizes.width - 40) / perRow;
const circle = Array.from({ length: 73 }, (_, i) => {
  const angle = (i * Math.PI) / 36;
  return { x: cos(angle), y: sin(angle) };
});

/**
 * Draws a panel for each network, four in a row.
 *
 * @returns the figure, and the coordinates. Throws when there is no network, or one whose W has not two rows.
 */
export function featurePlaneFigure(networks: readonly LabelledPlane[], host: FigureHost): Figure {
  const bad = networks.length === 0 ? "no network" : networks.find(({ W }) => W.shape[0] !== 2)?.W.shape;
  if (bad !== undefined) {
    const got = typeof bad === "string" ? bad : `[${bad.join(", ")}]`;
    throw new Error(
      `featurePlaneFigure: need networks with W of [2, features], got ${got}. Use heatmapFigure for others.`,
    );
  }
  const rays = networks.map(raysOf);
  return drawPanels(
    {
      title: "Features in the plane of two neurons",
      description:
        "A panel for each network: the weights of every feature as a ray from the middle, numbered, beside a circle of unit length.",
      legend: [],
      panels: networks.map(({ label }, i) => panelOf(label, rays[i]!, i)),
      table: {
        columns: ["label", "feature", "neuron 0", "neuron 1"],
        rows: networks.flatMap(({ label }, i) => rays[i]!.map(({ feature, x, y }) => [label, feature, x, y])),
      },
    },
    host,
  );
}

interface Ray {
  readonly feature: number;
  readonly x: number;
  readonly y: number;
}

const raysOf = ({ W: { data, shape } }: LabelledPlane): Ray[] =>
  Array.from({ length: shape[1] }, (_, feature) => ({
    feature,
    x: data[feature]!,
    y: data[shape[1] + feature]!,
  }));

function panelOf(title: string, rays: readonly Ray[], i: number): Panel {
  const domain = [-reach, reach];
  // A number stands a little beyond its ray's end.
  const beyond = ({ x, y }: Ray, of: number) => of * (1 + 0.17 / Math.max(0.17, Math.hypot(x, y)));
  return {
    left: 28 + (i % perRow) * pitch,
    top: panelMargins.above + Math.floor(i / perRow) * (side + panelMargins.above + panelMargins.below),
    width: side,
    height: side,
    title,
    xLabel: "neuron 0",
    yLabel: "neuron 1",
    plot: {
      x: { domain, axis: null },
      y: { domain, axis: null },
      marks: [
        Plot.frame({ strokeOpacity: 0.25 }),
        Plot.line(circle, { x: "x", y: "y", stroke: colours.grey, strokeOpacity: 0.5 }),
        Plot.link(rays, { x1: 0, y1: 0, x2: "x", y2: "y", stroke: colours.blue, strokeWidth: 1.8 }),
        Plot.dot(rays, { x: "x", y: "y", fill: colours.blue, r: 3 }),
        Plot.text(
          rays.filter(({ x, y }) => Math.hypot(x, y) > 0.1),
          {
            x: (ray: Ray) => beyond(ray, ray.x),
            y: (ray: Ray) => beyond(ray, ray.y),
            text: ({ feature }: Ray) => `${feature}`,
            fontSize: sizes.tickFont,
          },
        ),
        Plot.axisX({ ...quietAxis, ticks: [-1, 0, 1], tickFormat: tickText }),
        Plot.axisY({ ...quietAxis, ticks: [-1, 0, 1], tickFormat: tickText }),
      ],
    },
  };
}
