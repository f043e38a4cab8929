/**
 * How figures look: colours, dashes, symbols, letters, and the style sheet that swaps colours in dark surroundings.
 *
 * Series colours are Okabe and Ito's (jfly.uni-koeln.de/color), told apart by all common kinds of colour vision; orange
 * and sky blue are darkened for thin lines on white. Dash and symbol tell the series apart in grey. A figure is drawn
 * in light colours; in dark ones the sheet replaces them by name, so that programs without style sheets see light ones.
 */

/** The class of every figure's root element. */
export const figureClass = "toy-cis-figure";

/** Colours of lines, dots and text, in light surroundings. */
export const colours = {
  blue: "#0072b2",
  vermilion: "#d55e00",
  green: "#009e73",
  purple: "#b8578f",
  orange: "#c07f00",
  sky: "#3d9fd6",
  brown: "#7a5230",
  /** What is compared with: naive lines, zero lines. */
  grey: "#6b7580",
  /** Bounds and marks. */
  ink: "#1f2328",
  /** What lies behind text and dots. */
  paper: "#ffffff",
} as const;

/** Fills of bars and cells, the same in light and dark; text on them is `fillInk`. */
export const fills = { linear: "#3a8cc8", even: "#e69f00", fillInk: "#10151b" } as const;

const darkOf: Readonly<Record<string, string>> = {
  [colours.blue]: "#58a9e0",
  [colours.vermilion]: "#f58549",
  [colours.green]: "#35c79b",
  [colours.purple]: "#e393c3",
  [colours.orange]: "#ecb13d",
  [colours.sky]: "#8fd0f5",
  [colours.brown]: "#c9a27e",
  [colours.grey]: "#9aa5b1",
  [colours.ink]: "#e6edf3",
  [colours.paper]: "#0d1117",
};

/** Sizes in CSS pixels. */
export const sizes = { width: 720, plotHeight: 300, font: 13, tickFont: 12 } as const;

/** Inter is what PNGs are drawn with (src/store/png.ts); readers without it see their system's own. */
const fontFamily = 'Inter, system-ui, -apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif';

const symbols: readonly SeriesSymbol[] = [
  { name: "circle", path: "M4,0A4,4,0,1,1,-4,0A4,4,0,1,1,4,0Z" },
  { name: "square", path: "M-3.545,-3.545h7.09v7.09h-7.09Z" },
  { name: "triangle", path: "M0,-6.22L5.387,3.11L-5.387,3.11Z" },
  { name: "diamond", path: "M0,-6.598L3.809,0L0,6.598L-3.809,0Z" },
  {
    name: "cross",
    path: "M-4.756,-1.585H-1.585V-4.756H1.585V-1.585H4.756V1.585H1.585V4.756H-1.585V1.585H-4.756Z",
  },
];

/** A symbol: Plot's name, and the same shape for legends as a path around 0 for radius 4. */
export interface SeriesSymbol {
  readonly name: "circle" | "square" | "triangle" | "diamond" | "cross";
  readonly path: string;
}

/** How one of several series is drawn. */
export interface SeriesStyle {
  readonly colour: string;
  /** An SVG dash array; undefined for a solid line. */
  readonly dash: string | undefined;
  readonly symbol: SeriesSymbol;
}

const seriesColours = [
  colours.blue,
  colours.vermilion,
  colours.green,
  colours.purple,
  colours.orange,
  colours.sky,
  colours.brown,
] as const;
const dashes = [undefined, "7,3", "2,3", "9,3,2,3"] as const;

/** The style of series `index`, from 0: 7 colours, 4 dashes and 5 symbols come back together only after 140 series. */
export function seriesStyle(index: number): SeriesStyle {
  return {
    colour: seriesColours[index % seriesColours.length]!,
    dash: dashes[index % dashes.length],
    symbol: symbols[index % symbols.length]!,
  };
}

/**
 * The style sheet of a figure, with dark twins of those colours that occur in it. Dark is what the reader's scheme
 * says, unless an ancestor says otherwise by `data-theme="light"` or `"dark"`; print is always light.
 */
export function styleSheet(svg: string): string {
  const used = Object.keys(darkOf).filter((colour) => svg.includes(`="${colour}"`));
  const dark = (root: string) =>
    [`${root}{color:${darkOf[colours.ink]}}`, ...used.map((colour) => darkRules(root, colour))].join("\n");
  const root = `.${figureClass}`;
  return `
${root}{display:block;height:auto;max-width:100%;color:${colours.ink};font-family:${fontFamily};font-size:${sizes.font}px}
${root} text{white-space:pre}
${svg.includes("<image") ? `${sharpImages(root)}\n` : ""}@media screen and (prefers-color-scheme:dark){
${dark(`${root}:not([data-theme=light] *)`)}
}
@media screen{
${dark(`[data-theme=dark] ${root}`)}
}
`;
}

/** Cells keep sharp edges. Under a condition that always holds: renderers of SVG 1.1 skip it, and the unknown word. */
const sharpImages = (root: string): string => `@media all{${root} image{image-rendering:pixelated}}`;

function darkRules(root: string, colour: string): string {
  const rule = (property: string) => `${root} [${property}="${colour}"]{${property}:${darkOf[colour]}}`;
  return `${rule("fill")}${rule("stroke")}`;
}
