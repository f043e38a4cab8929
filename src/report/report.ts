/**
 * The report of a study: one HTML file that needs nothing else, opens without a network and reads like an article. Under
 * every figure: the numbers that are drawn, and the command, spec and hash that they come from.
 */
import type { Figure, FigureTable } from "../figure/figure.ts";
import type { Claim, Verdict } from "../study/claim.ts";
import type { Block, Conclusion, FigureBlock, Section, Study } from "../study/study.ts";
import { commandOf, keptRuns, type Task, taskHash } from "../study/task.ts";
import { escapeHtml, inline, paragraphs } from "./inline.ts";
import { css } from "./style.ts";
import { claimsTable, tableHtml, verdictHtml } from "./table.ts";

/** A study's conclusion, with its figures drawn. */
export interface ReportedStudy {
  readonly study: Study;
  readonly conclusion: Conclusion;
  readonly tasks: readonly Task[];
  /** By the name of their block. */
  readonly figures: ReadonlyMap<string, Figure>;
  /** The command that makes this report. */
  readonly command: string;
}

/** What stands around the studies. */
export interface ReportFrame {
  /** Such as `toy-cis 0.1.0, numerics 2, Node 20.20.2`. */
  readonly versions: string;
  /** When it was made, as it is to be read. */
  readonly date: string;
  /** Said under the title, e.g. what a quick run leaves out. */
  readonly note: string;
}

/** The whole file. */
export function reportHtml(studies: readonly ReportedStudy[], frame: ReportFrame): string {
  const isOne = studies.length === 1;
  const title = isOne ? studies[0]!.study.title : "Studies of computation in superposition";
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${css}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the text</a>
<header>
<h1>${inline(title)}</h1>
<p class="facts">${escapeHtml(frame.versions)} · ${escapeHtml(frame.date)}<br>${inline(frame.note)}</p>
</header>
<main id="content">
${isOne ? "" : overview(studies)}
${studies.map((study) => studyHtml(study, isOne ? 2 : 3)).join("\n")}
</main>
<footer><p>Made by <code>${studies.map(({ command }) => escapeHtml(command)).join("; ")}</code>. Every number comes from the
runs listed under it; the same command gives the same numbers on any machine.</p></footer>
</body>
</html>
`;
}

/** All studies with their answers, and how many of their claims came out how. */
function overview(studies: readonly ReportedStudy[]): string {
  const claims = studies.flatMap(({ conclusion }) => conclusion.claims);
  const rows = studies.map(({ study, conclusion }) => [
    `[${study.title}](#${study.name})`,
    conclusion.answer,
    ...verdictCounts(conclusion.claims).map(([, count]) => count),
  ]);
  const columns = ["study", "answer", "reproduced", "differs", "inconclusive"];
  return `<h2 id="studies">The studies</h2>
${tally(claims)}
${tableHtml(columns, rows, { caption: `${studies.length} studies, ${claims.length} claims` })}`;
}

/** @param level of the headings of its sections: 2 in a report of its own, where the title is the page's */
function studyHtml(reported: ReportedStudy, level: 2 | 3): string {
  const { study, conclusion } = reported;
  const heading = level === 3 ? `<h2 class="study" id="${study.name}">${inline(study.title)}</h2>` : "";
  const headed = (id: string, text: string) => `<h${level} id="${study.name}-${id}">${text}</h${level}>`;
  const entries = conclusion.sections.map(
    ({ title }, i) => `<li><a href="#${anchorOf(study, i)}">${inline(title)}</a></li>`,
  );
  const contents = `<nav aria-label="Contents"><ol>${entries.join("")}<li><a href="#${study.name}-claims">All claims</a></li><li><a href="#${study.name}-runs">All runs</a></li></ol></nav>`;
  return `${heading}
<p class="lead"><b>${inline(study.question)}</b> ${inline(conclusion.answer)}</p>
${tally(conclusion.claims)}
${contents}
${conclusion.sections.map((section, i) => sectionHtml(section, anchorOf(study, i), level, reported)).join("\n")}
${headed("claims", "All claims")}
${claimsTable(conclusion.claims, `${conclusion.claims.length} claims of ${study.name}`)}
${headed("runs", "All runs")}
${taskList(reported.tasks)}
${headed("sources", "Sources")}
<ul>${study.sources.map((source) => `<li>${inline(source)}</li>`).join("")}</ul>`;
}

