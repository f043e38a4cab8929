/** Singular values of a net's matrices and of its labels', and how its linear map lies along their directions. */
import type { Spectra } from "../analyse/spectrum.ts";
import type { Curve, VerticalMark } from "./curve.ts";
import { drawCurves } from "./curve-chart.ts";
import type { FigureHost } from "./draw-figure.ts";
import type { Figure } from "./figure.ts";
import { fixedText } from "./number-text.ts";

/** One matrix of {@link spectrumFigure}. */
export interface LabelledSpectrum {
  readonly label: string;
  /** Descending. */
  readonly singularValues: ArrayLike<number>;
  /** Written in the legend. */
  readonly effectiveRank?: number;
}

/** The spectra of a net and its labels with the names of the literature; M is left out on clean labels. */
export function labelledSpectra(spectra: Spectra): LabelledSpectrum[] {
  const { W_in, W_out, linearMap, mixing, identityPlusMixing, oddTarget } = spectra;
  const all = {
    W_in,
    W_out,
    "W_out W_in": linearMap,
    M: mixing,
    "I + M": identityPlusMixing,
    "I + 2M": oddTarget,
  };
  return Object.entries(all).flatMap(([label, spectrum]) =>
    spectrum === null ? [] : [{ label, ...spectrum }],
  );
}

/** Draws singular values over their index, from 1. Throws when there is none. */
export function spectrumFigure(spectra: readonly LabelledSpectrum[], host: FigureHost): Figure {
  return drawCurves(
    {
      name: "spectrumFigure",
      title: "Singular values",
      description: "Singular values in descending order over their index: one curve a matrix.",
      xLabel: "index of the singular value",
      yLabel: "singular value",
      xType: "linear",
      yType: "linear",
      yFromZero: true,
      curves: spectra.map(({ label, singularValues, effectiveRank }) => ({
        label:
          effectiveRank === undefined ? label : `${label} (effective rank ${fixedText(effectiveRank, 1)})`,
        points: indexed(singularValues),
      })),
    },
    host,
  );
}

/** One run or basis of {@link projectionFigure}. */
export interface LabelledCosines {
  readonly label: string;
  /** cos(v_k, W_out W_in v_k), the strongest direction first. */
  readonly cosines: ArrayLike<number>;
}

/** The record of {@link projectionFigure}. */
export interface ProjectionRecord {
  readonly series: readonly LabelledCosines[];
  /** h, where a mark is set: no linear map of rank h keeps more directions. */
  readonly neurons?: number;
}

/** Draws cosines over the index k of the direction, from 1. Throws when there is none. */
export function projectionFigure({ series, neurons }: ProjectionRecord, host: FigureHost): Figure {
  const marks: VerticalMark[] = neurons === undefined ? [] : [{ label: `k = h = ${neurons}`, x: neurons }];
  return drawCurves(
    {
      name: "projectionFigure",
      title: "Directions that the linear map keeps",
      description:
        "Cosine between a direction and its image under the linear map, over the direction's index.",
      xLabel: "index k of the direction, strongest first",
      yLabel: "cos(v_k, W_out W_in v_k)",
      xType: "linear",
      yType: "linear",
      yFromZero: true,
      curves: series.map(({ label, cosines }): Curve => ({ label, points: indexed(cosines) })),
      verticals: marks,
    },
    host,
  );
}

const indexed = (values: ArrayLike<number>) => Array.from(values, (y, i) => ({ x: i + 1, y }));
