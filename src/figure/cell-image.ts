/** Many coloured cells as one SVG image: a PNG with a pixel a cell, inside the figure's own text. */
import * as Plot from "@observablehq/plot";
import { type PalettePicture, writePng } from "../formats/png.ts";
import { type ColourScale, colourIndex } from "./colour-scale.ts";
import { quietAxis } from "./draw-figure.ts";

/** Cells of rows and columns, each an index into a scale's palette, from the top left. */
export interface Cells {
  readonly rows: number;
  readonly columns: number;
  /** [rows · columns] */
  readonly indices: Uint8Array;
}

/** Where an image lies, in the units of its plot's scales and in pixels. */
interface ImagePlace {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A mark that draws cells around the middle (x, y), `width` and `height` pixels large, with sharp edges. */
export function cellImage(cells: Cells, { palette }: ColourScale, place: ImagePlace): Plot.Markish {
  const { rows: height, columns: width, indices } = cells;
  return Plot.image([place], {
    ...place,
    x: "x",
    y: "y",
    src: pngUri({ width, height, palette, indices }),
    preserveAspectRatio: "none",
    // Browsers obey the style sheet's `pixelated`; renderers of SVG 1.1 know only this.
    imageRendering: "optimizeSpeed",
  });
}

function pngUri(picture: PalettePicture): string {
  const binary = Array.from(writePng(picture), (byte) => String.fromCharCode(byte)).join("");
  return `data:image/png;base64,${btoa(binary)}`;
}

/** How a colour bar is labelled: at given values, or at about so many round ones. */
export interface BarTicks {
  readonly ticks: readonly number[] | number;
  readonly tickFormat: (value: number) => string;
}

/** A colour bar as the options of a plot: the palette upwards, with ticks at its right. @param size - in pixels */
export function colourBar(
  scale: ColourScale,
  { width, height }: { readonly width: number; readonly height: number },
  { ticks, tickFormat }: BarTicks,
): Plot.PlotOptions {
  const { low, high, palette } = scale;
  const colours = palette.length / 4;
  const cells = {
    rows: colours,
    columns: 1,
    indices: Uint8Array.from({ length: colours }, (_, i) => colours - 1 - i),
  };
  return {
    x: { domain: [0, 1], axis: null },
    y: { domain: [low, high], axis: null },
    marks: [
      cellImage(cells, scale, { x: 0.5, y: (low + high) / 2, width, height }),
      Plot.frame({ stroke: "currentColor", strokeOpacity: 0.4 }),
      Plot.axisY({ ...quietAxis, anchor: "right", ticks: ticks as number[], tickFormat }),
    ],
  };
}

/** The cells of row-major values, the first row on top. */
export function cellsOf(
  { data, shape }: { readonly data: ArrayLike<number>; readonly shape: readonly [number, number] },
  scale: ColourScale,
): Cells {
  const indices = Uint8Array.from(data, (value) => colourIndex(scale, value));
  return { rows: shape[0], columns: shape[1], indices };
}