const anchorOf = (study: Study, index: number): string => `${study.name}-${index + 1}`;

function tally(claims: readonly Claim[]): string {
  const items = verdictCounts(claims).map(
    ([verdict, count]) => `<li><b>${count}</b> ${verdictHtml(verdict)}</li>`,
  );
  return `<ul class="tally" aria-label="Verdicts of ${claims.length} claims">${items.join("")}</ul>`;
}

const verdicts: readonly Verdict[] = ["reproduced", "differs", "inconclusive"];

/** How many claims have each verdict. */
export const verdictCounts = (claims: readonly Claim[]) =>
  verdicts.map((verdict) => [verdict, claims.filter((claim) => claim.verdict === verdict).length] as const);

function sectionHtml(
  { title, blocks }: Section,
  anchor: string,
  level: 2 | 3,
  reported: ReportedStudy,
): string {
  const body = blocks.map((block) => blockHtml(block, reported)).join("\n");
  return `<section aria-labelledby="${anchor}"><h${level} id="${anchor}">${inline(title)}</h${level}>\n${body}</section>`;
}

function blockHtml(block: Block, reported: ReportedStudy): string {
  switch (block.kind) {
    case "text":
      return paragraphs(block.text);
    case "figure":
      return figureHtml(block, reported);
    case "table": {
      const { columns, rows, title, digits } = block;
      const options = { caption: title, ...(digits === undefined ? {} : { digits }) };
      return `${tableHtml(columns, rows, options)}${provenance(block.tasks, reported)}`;
    }
    case "claims": {
      const chosen = reported.conclusion.claims.filter(({ id }) => block.ids.includes(id));
      return claimsTable(chosen, "Published and measured");
    }
  }
}

function figureHtml(block: FigureBlock, reported: ReportedStudy): string {
  const { svg, table } = reported.figures.get(block.name)!;
  const { name } = reported.study;
  return `<figure id="figure-${name}-${block.name}"><div class="picture" tabindex="0" role="region" aria-label="${escapeHtml(block.title)}">${inPage(svg)}</div>
<figcaption><b>${inline(block.title)}</b> ${inline(block.caption)}</figcaption>
<details><summary>The numbers in this figure</summary>${numbersHtml(name, block, table)}</details>
${provenance(block.tasks, reported)}</figure>`;
}

/** A figure is one image to a screen reader, so its parts must not carry labels; Plot gives them some. */
const inPage = (svg: string): string => svg.replaceAll(" aria-label=", " data-part=");

/** Longer tables are cut: a matrix of 10,000 entries would weigh more than the rest of the report. */
const mostCells = 4000;

function numbersHtml(study: string, { title, name }: FigureBlock, { columns, rows }: FigureTable): string {
  const most = Math.max(1, Math.floor(mostCells / columns.length));
  const cut =
    rows.length <= most
      ? ""
      : `<p>The first ${most} of ${rows.length} rows; all of them are in <code>figures/${study}/${escapeHtml(name)}.csv</code>.</p>`;
  return `${tableHtml(columns, rows.slice(0, most), { caption: title })}${cut}`;
}

/** Commands, ids and hashes of the tasks behind a figure, and the whole spec of the first. */
function provenance(keys: readonly string[], { tasks, command }: ReportedStudy): string {
  const behind = tasks.filter(({ key }) => keys.includes(key));
  const first = behind.flatMap(trainedBy)[0];
  const made = `<p>All of it: <code>${escapeHtml(command)}</code></p>`;
  const spec =
    first === undefined
      ? "<p>Nothing was trained for this alone: it is made of what is listed under “All runs”.</p>"
      : `${taskList(behind)}<p>The first spec; the others differ by the changes in their commands.</p>
<pre><code>${escapeHtml(JSON.stringify(first.spec, null, 1))}</code></pre>`;
  return `<details><summary>Command, spec and hash</summary>${made}${spec}</details>`;
}

/** The specs that a task trains or asks about. */
const trainedBy = (task: Task) => (task.kind === "measure" ? task.specs : [task]);

function taskList(tasks: readonly Task[]): string {
  const rows = tasks.map((task) => [
    task.key,
    keptRuns(task)
      .map((id) => `\`${id}\``)
      .join(", ") || "–",
    `\`${taskHash(task).slice(0, 16)}\``,
    `\`${commandOf(task)}\``,
  ]);
  return tableHtml(["name", "run", "hash of spec and measures", "command"], rows, { caption: "Runs" });
}
