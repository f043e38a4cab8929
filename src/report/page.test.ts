import { describe, expect, it } from "vitest";
import type { Claim } from "../study/claim.ts";
import { galleryPage, studyPage } from "./page.ts";
import type { ReportedStudy } from "./report.ts";

const claim: Claim = {
  ...{
    id: "one",
    study: "small",
    source: "A paper",
    statement: "L/p is a|b.",
    expected: 0.065,
    tolerance: 0.0015,
  },
  ...{ measured: 0.0651, ci95: [0.0642, 0.066], seeds: 3, values: [0.0648, 0.065, 0.0655] },
  ...{ verdict: "reproduced", remark: "With [care](https://arxiv.org/abs/1).", command: "c", runs: [] },
};
const never = () => {
  throw new Error("not asked here");
};
const reported: ReportedStudy = {
  study: {
    ...{ name: "small", title: "A small study", question: "Is it small?", sources: ["A paper"] },
    ...{ plan: () => [], conclude: never },
  },
  tasks: [],
  command: "npx toy-cis reproduce small",
  figures: new Map(),
  conclusion: {
    answer: "Yes.",
    table: { columns: [], rows: [] },
    claims: [claim],
    sections: [
      {
        title: "What it is",
        blocks: [
          { kind: "text", text: "First *and* last." },
          { kind: "figure", name: "bars", title: "Bars [n].", caption: "Of things.", tasks: [], draw: never },
          {
            kind: "table",
            title: "Numbers",
            columns: ["n", "x"],
            rows: [[0.12345, null]],
            digits: 2,
            tasks: [],
          },
          { kind: "claims", ids: ["one", "none"] },
        ],
      },
    ],
  },
};

describe("studyPage", () => {
  const page = studyPage(reported, "figures/small");

  it("has question, answer, tally and command, sections in order, claims and sources", () => {
    const heads = page.split("\n").filter((line) => line.startsWith("#"));
    expect(heads).toEqual(["# A small study", "## What it is", "## All claims", "## Sources"]);
    expect(page).toContain("**Is it small?** Yes.");
    expect(page).toContain(
      "1 claims: 1 reproduced, 0 differs, 0 inconclusive. Made by `npx toy-cis reproduce small`.",
    );
  });

  it("shows figures by relative paths, and tables that no cell breaks", () => {
    expect(page).toContain("![Bars n.](figures/small/bars.svg)\n\n*Bars [n].* Of things.");
    expect(page).toContain("| n | x |\n| --- | --- |\n| 0.12 | – |");
    expect(page).toContain(
      "| L/p is a\\|b. A paper. With [care](https://arxiv.org/abs/1). | ✓ reproduced | 0.0650 ± 0.0015 | 0.0651 | 0.0642 … 0.0660 | 3 |",
    );
  });

  it("is linked by the gallery, with its first figure", () => {
    const gallery = galleryPage([{ reported, folder: "figures/small" }]);
    expect(gallery).toContain("## [A small study](small.md)");
    expect(gallery).toContain("[![Bars n.](figures/small/bars.svg)](small.md)");
  });
});
