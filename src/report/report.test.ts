import { describe, expect, it } from "vitest";
import type { Claim } from "../study/claim.ts";
import type { Study } from "../study/study.ts";
import { runIdOf, taskHash, trainTask } from "../study/task.ts";
import { type ReportedStudy, reportHtml } from "./report.ts";

const task = trainTask({ key: "clean/0", preset: "cc-clean", overrides: ["training.steps=10"] });
const claim = (id: string, verdict: Claim["verdict"]): Claim => ({
  ...{ id, study: "small", source: "a paper", statement: `Of <${id}>.`, expected: 0.065, tolerance: 0.0015 },
  ...{ measured: 0.0651, ci95: [0.0642, 0.066], seeds: 3, values: [0.0648, 0.065, 0.0655], verdict },
  ...{ command: "npx toy-cis reproduce small", runs: [runIdOf(task)] },
});
const study: Study = {
  name: "small",
  title: "A small study",
  question: "Is it small?",
  sources: ["A paper, [arXiv 1](https://arxiv.org/abs/1)"],
  plan: () => [task],
  conclude: () => {
    throw new Error("not asked here");
  },
};
const reported: ReportedStudy = {
  study,
  tasks: [task],
  command: "npx toy-cis reproduce small",
  figures: new Map([
    [
      "bars",
      {
        svg: '<svg xmlns="http://www.w3.org/2000/svg"><g aria-label="bar"></g></svg>',
        table: {
          columns: ["x", "y"],
          rows: [
            [1, null],
            ["a<b", 0.5],
          ],
        },
      },
    ],
  ]),
  conclusion: {
    answer: "Yes.",
    table: { columns: [], rows: [] },
    claims: [claim("one", "reproduced"), claim("two", "differs"), claim("three", "inconclusive")],
    sections: [
      {
        title: "Bars",
        blocks: [
          { kind: "text", text: "First.\n\nSecond." },
          {
            ...{ kind: "figure", name: "bars", title: "Bars.", caption: "Of things.", tasks: ["clean/0"] },
            draw: () => {
              throw new Error("drawn already");
            },
          },
          { kind: "table", title: "A table", columns: ["n"], rows: [[0.12345]], digits: 2, tasks: [] },
          { kind: "claims", ids: ["two"] },
        ],
      },
    ],
  },
};
const html = reportHtml([reported], { versions: "toy-cis 0", date: "2026-01-02", note: "A note." });

describe("reportHtml", () => {
  it("asks for nothing from outside: no script, no style sheet, no picture, no font", () => {
    expect(html).not.toMatch(/<script|<link|<img|<iframe|@import|url\(|src=/);
    expect(html.match(/https?:\/\/[^\s"'<)]+/g)!.every((address) => /w3\.org|arxiv\.org/.test(address))).toBe(
      true,
    );
  });

  it("labels no part of a figure, which is one image", () => {
    expect(html).toContain('<g data-part="bar">');
  });

  it("starts with the question, the answer and the tally", () => {
    expect(html).toContain("<b>Is it small?</b> Yes.");
    expect(html).toMatch(
      /<b>1<\/b> <span class="verdict reproduced">✓ reproduced.*<b>1<\/b> <span class="verdict differs">✗ differs/,
    );
  });

  it("has the numbers behind a figure, and command, spec and hash of its runs", () => {
    expect(html).toContain("<td>a&#60;b</td>");
    expect(html).toContain("npx toy-cis train cc-clean training.steps=10");
    for (const id of [runIdOf(task), taskHash(task).slice(0, 16)]) expect(html).toContain(id);
    expect(html).toContain("&#34;steps&#34;: 10");
  });

  it("shows claims with as many digits as their tolerance has", () => {
    expect(html).toContain('<td class="n">0.0650 ± 0.0015</td>');
    expect(html).toContain('<td class="n">0.0642 … 0.0660</td>');
    expect(html).toContain("Of &#60;two&#62;.");
  });

  it("cuts the numbers of a figure that would outweigh the report, and says where they are", () => {
    const rows = Array.from({ length: 5000 }, (_, i) => [i, i]);
    const table = { columns: ["x", "y"], rows };
    const figures = new Map([["bars", { svg: "<svg></svg>", table }]]);
    const long = reportHtml([{ ...reported, figures }], { versions: "", date: "", note: "" });
    expect(long).toContain(
      "The first 2000 of 5000 rows; all of them are in <code>figures/small/bars.csv</code>.",
    );
    expect(long).not.toContain('<td class="n">2001</td>');
  });

  it("puts several studies under one table of answers, each link of which leads to its study", () => {
    const other = { ...reported, study: { ...study, name: "other", title: "Another" } };
    const both = reportHtml([reported, other], { versions: "", date: "", note: "" });
    expect(both).toContain('<a href="#other">Another</a>');
    expect(both).toContain("2 studies, 6 claims");
    expect(both).toContain('<h2 class="study" id="other">Another</h2>');
    expect(both).toContain('<h3 id="other-1">Bars</h3>');
    const ids = [...both.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, id] of both.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(id);
  });

  it("every link in the page leads somewhere", () => {
    const targets = [...html.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    expect(targets.length).toBeGreaterThan(3);
    for (const id of targets) expect(html).toContain(`id="${id}"`);
  });
});
