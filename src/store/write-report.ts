/** Writes what studies conclude: figures as SVG, PNG and CSV, a folder for each study, `claims.json`, and `report.html` last. */
import { join } from "node:path";
import { csvOf, type Figure } from "../figure/figure.ts";
import { type ReportedStudy, type ReportFrame, reportHtml } from "../report/report.ts";
import { makeFolder, writeFileAtomic } from "./atomic-file.ts";
import { drawnStudies } from "./draw-study.ts";
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
  const drawn = await drawnStudies(studies);
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

async function writeFigure(folder: string, name: string, { svg, table }: Figure): Promise<void> {
  writeFileAtomic(join(folder, `${name}.svg`), svg);
  writeFileAtomic(join(folder, `${name}.csv`), csvOf(table));
  writeFileAtomic(join(folder, `${name}.png`), await svgToPng(svg));
}
