/** The pictures of an audit: its losses in two parts, what it answers, and its codewords. */
import type { Audit } from "../analyse/audit/audit.ts";
import type { EvidenceValue } from "../analyse/audit/evidence.ts";
import { codewords } from "../analyse/codewords.ts";
import { responseHeatmap } from "../evaluate/response-heatmap.ts";
import { codewordsFigure } from "../figure/codewords-figure.ts";
import type { FigureHost } from "../figure/draw-figure.ts";
import { type OddEvenRow, oddEvenFigure } from "../figure/odd-even-figure.ts";
import { responseHeatmapFigure } from "../figure/response-heatmap-figure.ts";
import type { AuditFigure } from "./audit-page.ts";

/** Draws the pictures that go with an audit's evidence. */
export function auditFigures(
  { canonical: { network }, evidence }: Audit,
  host: FigureHost,
): readonly AuditFigure[] {
  const figures: AuditFigure[] = [];
  const split = evidence.find(({ id }) => id === "odd-even");
  if (split !== undefined) {
    figures.push({
      title: "The loss, linear and even part.",
      caption:
        "A code, or any computation beyond dedicated neurons, would show in the even part; mixed labels can be regressed on in the linear part alone.",
      figure: oddEvenFigure(rowsOf(split.values), host),
    });
  }
  if (network.W_in.shape[0] === 0) return figures;
  figures.push({
    title: "Responses to one feature at a time.",
    caption: "Every input feature alone at +1 and at −1, beside what its labels say.",
    figure: responseHeatmapFigure(responseHeatmap(network), host),
  });
  figures.push({
    title: "Codewords.",
    caption:
      "Which neurons each feature drives, in the canonical scale where a neuron's typical large weight is 1: weights above 0.3.",
    figure: codewordsFigure(codewords(network.W_in, { threshold: 0.3 }), host),
  });
  return figures;
}

function rowsOf(values: readonly EvidenceValue[]): readonly OddEvenRow[] {
  const value = (name: string) => values.find((entry) => entry.name === name)?.value ?? null;
  const bounds = { linearBound: value("least linear part"), evenBound: value("least even part") };
  const known = Object.fromEntries(Object.entries(bounds).filter(([, bound]) => bound !== null));
  return [
    { label: "this network", linear: value("linear part")!, even: value("even part")!, ...known },
    { label: "naive, same labels", linear: value("naive's linear part")!, even: value("naive's even part")! },
    {
      label: "naive, clean labels",
      linear: value("naive's linear part on clean labels")!,
      even: value("naive's even part")!,
    },
  ];
}
