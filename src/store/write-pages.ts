/** Writes the pages of studies for a documentation folder: one Markdown page and a folder of SVG figures each, and a gallery. */
import { join } from "node:path";
import { galleryPage, studyPage } from "../report/page.ts";
import type { ReportedStudy } from "../report/report.ts";
import { makeFolder, writeFileAtomic } from "./atomic-file.ts";
import { drawnStudies } from "./draw-study.ts";

/**
 * Writes `README.md`, the gallery, and for each study `NAME.md` and `figures/NAME/`, below `out`.
 * @throws StoreError when a file cannot be written; those written before are whole.
 */
export async function writePages(
  out: string,
  studies: readonly Omit<ReportedStudy, "figures">[],
): Promise<void> {
  const drawn = await drawnStudies(studies);
  for (const reported of drawn) {
    const folder = `figures/${reported.study.name}`;
    makeFolder(join(out, folder));
    for (const [name, { svg }] of reported.figures) writeFileAtomic(join(out, folder, `${name}.svg`), svg);
    writeFileAtomic(join(out, `${reported.study.name}.md`), studyPage(reported, folder));
  }
  const entries = drawn.map((reported) => ({ reported, folder: `figures/${reported.study.name}` }));
  writeFileAtomic(join(out, "README.md"), galleryPage(entries));
}
