/** `toy-cis export`, and files of other tools by `--map`: what is written is what was read, and nothing by mistake. */
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runId } from "../../src/spec/index.ts";
import { loadModelFile, readRun } from "../../src/store/index.ts";
import { emptyFolder, filesBelow } from "../support/folder.ts";
import { specOf, writeRun } from "../support/run-writer.ts";
import { tensorOf, writeTensors } from "../support/tensor-file.ts";
import { call } from "../support/toy-cis.ts";

const files = ["out.safetensors", "out.npz", "out.pt"];
const maps = ["--map", "W_in=fc1.weight", "--map", "W_out=fc2.weight"];

/** A folder with a model as PyTorch names it, the same in our names, and some that are refused. */
function folderOfWeights(): string {
  const folder = emptyFolder();
  const [W_in, W_out] = [tensorOf([2, 3], (i) => i / 8), tensorOf([3, 2], (i) => i / 8)];
  writeTensors(folder, { "state_dict.fc1.weight": W_in, "state_dict.fc2.weight": W_out }, "theirs.pt");
  writeTensors(folder, { W_in, W_out, M: [3, 3] }, "ours.safetensors");
  writeTensors(folder, { W_in: tensorOf([3, 2]), W_out: tensorOf([2, 3]) }, "turned.npz");
  writeTensors(folder, { a: [2, 2], b: [2, 2] }, "square.pt");
  writeTensors(folder, { W_in: tensorOf([2, 3], () => Number.NaN), W_out }, "nan.safetensors");
  writeTensors(folder, { W_in, W_out, b_out: [3] }, "biased.npz");
  copyFileSync(new URL("../../src/formats/fixtures/hostile.pt", import.meta.url), join(folder, "hostile.pt"));
  return folder;
}

describe("toy-cis export", () => {
  it("carries biases along", async () => {
    const { exitCode, stdout } = await call(folderOfWeights(), "export", "biased.npz", "--to", "out.pt");
    expect([exitCode, stdout]).toEqual([0, "out.pt: W_in [2, 3], W_out [3, 2], b_out [3]\n"]);
  });

  it.each(files)("%s holds the same weights, and is not replaced unasked", async (file) => {
    const folder = folderOfWeights();
    expect(await call(folder, "export", "ours.safetensors", "--to", file)).toEqual({
      exitCode: 0,
      stdout: `${file}: W_in [2, 3], W_out [3, 2], M [3, 3]\n`,
      stderr: "",
    });
    const ours = await loadModelFile(join(folder, "ours.safetensors"));
    expect(await loadModelFile(join(folder, file))).toEqual(ours);
    const before = readFileSync(join(folder, file));
    expect(await call(folder, "export", "theirs.pt", ...maps, "--to", file)).toEqual({
      exitCode: 1,
      stdout: "",
      stderr: `${file}: need a new file, got one that is there. Choose another name, or replace it with --force.\n`,
    });
    expect(readFileSync(join(folder, file))).toEqual(before);
    expect(await call(folder, "export", "theirs.pt", ...maps, "--to", file, "--force")).toEqual({
      exitCode: 0,
      stdout: `${file}: W_in [2, 3], W_out [3, 2]\nRead W_in from fc1.weight, W_out from fc2.weight.\n`,
      stderr: "",
    });
    expect(await loadModelFile(join(folder, file))).toEqual({ ...ours, M: null });
  });

  it("takes a run by the beginning of its id, and prints JSON", async () => {
    const folder = emptyFolder();
    await writeRun(join(folder, "runs"), 4);
    const id = runId(specOf(4));
    const { stdout } = await call(folder, "export", id.slice(0, 6), "--to", "out.pt", "--json");
    expect(JSON.parse(stdout)).toEqual({
      target: join("runs", id),
      file: "out.pt",
      tensors: { W_in: [3, 5], W_out: [5, 3], M: [5, 5] },
      assumptions: [],
    });
    expect(await loadModelFile(join(folder, "out.pt"))).toEqual(readRun(join(folder, "runs", id)).weights);
    expect(await call(folder, "export", id, "--to", "other.npz", ...maps)).toMatchObject({
      exitCode: 2,
      stderr: "--map: a run has its own names. Leave it out.\n",
    });
  });

  it("writes the embedding of a run, which no simplified model has", async () => {
    const folder = emptyFolder();
    const small = ["model.features=4", "model.neurons=2", "training.batch=16", "training.steps=2"];
    const embedding = ["labels.mixing.kind=none", "model.embedding={kind: random, width: 6}"];
    const { dir } = JSON.parse(
      (await call(folder, "train", "cc-clean", ...small, ...embedding, "--json")).stdout,
    );
    const { stdout } = await call(folder, "export", dir, "--to", "run.npz", "--json");
    expect(JSON.parse(stdout).tensors).toEqual({ W_in: [2, 6], W_out: [6, 2], W_E: [6, 4] });
    expect((await call(folder, "export", "run.npz", "--to", "run.pt")).exitCode).toBe(0);
    expect(await call(folder, "evaluate", "run.pt")).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(
        /^run\.pt, W_E: need a model without embedding and bypass, got one with W_E\./,
      ),
    });
  });

  it.each([
    [
      "theirs.pt",
      "out.npz",
      "Name them, for 3 features and 2 neurons: --map W_in=fc1.weight --map W_out=fc2.weight\n",
    ],
    ["square.pt", "out.npz", "transposed (or one of them): --map W_in=a.T --map W_out=b.T\n"],
    ["turned.npz", "out.npz", "or for 3 features and 2 neurons: --map W_in=W_in.T --map W_out=W_out.T\n"],
    ["nan.safetensors", "out.npz", "nan.safetensors, W_in[0, 0]: need a finite number, got NaN."],
    [
      "hostile.pt",
      "out.npz",
      'got "__builtin__.exec", which Python would look up and could run. Nothing was run.',
    ],
    ["ours.safetensors", "out.txt", 'out.txt: need a file that ends in .safetensors, .npz, .pt, got ".txt".'],
    ["ours.safetensors", "none/out.pt", "none/out.pt: need to write it, got no such file or folder"],
    ["none.pt", "out.pt", "none.pt: no such file, and no run of runs begins so."],
  ])("%s to %s is refused, and nothing is written", async (from, to, message) => {
    const folder = folderOfWeights();
    const before = filesBelow(folder);
    const { exitCode, stdout, stderr } = await call(folder, "export", from, "--to", to);
    expect([exitCode, stdout]).toEqual([1, ""]);
    expect(stderr).toContain(message);
    expect(filesBelow(folder)).toEqual(before);
  });

  it("needs a file to write to", async () => {
    expect(await call(folderOfWeights(), "export", "ours.safetensors")).toMatchObject({
      exitCode: 2,
      stdout: "",
    });
  });

  it("leaves the old file where --force cannot replace it", async () => {
    const folder = folderOfWeights();
    writeFileSync(join(folder, "old.npz"), "kept");
    const { exitCode } = await call(folder, "export", "nan.safetensors", "--to", "old.npz", "--force");
    expect([exitCode, readFileSync(join(folder, "old.npz"), "utf8")]).toEqual([1, "kept"]);
  });
});

