/** What a network answers to every feature alone, at +1 and at −1, beside what its labels say. */
import type { ResponseHeatmap } from "../evaluate/response-heatmap.ts";
import type { FigureHost } from "./draw-figure.ts";
import type { Figure } from "./figure.ts";
import { heatmapFigure } from "./heatmap-figure.ts";

/**
 * Draws four matrices with one colour scale: responses at the left, labels at the right, positive inputs above.
 *
 * @param record - from `responseHeatmap(network)`
 * @param options.limit - where colours end; the largest entry's size unless given, which is about 1. A smaller one shows
 * what leaks to other outputs.
 * @returns the figure and its entries. Throws when a response is not finite, or there is none.
 */
export function responseHeatmapFigure(
  record: ResponseHeatmap,
  { document, limit }: FigureHost & { readonly limit?: number },
): Figure {
  const axes = { xLabel: "input feature j", yLabel: "output i" } as const;
  return heatmapFigure(
    {
      title: "Responses to single features, beside their labels",
      panels: [
        { title: "network, x = +eⱼ", matrix: record.positive, ...axes },
        { title: "labels, x = +eⱼ", matrix: record.positiveLabels, ...axes },
        { title: "network, x = −eⱼ", matrix: record.negative, ...axes },
        { title: "labels, x = −eⱼ", matrix: record.negativeLabels, ...axes },
      ],
      scale: { sharing: "shared", ...(limit === undefined ? {} : { limit }) },
    },
    { document },
  );
}
