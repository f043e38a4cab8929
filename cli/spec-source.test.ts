import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { specOf, specWords } from "./spec-source.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "toy-cis-spec-"));
  writeFileSync(join(folder, "good.yaml"), "model: { neurons: 7 }");
  writeFileSync(join(folder, "bad=.yaml"), "model:\n  nuerons: 7\n");
  writeFileSync(join(folder, "large.yaml"), "#".repeat(2 ** 20 + 1));
});
afterAll(() => rmSync(folder, { recursive: true }));

const resolve = (...words: string[]) => specOf(specWords(words), "compressed-computation");

it("tells a source from changes, in any order", () => {
  expect(specWords(["seed=1", "cc-clean", "a.b={c: =}"])).toEqual({
    source: "cc-clean",
    overrides: ["seed=1", "a.b={c: =}"],
  });
  expect(specWords(["./a=b.yaml"])).toEqual({ source: "./a=b.yaml", overrides: [] });
  expect(specWords([])).toEqual({ source: null, overrides: [] });
  expect(() => specWords(["cc-clean", "b.yaml"])).toThrow(
    "b.yaml: one spec or preset is enough, got cc-clean too. Write changes as key=value, in quotes where they have spaces.",
  );
});

it("takes presets, files and the standard", async () => {
  expect((await resolve()).labels.mixing.kind).toBe("symmetric");
  expect((await resolve("cc-clean", "seed=3")).seed).toBe(3);
  expect((await resolve(join(folder, "good.yaml"), "seed=3")).model.neurons).toBe(7);
});

it("names what is wrong with a source", async () => {
  await expect(resolve("cc-claen")).rejects.toThrow(
    "cc-claen: no such file or preset. Did you mean cc-clean?",
  );
  await expect(resolve("x.yaml")).rejects.toThrow(
    "x.yaml: no such file or preset. The presets are compressed-",
  );
  await expect(resolve(folder)).rejects.toThrow(`${folder}: a folder. Name a spec file or a preset.`);
  await expect(resolve(join(folder, "large.yaml"))).rejects.toThrow("1048577 bytes are too many for a spec.");
  const path = join(folder, "bad=.yaml");
  await expect(resolve(path)).rejects.toThrow(
    `${path}, line 2, column 3: model.nuerons: unknown key. Did you mean model.neurons?`,
  );
});
