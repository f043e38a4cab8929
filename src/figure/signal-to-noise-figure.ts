/**
 * Signal over noise, a dot a feature: how far each feature's own response stands out of what other features leave there.
 * Rays from 0 are equal ratios; a perfect answer lies at label 1 without noise.
 */
import * as Plot from "@observablehq/plot";
import type { SignalToNoise } from "../analyse/signal-to-noise.ts";
import { type FigureHost, quietAxis } from "./draw-figure.ts";
import { drawPanels, type Panel, panelMargins } from "./draw-panels.ts";
import type { Figure, FigureTable } from "./figure.ts";
import type { LegendEntry } from "./legend.ts";
import { tickText } from "./number-text.ts";
import { colours, seriesStyle, sizes } from "./theme.ts";

/** One network of {@link signalToNoiseFigure}. */
export interface LabelledSignals {
  /** Records with the same label are drawn alike. */
  readonly label: string;
  /** From `signalToNoise(network, { active })`. */
  readonly signals: SignalToNoise;
}

const height = 290;
const panelWords = {
  1: { title: "one active feature", noise: "noise: rms error of all other outputs" },
  2: { title: "two active features", noise: "noise: rms change by the second feature" },
} as const;
/** Ratios of signal to noise that have a ray. */
const ratios = [1, 3, 10] as const;
/** Dots of a panel's network at most: of more features, every m-th is drawn. */
const mostDots = 200;

/**
 * Draws features at +1: records of one active feature at the left, of two at the right, on the same axes.
 *
 * @returns the figure, and signal and noise of all features at +1 and −1. Throws when there is no record, or one without
 * features.
 */
export function signalToNoiseFigure(records: readonly LabelledSignals[], host: FigureHost): Figure {
  if (records.length === 0 || records.some(({ signals }) => signals.positive.signal.length === 0)) {
    throw new Error(
      "signalToNoiseFigure: need records with features, got none. Pass signalToNoise(network, { active: 1 }).",
    );
  }
  const labels = [...new Set(records.map(({ label }) => label))];
  const active = ([1, 2] as const).filter((count) => records.some(({ signals }) => signals.active === count));
  const domains = domainsOf(records);
  const stride = Math.ceil(Math.max(...records.map(featuresOf)) / mostDots);
  return drawPanels(
    {
      title: "Signal and noise of features",
      description:
        "Each feature's own output while it is +1, over the noise of other features; rays are equal ratios, the dashed line is the label of 1, rings are means.",
      legend: legendOf(labels, stride),
      panels: active.map((count, column) => {
        const own = records.filter(({ signals }) => signals.active === count);
        const size = active.length === 1 ? { left: 56, width: 640 } : { left: 56 + 348 * column, width: 292 };
        return scatter(own, { labels, domains, stride, count, size });
      }),
      table: tableOf(records),
    },
    host,
  );
}

const featuresOf = ({ signals }: LabelledSignals): number => signals.positive.signal.length;

function legendOf(labels: readonly string[], stride: number): LegendEntry[] {
  const every = stride === 1 ? "" : `, one feature in ${stride}`;
  return [
    ...labels.map((label, i) => {
      const { colour, symbol } = seriesStyle(i);
      return { label: `${label}${every}`, swatch: { kind: "symbol", colour, symbol } } as const;
    }),
    { label: "mean signal, rms noise", swatch: { kind: "ring", letter: "" } },
    { label: "label 1", swatch: { kind: "line", colour: colours.ink, dash: "5,4" } },
  ];
}

type Domain = readonly [low: number, high: number];

interface Domains {
  readonly noise: Domain;
  readonly signal: Domain;
}

/** From 0 noise and at most 0 signal to beyond label 1, so that panels and figures can be compared. */
function domainsOf(records: readonly LabelledSignals[]): Domains {
  const noises = records.flatMap(({ signals }) => [...signals.positive.noise]);
  const signals = records.flatMap((record) => [...record.signals.positive.signal]);
  const most = noises.reduce((a, b) => Math.max(a, b), 0.02);
  const low = signals.reduce((a, b) => Math.min(a, b), 0);
  const high = signals.reduce((a, b) => Math.max(a, b), 1);
  return { noise: [0, 1.08 * most], signal: [1.05 * low, 1.08 * high] };
}

