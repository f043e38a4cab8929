/**
 * An audit as one HTML file that needs nothing else: the verdict and why, the pictures, every observation with its rule
 * and numbers, and what would change it.
 */
import type { Audit } from "../analyse/audit/audit.ts";
import type { Evidence, EvidenceValue } from "../analyse/audit/evidence.ts";
import type { Verdict } from "../analyse/audit/verdict.ts";
import type { Figure } from "../figure/figure.ts";
import type { Spec } from "../spec/schema.ts";
import { escapeHtml, inline, numberText } from "./inline.ts";
import { css } from "./style.ts";
import { tableHtml } from "./table.ts";

/** An audit and what stands around it. */
export interface AuditPage {
  readonly audit: Audit;
  /** The run's folder or the file of weights. */
  readonly target: string;
  readonly assumptions: readonly string[];
  readonly command: string;
  /** Such as `toy-cis 0.1.0, Node 20.20.2`. */
  readonly versions: string;
  /** As it is to be read. */
  readonly date: string;
  /** What the network was audited as. */
  readonly spec: Spec;
}

/** A drawn figure of an audit. */
export interface AuditFigure {
  readonly title: string;
  readonly caption: string;
  readonly figure: Figure;
}

const ownCss = `
.badge { display: inline-block; font-weight: 700; border: 2px solid currentColor; border-radius: 999px; padding: .15em .9em; font-size: 1.3rem; }
.chip { white-space: nowrap; font-weight: 600; }
.code { color: var(--good); } .mixing, .dense, .dedicated { color: var(--link); } .open { color: var(--open); } .none { color: var(--soft); font-weight: 400; }
.item { border-top: 1px solid var(--line); padding-top: 1rem; margin-top: 1.5rem; }
.item h3 { margin: 0 0 .25rem; }
.item table { min-width: 0; }
@media (max-width: 40rem) { .overview thead { display: none; } .overview tr, .overview td { display: block; border: 0; padding: .1rem 0; }
  .overview tr { border-bottom: 1px solid var(--line); padding: .6rem 0; } }
`;

/** The whole file. @param figures drawn already */
export function auditHtml(page: AuditPage, figures: readonly AuditFigure[]): string {
  const { audit, target, versions, date, assumptions, command } = page;
  const title = `Audit of ${target}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${css}${ownCss}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the text</a>
<header>
<h1>Audit of <code>${escapeHtml(target)}</code></h1>
<p class="facts">${escapeHtml(versions)} · ${escapeHtml(date)}</p>
</header>
<main id="content">
<p><span class="badge ${classes[audit.verdict]}">${escapeHtml(audit.verdict)}</span></p>
<p class="lead">${inline(audit.summary)}</p>
<p>${confidenceHtml(audit)}</p>
${listHtml("What was assumed", assumptions)}
<h2 id="evidence">Evidence</h2>
${overviewHtml(audit.evidence)}
${figures.map(figureHtml).join("\n")}
<h2 id="items">Every observation, with its rule and numbers</h2>
${audit.evidence.map(itemHtml).join("\n")}
${listHtml("What would change the verdict", audit.whatWouldChangeIt)}
<h2>The network and what it was audited as</h2>
${networkHtml(page)}
</main>
<footer><p>Made by <code>${escapeHtml(command)}</code>. The same command gives the same numbers on any machine.</p></footer>
</body>
</html>
`;
}

const classes: Readonly<Record<Verdict, string>> = {
  "superposed code (CiS)": "code",
  "explained by label mixing": "mixing",
  dense: "dense",
  "dedicated neurons": "dedicated",
  inconclusive: "open",
};

function confidenceHtml({ confidence, verdict }: Audit): string {
  const { share, interval, resamplings, counts } = confidence;
  const others = counts.filter((entry) => entry.verdict !== verdict);
  const rest = others.map((entry) => `${entry.verdict}: ${entry.count}`).join(", ");
  return `Given by ${percent(share)} of ${resamplings} sample sets drawn afresh (95 % interval ${percent(interval.low)} to ${percent(interval.high)})${rest === "" ? "" : `; ${escapeHtml(rest)}`}.`;
}

const percent = (share: number): string => `${Math.round(100 * share)} %`;

function listHtml(title: string, sentences: readonly string[]): string {
  if (sentences.length === 0) return "";
  return `<h2>${escapeHtml(title)}</h2>\n<ul>${sentences.map((sentence) => `<li>${inline(sentence)}</li>`).join("")}</ul>`;
}

function overviewHtml(evidence: readonly Evidence[]): string {
  const rows = evidence.map(
    ({ id, title, sentence, speaksFor }) =>
      `<tr><td><a href="#${id}">${inline(title)}</a></td><td>${inline(sentence)}</td><td>${chip(speaksFor)}</td></tr>`,
  );
  return `<div class="scroll" tabindex="0" role="region" aria-label="Evidence"><table class="overview">
<thead><tr><th scope="col">observation</th><th scope="col">found</th><th scope="col">speaks for</th></tr></thead>
<tbody>${rows.join("\n")}</tbody></table></div>`;
}

const chip = (verdict: Verdict | null): string =>
  verdict === null
    ? '<span class="chip none">none of them</span>'
    : `<span class="chip ${classes[verdict]}">${escapeHtml(verdict)}</span>`;

function figureHtml({ title, caption, figure }: AuditFigure): string {
  // A figure is one image to a screen reader, so its parts must not carry labels; Plot gives them some.
  const svg = figure.svg.replaceAll(" aria-label=", " data-part=");
  return `<figure><div class="picture" tabindex="0" role="region" aria-label="${escapeHtml(title)}">${svg}</div>
<figcaption><b>${inline(title)}</b> ${inline(caption)}</figcaption></figure>`;
}

function itemHtml({ id, title, rule, threshold, values, sentence, speaksFor }: Evidence): string {
  const line = threshold === null ? "" : ` <small>Line drawn at ${numberText(threshold)}.</small>`;
  return `<section class="item" id="${id}" aria-labelledby="${id}-title"><h3 id="${id}-title">${inline(title)}</h3>
<p>${inline(sentence)} Speaks for: ${chip(speaksFor)}.</p>
<p><b>Rule.</b> ${inline(rule)}${line}</p>
${tableHtml(["number", "value", "standard error"], values.map(valueRow), { caption: `Numbers: ${title}` })}</section>`;
}

const valueRow = ({ name, value, stderr }: EvidenceValue) => [name, value, stderr ?? null] as const;

function networkHtml({ audit, spec }: AuditPage): string {
  const { network, dead, merged } = audit.canonical;
  const [neurons, features] = network.W_in.shape;
  return `<p>${features} features; ${neurons} live, distinct neurons (${dead} dead ones left out, ${merged} duplicates merged).
Loss exponent ${audit.exponent}.</p>
<details><summary>The spec</summary><pre><code>${escapeHtml(JSON.stringify(spec, null, 1))}</code></pre></details>`;
}
