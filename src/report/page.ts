/**
 * A study as a page of the documentation: its text, figures and claims in Markdown, made of the same blocks as the report.
 * What the report folds away (numbers behind figures, specs, hashes) stays there.
 */
import type { Claim } from "../study/claim.ts";
import type { Block, FigureBlock, TableBlock } from "../study/study.ts";
import { numberText } from "./inline.ts";
import { type ReportedStudy, verdictCounts } from "./report.ts";
import { claimNumbers, verdictSigns } from "./table.ts";

/** The page of a study; its figures lie in `folder`, as the page sees it. */
export function studyPage(reported: ReportedStudy, folder: string): string {
  const { study, conclusion, command } = reported;
  const sections = conclusion.sections.flatMap(({ title, blocks }) => [
    `## ${title}`,
    ...blocks.map((block) => blockText(block, conclusion.claims, folder)),
  ]);
  const parts = [
    `# ${study.title}`,
    `<!-- Written by scripts/study-pages.mjs from the results of the command below. Do not edit. -->`,
    `**${study.question}** ${conclusion.answer}`,
    `${tally(conclusion.claims)} Made by \`${command}\`.`,
    ...sections,
    "## All claims",
    claimsText(conclusion.claims),
    "## Sources",
    study.sources.map((source) => `- ${source}`).join("\n"),
  ];
  return `${parts.join("\n\n")}\n`;
}

/** The gallery: every study with its question, its answer, its tally and its first figure. */
export function galleryPage(
  studies: readonly { readonly reported: ReportedStudy; readonly folder: string }[],
): string {
  const entries = studies.map(({ reported: { study, conclusion }, folder }) => {
    const figure = conclusion.sections
      .flatMap(({ blocks }) => blocks)
      .find((block): block is FigureBlock => block.kind === "figure");
    const picture = figure === undefined ? [] : [`[${pictureText(figure, folder)}](${study.name}.md)`];
    return [
      `## [${study.title}](${study.name}.md)`,
      `**${study.question}** ${conclusion.answer}`,
      ...picture,
      `${tally(conclusion.claims)} \`npx toy-cis reproduce ${study.name}\``,
    ].join("\n\n");
  });
  return `# Studies

<!-- Written by scripts/study-pages.mjs. Do not edit. -->

What the literature on superposition and computation in it has found in toy models, each finding with a verdict. Every page is
made from the results of one command; the report that the command writes has the numbers behind each figure, too.

${entries.join("\n\n")}
`;
}

const tally = (claims: readonly Claim[]): string =>
  `${claims.length} claims: ${verdictCounts(claims)
    .map(([verdict, count]) => `${count} ${verdict}`)
    .join(", ")}.`;

const pictureText = ({ title, name }: FigureBlock, folder: string): string =>
  `![${title.replaceAll(/[[\]]/g, "")}](${folder}/${name}.svg)`;

function blockText(block: Block, claims: readonly Claim[], folder: string): string {
  switch (block.kind) {
    case "text":
      return block.text;
    case "figure":
      return `${pictureText(block, folder)}\n\n*${block.title}* ${block.caption}`;
    case "table":
      return `${block.title}\n\n${tableText(block)}`;
    case "claims":
      return claimsText(claims.filter(({ id }) => block.ids.includes(id)));
  }
}

function tableText({ columns, rows, digits }: TableBlock): string {
  const cell = (value: string | number | null) =>
    value === null ? "–" : typeof value === "number" ? numberText(value, digits) : value;
  return markdownTable(
    columns,
    rows.map((row) => row.map(cell)),
  );
}

function claimsText(claims: readonly Claim[]): string {
  const rows = claims.map((claim) => {
    const { statement, source, remark, verdict } = claim;
    const about = [statement, `${source}.`, remark ?? ""].join(" ").trim();
    return [about, `${verdictSigns[verdict]} ${verdict}`, ...claimNumbers(claim)];
  });
  return markdownTable(["claim", "verdict", "published", "measured", "95 % interval", "seeds"], rows);
}

function markdownTable(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;
  return [line(columns), line(columns.map(() => "---")), ...rows.map(line)].join("\n");
}
