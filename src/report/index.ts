/** Reports: what studies conclude and what an audit finds, each as HTML that opens offline, and studies as pages. */
export { auditFigures } from "./audit-figures.ts";
export { type AuditFigure, type AuditPage, auditHtml } from "./audit-page.ts";
export { galleryPage, studyPage } from "./page.ts";
export { type ReportedStudy, type ReportFrame, reportHtml } from "./report.ts";
