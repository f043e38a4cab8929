/** Reports: what studies conclude, as one HTML file that opens offline. */
export { type ReportedStudy, type ReportFrame, reportHtml } from "./report.ts";