describe("toy-cis evaluate --map", () => {
  const evaluated = async (folder: string, ...args: readonly string[]) => {
    const { stdout, stderr } = await call(folder, "evaluate", ...args, "--exactly", "1", "--json");
    expect(stderr).toBe("");
    return JSON.parse(stdout);
  };

  it("reads PyTorch's files under the names it is told, and says so", async () => {
    const folder = folderOfWeights();
    const theirs = await evaluated(folder, "theirs.pt", ...maps);
    const ours = await evaluated(folder, "ours.safetensors", "labels.mixing.kind=none");
    expect(theirs.lossPerP).toEqual(ours.lossPerP);
    expect(theirs.assumptions[0]).toBe("Read W_in from fc1.weight, W_out from fc2.weight.");
  });

  it("turns matrices where the spec or a word tells that they are transposed", async () => {
    const folder = folderOfWeights();
    const words = ["--map", "W_in=W_in.T", "--map", "W_out=W_out.T"];
    const turned = await evaluated(folder, "turned.npz", ...words);
    expect(turned.assumptions).toEqual([
      "Read W_in from W_in.T, W_out from W_out.T.",
      "Assumed clean labels, relu(x). Name a preset, or change labels.mixing, for others.",
      "Assumed from the file: 3 features, 2 neurons.",
    ]);
    const sizes = ["model.features=3", "model.neurons=2"];
    for (const said of [["model.features=3"], ["cc-clean", ...sizes]]) {
      expect((await evaluated(folder, "turned.npz", ...said)).lossPerP).toEqual(turned.lossPerP);
    }
    const wide = await evaluated(folder, "turned.npz", "model.features=2");
    expect(wide.assumptions.at(-1)).toBe("Assumed from the file: 2 features, 3 neurons.");
    await evaluated(folder, "square.pt", "--map", "W_in=a", "--map", "W_out=b.T");
  });

  it.each([
    [["--map", "W_in"], '--map: must be a name and a tensor, got "W_in". Write it as W_in=fc1.weight.\n'],
    [["--map", "W_in=a", "--map", "W_in=b"], "--map: W_in is given twice. Keep one of them.\n"],
  ])("refuses %j", async (words, stderr) => {
    expect(await call(folderOfWeights(), "evaluate", "theirs.pt", ...words)).toEqual({
      exitCode: 2,
      stdout: "",
      stderr,
    });
  });
});
