/** `toy-cis audit`: verdicts of stored runs and of foreign weights, in the stable names, and as a page. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeSafetensors } from "../../src/formats/index.ts";
import type { Matrix } from "../../src/numeric/index.ts";
import { codeNetwork } from "../support/code-network.ts";
import { call } from "../support/toy-cis.ts";

const small = ["model.features=20", "model.neurons=10", "training.batch=256", "training.steps=1500"];

const folder = join(tmpdir(), `toy-cis-audit-${process.pid}`);
let id = "";
beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  id = JSON.parse((await call(folder, "train", "cc-symmetric", "data.p=0.05", ...small, "--json")).stdout).id;
  const tensor = ({ data, shape }: Matrix) =>
    ({ dtype: "F32", shape, data: Float32Array.from(data) }) as const;
  const { W_in, W_out } = codeNetwork({ features: 40, neurons: 20, size: 4 });
  const file = writeSafetensors({ W_in: tensor(W_in), W_out: tensor(W_out) });
  writeFileSync(join(folder, "code.safetensors"), file);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const json = async (...args: readonly string[]) => {
  const { exitCode, stdout, stderr } = await call(folder, "audit", ...args, "--json");
  expect([exitCode, stderr]).toEqual([0, ""]);
  return JSON.parse(stdout);
};

describe("toy-cis audit", () => {
  it("judges a run by its own spec, and by another where that is asked for", async () => {
    const own = await json(id);
    expect(own).toMatchObject({
      verdict: "explained by label mixing",
      ...{ assumptions: [], exponent: 2, distribution: { kind: "bernoulli", p: 0.05 } },
      network: { features: 20, neurons: 10, liveNeurons: 10, dead: 0, merged: 0 },
      confidence: { share: 1, resamplings: 20 },
    });
    for (const item of own.evidence) {
      expect(Object.keys(item)).toEqual([
        "id",
        "title",
        "rule",
        "threshold",
        "values",
        "sentence",
        "speaksFor",
      ]);
    }
    const clean = await json(id, "labels.mixing.kind=none");
    expect(clean.verdict).not.toBe("explained by label mixing");
    expect(clean.evidence.map((item: { id: string }) => item.id)).not.toContain("mixing-removed");
  });

  it("judges foreign weights by what is said of them, and says what it assumed", async () => {
    const said = await json("code.safetensors", "loss.exponent=4", "data.p=0.02");
    expect(said.verdict).toBe("superposed code (CiS)");
    expect(said.assumptions.join("\n")).not.toMatch(/loss\.exponent|data\.p/);
    const unsaid = await json("code.safetensors");
    expect(unsaid.verdict).toBe("inconclusive");
    expect(unsaid.whatWouldChangeIt[0]).toContain("loss.exponent=4");
    expect(unsaid.assumptions).toEqual([
      "Assumed clean labels, relu(x). Name a preset, or change labels.mixing, for others.",
      "Assumed from the file: 40 features, 20 neurons.",
      "Assumed loss.exponent=2, squared error. Write the exponent of the training's loss if it is another.",
      "Assumed data.p=0.01. Change data for other inputs.",
    ]);
  });

  it("prints the verdict before its evidence, and writes a page that asks for nothing from outside", async () => {
    const { exitCode, stdout } = await call(folder, "audit", id, "--html", "audit.html");
    expect(exitCode).toBe(0);
    const places = [
      "explained by label mixing  the same on 100 %",
      "The linear and the even part",
      "What would change it:",
      "The page: audit.html",
    ];
    const found = places.map((text) => stdout.indexOf(text));
    expect(found).toEqual([...found].sort((a, b) => a - b));
    expect(found[0]).toBeGreaterThan(0);
    const html = readFileSync(join(folder, "audit.html"), "utf8");
    expect(html).not.toMatch(/<script|<link|<img|<iframe|@import|url\(|src=|undefined|NaN/);
    expect(html).toContain('<span class="badge mixing">explained by label mixing</span>');
    expect(html.match(/<figure>/g)).toHaveLength(3);
    const targets = [...html.matchAll(/href="#([^"]+)"/g)].map(([, target]) => target);
    expect(targets.length).toBeGreaterThan(10);
    for (const target of targets) expect(html).toContain(`id="${target}"`);
  });

  it.each([
    [["code.safetensors", "model.activation=gelu"], "audit: need model.activation relu, got gelu."],
    [
      ["code.safetensors", "data.values=positive"],
      "audit: need data.values symmetric or sign, got positive.",
    ],
    [["code.safetensors", "cc-clean"], "with 100 features, got W_in [20, 40] and W_out [40, 20]."],
    [["nowhere"], "nowhere: no such file, and no run of runs begins so."],
    [["code.safetensors", "--html", "no/such/folder/audit.html"], "no/such/folder"],
  ])("refuses %j", async (args, message) => {
    const { exitCode, stdout, stderr } = await call(folder, "audit", ...args);
    expect([exitCode, stdout]).toEqual([1, ""]);
    expect(stderr).toContain(message);
  });
});
