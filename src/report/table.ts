/** Tables of a report: what stands behind figures, and claims with their verdicts. */
import type { Claim, Verdict } from "../study/claim.ts";
import { escapeHtml, inline, numberText } from "./inline.ts";

type Cell = string | number | null;

/** A table that scrolls sideways where it is wider than the page. */
export function tableHtml(
  columns: readonly string[],
  rows: readonly (readonly Cell[])[],
  { caption, digits }: { readonly caption?: string; readonly digits?: number } = {},
): string {
  const numeric = columns.map((_, i) => rows.every((row) => typeof row[i] !== "string"));
  const head = columns.map(
    (name, i) => `<th scope="col"${numeric[i] ? ' class="n"' : ""}>${inline(name)}</th>`,
  );
  const body = rows.map((row) => `<tr>${row.map((cell) => cellHtml(cell, digits)).join("")}</tr>`);
  const title = caption === undefined ? "" : `<caption>${inline(caption)}</caption>`;
  return `<div class="scroll" tabindex="0" role="region" aria-label="${escapeHtml(caption ?? "table")}"><table>${title}
<thead><tr>${head.join("")}</tr></thead>
<tbody>${body.join("\n")}</tbody></table></div>`;
}

function cellHtml(cell: Cell, digits?: number): string {
  if (cell === null) return '<td class="n">–</td>';
  return typeof cell === "number"
    ? `<td class="n">${numberText(cell, digits)}</td>`
    : `<td>${inline(cell)}</td>`;
}

/** Signs of the verdicts, so that none hangs on colour alone. */
export const verdictSigns: Readonly<Record<Verdict, string>> = {
  reproduced: "✓",
  differs: "✗",
  inconclusive: "?",
};

/** A verdict with its sign. */
export function verdictHtml(verdict: Verdict): string {
  return `<span class="verdict ${verdict}">${verdictSigns[verdict]} ${verdict}</span>`;
}

/** Published against measured, one row a claim. */
export function claimsTable(claims: readonly Claim[], caption: string): string {
  const rows = claims.map(claimRow).join("\n");
  return `<div class="scroll" tabindex="0" role="region" aria-label="${escapeHtml(caption)}"><table class="claims"><caption>${inline(caption)}</caption>
<thead><tr><th scope="col">claim</th><th scope="col">verdict</th><th scope="col" class="n">published</th>
<th scope="col" class="n">measured</th><th scope="col" class="n">95 % interval</th><th scope="col" class="n">seeds</th></tr></thead>
<tbody>${rows}</tbody></table></div>`;
}

function claimRow(claim: Claim): string {
  const { statement, source, remark, verdict } = claim;
  const more = remark === undefined ? "" : ` ${inline(remark)}`;
  const numbers = claimNumbers(claim).map((text) => `<td class="n">${text}</td>`);
  return `<tr><td>${inline(statement)} <small>${inline(source)}.${more}</small></td><td>${verdictHtml(verdict)}</td>
${numbers.join("\n")}</tr>`;
}

/** Published ± tolerance, measured, its interval and the number of seeds, as texts. */
export function claimNumbers({ expected, tolerance, measured, ci95, seeds }: Claim): readonly string[] {
  const number = (value: number) => shown(value, tolerance);
  return [
    `${number(expected)}${tolerance === 0 ? "" : ` ± ${number(tolerance)}`}`,
    measured === null ? "–" : number(measured),
    ci95 === null ? "–" : seeds === 0 ? "exact" : ci95.map(number).join(" … "),
    seeds === 0 ? "–" : `${seeds}`,
  ];
}

/** One digit more than the tolerance's first; whole numbers as they are when the tolerance is whole. */
function shown(value: number, tolerance: number): string {
  if (Number.isInteger(tolerance)) return numberText(value, Number.isInteger(value) ? 0 : 1);
  const digits = Math.min(8, Math.max(0, 1 - Math.floor(Math.log10(tolerance))));
  return numberText(value, digits);
}