interface Scatter {
  readonly labels: readonly string[];
  readonly domains: Domains;
  readonly stride: number;
  readonly count: 1 | 2;
  readonly size: { readonly left: number; readonly width: number };
}

function scatter(
  records: readonly LabelledSignals[],
  { labels, domains, stride, count, size }: Scatter,
): Panel {
  const { title, noise } = panelWords[count];
  return {
    ...size,
    top: panelMargins.above,
    height,
    title,
    xLabel: noise,
    yLabel: "signal: own output at x_i = 1",
    plot: {
      x: { domain: [...domains.noise], insetLeft: 6, axis: null },
      y: { domain: [...domains.signal], axis: null },
      marks: [
        Plot.ruleY([1], { stroke: colours.ink, strokeDasharray: "5,4", strokeWidth: 1.5 }),
        ...ratios.flatMap((ratio) => ray(ratio, domains)),
        Plot.frame({ anchor: "bottom", strokeOpacity: 0.4 }),
        Plot.frame({ anchor: "left", strokeOpacity: 0.4 }),
        ...records.map((record) => dots(record, labels.indexOf(record.label), stride)),
        ...records.map((record) => centre(record, labels.indexOf(record.label))),
        Plot.axisX({ ...quietAxis, ticks: size.width / 60, tickFormat: tickText }),
        Plot.axisY({ ...quietAxis, ticks: 6, tickFormat: tickText }),
      ],
    },
  };
}

/** From 0 to the frame, with its ratio where it ends. */
function ray(ratio: number, { noise, signal }: Domains): Plot.Markish[] {
  const x = Math.min(noise[1], signal[1] / ratio);
  const end = { x, y: ratio * x };
  const atTop = end.y >= signal[1];
  return [
    Plot.line([{ x: 0, y: 0 }, end], { x: "x", y: "y", stroke: colours.grey, strokeOpacity: 0.5 }),
    Plot.text([end], {
      x: "x",
      y: "y",
      text: () => `${ratio}:1`,
      fontSize: sizes.tickFont,
      fill: colours.grey,
      ...(atTop ? { dy: -8 } : { dx: -6, dy: -9, textAnchor: "end" }),
    }),
  ];
}

interface Dot {
  readonly noise: number;
  readonly signal: number;
}

function dots({ signals: { positive } }: LabelledSignals, style: number, stride: number): Plot.Markish {
  const { colour, symbol } = seriesStyle(style);
  const all = Array.from(positive.signal, (signal, i): Dot => ({ signal, noise: positive.noise[i]! }));
  const drawn = all.filter((_, i) => i % stride === 0);
  const look = { fill: colour, fillOpacity: 0.55, symbol: symbol.name, r: 2.8 };
  return Plot.dot(drawn, { x: "noise", y: "signal", clip: false, ...look });
}

function centre({ signals: { positive } }: LabelledSignals, style: number): Plot.Markish {
  const { colour, symbol } = seriesStyle(style);
  const place = { noise: positive.meanNoise, signal: positive.meanSignal };
  const look = { fill: colour, symbol: symbol.name, r: 5.5, stroke: colours.ink, strokeWidth: 1.5 };
  return Plot.dot([place], { x: "noise", y: "signal", ...look });
}

function tableOf(records: readonly LabelledSignals[]): FigureTable {
  const rows = records.flatMap(({ label, signals }) =>
    ([1, -1] as const).flatMap((sign) => {
      const { signal, label: y, noise } = sign === 1 ? signals.positive : signals.negative;
      return Array.from(signal, (value, i) => [label, signals.active, i, sign, value, y[i]!, noise[i]!]);
    }),
  );
  return { columns: ["label", "active features", "feature", "x_i", "signal", "label of it", "noise"], rows };
}
