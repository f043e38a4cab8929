/** Reports: what studies conclude, as one HTML file that opens offline. */

export { galleryPage, studyPage } from "./page.ts";
export { type ReportedStudy, type ReportFrame, reportHtml } from "./report.ts";
