/** Writes an audit as one HTML file. */
import { auditFigures } from "../report/audit-figures.ts";
import { type AuditPage, auditHtml } from "../report/audit-page.ts";
import { writeFileAtomic } from "./atomic-file.ts";
import { figureHost } from "./figure-host.ts";

/** Draws the figures and writes the page. @throws StoreError when the file cannot be written. */
export async function writeAuditPage(path: string, page: AuditPage): Promise<void> {
  writeFileAtomic(path, auditHtml(page, auditFigures(page.audit, await figureHost())));
}
