/**
 * Figures as PNG, by resvg: the light colours on white. Letters come from a font of a package, Inter, so that the
 * picture is the same on machines with other fonts or none.
 */
import { createRequire } from "node:module";
import { StoreError } from "./errors.ts";

const weights = ["400Regular/Inter_400Regular", "700Bold/Inter_700Bold"];

/**
 * Draws an SVG document as PNG. The renderer is loaded at the first call.
 *
 * @param svg - the text of a figure
 * @param scale - pixels of the picture for each of the figure's; 2 unless told
 * @returns the bytes of the file. Throws a StoreError when the text is no SVG or the scale no number above 0.
 */
export async function svgToPng(svg: string, { scale = 2 }: { scale?: number } = {}): Promise<Uint8Array> {
  if (!(scale > 0 && scale <= 20))
    throw new StoreError(`svgToPng: need a scale in (0, 20], got ${scale}. Leave it out for 2.`);
  const { Resvg } = await import("@resvg/resvg-js");
  const { resolve } = createRequire(import.meta.url);
  const fontFiles = weights.map((name) => resolve(`@expo-google-fonts/inter/${name}.ttf`));
  const font = { fontFiles, loadSystemFonts: false, defaultFontFamily: "Inter", sansSerifFamily: "Inter" };
  try {
    const picture = new Resvg(svg, { background: "#ffffff", fitTo: { mode: "zoom", value: scale }, font });
    return picture.render().asPng();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StoreError(
      `svgToPng: need an SVG document, got text that is none (${reason}). Pass a figure's svg.`,
    );
  }
}
