import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { parseSpec, presets } from "../src/spec/index.ts";
import { specTables } from "./support/spec-table.ts";

const path = new URL("../docs/guides/spec.md", import.meta.url);
const [begin, end] = ["<!-- fields -->", "<!-- end of fields -->"];
const guide = readFileSync(path, "utf8");

it("has a row for every field, as the schema says (mend with: npx vitest run test/spec-guide -u)", async () => {
  const start = guide.indexOf(begin) + begin.length;
  const withTables = `${guide.slice(0, start)}\n\n${specTables()}\n\n${guide.slice(guide.indexOf(end))}`;
  await expect(withTables).toMatchFileSnapshot(fileURLToPath(path));
});

it("shows specs that can be read", () => {
  const blocks = [...guide.matchAll(/```(?:yaml|json)\n([\s\S]*?)```/g)].map(([, text]) => text!);
  expect(blocks.length).toBeGreaterThanOrEqual(2);
  for (const block of blocks) expect(parseSpec(block)).toMatchObject({ version: 1 });
});

it("names every preset", () => {
  for (const { name } of presets) expect(guide).toContain(`\`${name}\``);
});
