/** The guide to weights: its Python writes files that its commands read, and loads the files that they write. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadModelFile } from "../src/store/index.ts";
import { emptyFolder } from "./support/folder.ts";
import { pythonWith, runPython } from "./support/python.ts";
import { writeTensors } from "./support/tensor-file.ts";
import { call } from "./support/toy-cis.ts";

const root = new URL("..", import.meta.url).pathname;
const guide = readFileSync(join(root, "docs/guides/weights.md"), "utf8");
const sections = guide.split(/^## /m);

/** The fenced blocks of one language in a section. */
function blocks(title: string, language: string): readonly string[] {
  const section = sections.find((text) => text.startsWith(title)) ?? "";
  return [...section.matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\``, "gm"))].map(
    ([, text]) => text!,
  );
}

const commandsOf = (title: string) =>
  blocks(title, "sh")
    .flatMap((block) => block.trim().split("\n"))
    .map((line) => line.replace(/^npx toy-cis /, "").split(" "));

describe.each([
  ["PyTorch, .pt", "torch", "pt"],
  ["numpy and JAX, .npz", "numpy", "npz"],
  ["safetensors", "numpy, safetensors", "safetensors"],
])("%s", (title, modules, ending) => {
  it("has Python that writes, commands, and Python that loads", () => {
    expect(blocks(title, "python")).toHaveLength(2);
    expect(commandsOf(title).map(([command]) => command)).toEqual(["evaluate", "export"]);
  });

  it("what Python writes is evaluated and exported, and loaded to the same numbers", {
    timeout: 60_000,
  }, async ({ skip }) => {
    const python = pythonWith(modules);
    if (python === null) return skip(`no Python with ${modules}; set TOY_CIS_PYTHON to one that has it`);
    const folder = emptyFolder();
    const [writing, loading] = blocks(title, "python") as [string, string];
    runPython(python, writing, folder);
    for (const command of commandsOf(title)) {
      const samples = command[0] === "evaluate" ? ["evaluate.samples=1000"] : [];
      const { exitCode, stderr } = await call(folder, ...command, ...samples);
      expect([exitCode, stderr]).toEqual([0, ""]);
    }
    const { W_in, W_out } = await loadModelFile(join(folder, `weights.${ending}`));
    expect([W_in.shape, W_out.shape]).toEqual([
      [50, 100],
      [100, 50],
    ]);
    const print = 'print([weights[name].reshape(-1).tolist() for name in ("W_in", "W_out")])';
    const loaded = JSON.parse(runPython(python, `${writing}\n${loading}\n${print}`, folder));
    expect(loaded).toEqual([[...W_in.data], [...W_out.data]]);
  });
});

it("the example of code runs", async () => {
  const folder = emptyFolder();
  writeTensors(folder, { "fc1.weight": [2, 3], "fc2.weight": [3, 2] }, "theirs.pt");
  writeTensors(folder, { W_in: [2, 3], W_out: [3, 2] }, "theirs.npz");
  const [example] = blocks("In code", "js") as [string];
  const input = example.replace(/"(\w+\.(?:pt|npz))"/g, (_, name) => JSON.stringify(join(folder, name)));
  execFileSync(process.execPath, ["--input-type=module"], { cwd: root, input });
  expect(await loadModelFile(join(folder, "weights.npz"))).toEqual(
    await loadModelFile(join(folder, "theirs.npz")),
  );
});
