/** Draws the figures of studies, on a document that is made for it. */
import type { FigureHost } from "../figure/draw-figure.ts";
import type { Figure } from "../figure/figure.ts";
import type { ReportedStudy } from "../report/report.ts";
import type { Conclusion, FigureBlock } from "../study/study.ts";
import { figureHost } from "./figure-host.ts";

/** The studies with every figure of their sections drawn. */
export async function drawnStudies(
  studies: readonly Omit<ReportedStudy, "figures">[],
): Promise<readonly ReportedStudy[]> {
  const host = await figureHost();
  return studies.map((study) => ({ ...study, figures: draw(study.conclusion, host) }));
}

function draw({ sections }: Conclusion, host: FigureHost): ReadonlyMap<string, Figure> {
  const blocks = sections
    .flatMap(({ blocks }) => blocks)
    .filter((block): block is FigureBlock => block.kind === "figure");
  return new Map(blocks.map((block) => [block.name, block.draw(host)]));
}
