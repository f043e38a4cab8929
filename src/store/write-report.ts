/** Writes what studies conclude: figures as SVG, PNG and CSV, a folder for each study, `claims.json`, and `report.html` last. */
import { join } from "node:path";
import type { FigureHost } from "../figure/draw-figure.ts";
import { csvOf, type Figure } from "../figure/figure.ts";
import { type ReportedStudy, type ReportFrame, reportHtml } from "../report/report.ts";
import type { Conclusion, FigureBlock } from "../study/study.ts";
import { makeFolder, writeFileAtomic } from "./atomic-file.ts";
import { svgToPng } from "./png.ts";

/** Where the files of a report are. */
export interface ReportFiles {
  readonly report: string;
  readonly claims: string;
  readonly figures: string;
}

/**
 * Draws and writes everything below `out`.
 * @throws StoreError when a file cannot be written; those written before are whole.
 */
export async function writeReport(
  out: string,
  studies: readonly Omit<ReportedStudy, "figures">[],
  frame: ReportFrame,
): Promise<ReportFiles> {
  const files = {
    report: join(out, "report.html"),
    claims: join(out, "claims.json"),
    figures: join(out, "figures"),
  };
  const host = await figureHost();
  const drawn = studies.map((study) => ({ ...study, figures: draw(study.conclusion, host) }));
  for (const { study, figures } of drawn) {
    const folder = join(files.figures, study.name);
    makeFolder(folder);
    for (const [name, figure] of figures) await writeFigure(folder, name, figure);
  }
  const claims = studies.flatMap(({ conclusion }) => conclusion.claims);
  writeFileAtomic(files.claims, `${JSON.stringify(claims, null, 2)}\n`);
  writeFileAtomic(files.report, reportHtml(drawn, frame));
  return files;
}

/** A document to draw on. linkedom is loaded when it is first needed. */
async function figureHost(): Promise<FigureHost> {
  const { parseHTML } = await import("linkedom");
  return { document: parseHTML("<html></html>").document };
}

function draw({ sections }: Conclusion, host: FigureHost): ReadonlyMap<string, Figure> {
  const blocks = sections
    .flatMap(({ blocks }) => blocks)
    .filter((block): block is FigureBlock => block.kind === "figure");
  return new Map(blocks.map((block) => [block.name, block.draw(host)]));
}

async function writeFigure(folder: string, name: string, { svg, table }: Figure): Promise<void> {
  writeFileAtomic(join(folder, `${name}.svg`), svg);
  writeFileAtomic(join(folder, `${name}.csv`), csvOf(table));
  writeFileAtomic(join(folder, `${name}.png`), await svgToPng(svg));
}
