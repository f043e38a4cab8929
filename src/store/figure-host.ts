/** Where figures are drawn in Node. */
import type { FigureHost } from "../figure/draw-figure.ts";

/** A document to draw on. linkedom is loaded when it is first needed. */
export async function figureHost(): Promise<FigureHost> {
  const { parseHTML } = await import("linkedom");
  return { document: parseHTML("<html></html>").document };
}
