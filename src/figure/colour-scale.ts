/**
 * Colours for values in cells, as palettes of pictures. Zero has no ink: it shows the page, light or dark, and a value
 * is the more opaque the larger it is. So one picture serves both schemes. Blue and orange are told apart by all common
 * kinds of colour vision. Opacity is the root of the size, so that a leak of .05 is seen beside a response of 1.
 */

/** Values from `low` to `high`, evenly spread over a palette; values outside take the colours of its ends. */
export interface ColourScale {
  readonly low: number;
  readonly high: number;
  /** Red, green, blue, opacity of every colour, [colours · 4] */
  readonly palette: Uint8Array;
}

type Rgb = readonly [red: number, green: number, blue: number];

const negativeEnd: Rgb = [230, 112, 10];
const positiveEnd: Rgb = [24, 122, 200];
/** Odd, so that one colour is exactly zero's. */
const colourCount = 255;
/** The faintest count, which must be seen to be more than none. */
const faintest = 0.18;

/** Orange below 0, no ink at 0, blue above. @param limit - the size of the values at both ends, above 0 */
export function divergingScale(limit: number): ColourScale {
  const middle = (colourCount - 1) / 2;
  return scaleOf(-limit, limit, (index) => {
    const t = (index - middle) / middle;
    return [...(t < 0 ? negativeEnd : positiveEnd), Math.sqrt(Math.abs(t))];
  });
}

/** No ink for the first colour alone, then ever more blue: for counts, whose first colour is none. */
export function countScale(low: number, high: number): ColourScale {
  return scaleOf(low, high, (index) => {
    const t = index / (colourCount - 1);
    return [...positiveEnd, index === 0 ? 0 : faintest + (1 - faintest) * t];
  });
}

/** Which colour of the palette a value has. */
export function colourIndex({ low, high, palette }: ColourScale, value: number): number {
  const last = palette.length / 4 - 1;
  return Math.max(0, Math.min(last, Math.round((last * (value - low)) / (high - low))));
}

function scaleOf(low: number, high: number, colourOf: (index: number) => readonly number[]): ColourScale {
  const colours = Array.from({ length: colourCount }, (_, index) => colourOf(index));
  const palette = colours.flatMap(([red, green, blue, alpha]) => [red!, green!, blue!, 255 * alpha!]);
  return { low, high, palette: Uint8Array.from(palette, Math.round) };
}
