import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { scratchFolder } from "../../test/support/scratch-folder.ts";
import { type Contents, tensorOf, writeTensors, zerosOf } from "../../test/support/tensor-file.ts";
import { modelOfFile } from "./model-file.ts";
import { readWeightsFile, type WeightsOptions } from "./read-weights.ts";
import { writeWeightsFile } from "./write-weights.ts";

let folder = "";
beforeAll(() => {
  folder = scratchFolder();
});
afterAll(() => rmSync(folder, { recursive: true }));

const file = (contents: Contents, name?: string) => writeTensors(folder, contents, name);

/** Sources, and the elements of W_in and W_out. */
async function read(contents: Contents, options: WeightsOptions = {}) {
  const { sources, network } = await readWeightsFile(file(contents), options);
  return { ...sources, in: [...network.W_in.data].join(""), out: [...network.W_out.data].join("") };
}

async function errorOf(contents: Contents, options: WeightsOptions = {}): Promise<string> {
  const error = await readWeightsFile(file(contents), options).then(
    () => null,
    (reason: Error) => reason,
  );
  expect(error?.name).toBe("StoreError");
  return error!.message.replace(`${folder}/`, "");
}

const fixture = (name: string) => new URL(`../formats/fixtures/${name}`, import.meta.url).pathname;
const linear = { W_in: "fc1.weight", W_out: "fc2.weight" };
const tied = { W_in: "mlp.W", W_out: "mlp.W.T" };

describe("names", () => {
  test.each(["weights.pt", "weights.npz", "weights.safetensors", "weights.pth"])("%s", async (name) => {
    const { network, sources } = await readWeightsFile(file({ W_in: [2, 3], W_out: [3, 2] }, name));
    expect([network.W_in.shape, network.W_out.shape, sources]).toEqual([
      [2, 3],
      [3, 2],
      { W_in: "W_in", W_out: "W_out" },
    ]);
  });

  test.each<[string, Contents, WeightsOptions["map"]]>([
    ["a state dict", { "state_dict.W_in": [2, 3], "state_dict.W_out": [3, 2] }, {}],
    ["of DataParallel", { "module.W_in": [2, 3], "module.W_out": [3, 2] }, {}],
    [
      "in a checkpoint",
      {
        "model_state_dict.module.W_in": [2, 3],
        "model_state_dict.module.W_out": [3, 2],
        "optimizer_state_dict.state.0.exp_avg": [2, 3],
      },
      {},
    ],
    ["compiled", { "_orig_mod.fc1.weight": [2, 3], "_orig_mod.fc2.weight": [3, 2] }, linear],
    [
      "by the whole name",
      { "state_dict.a": [2, 3], "state_dict.b": [3, 2] },
      { W_in: "state_dict.a", W_out: "b" },
    ],
    ["beside a namesake", { "module.W_in": [9, 9], W_in: [2, 3], W_out: [3, 2] }, {}],
  ])("%s", async (_, contents, map = {}) => {
    expect(await read(contents, { map })).toMatchObject({ in: "012345", out: "012345" });
  });

  test("a checkpoint that PyTorch wrote, whose layer has a bias", async () => {
    const map = { W_in: "weight", W_out: "weight.T" };
    const { network, sources } = await readWeightsFile(fixture("checkpoint.pt"), { map });
    expect(network.b_in ?? network.b_out).toBeDefined();
    expect(Object.values(sources)).toContain("bias");
  });

  test("that the map says, transposes among them, and everything that a run has", async () => {
    const contents = { a: [2, 4], b: [2, 4], E: [4, 5], m: tensorOf([5, 5]), "by=pass": [5, 5] };
    const map = { W_in: "a", W_out: "b.T", W_E: "E", M: "m.T", bypass: "by=pass" };
    const { network, sources } = await readWeightsFile(file(contents), { map });
    expect(sources).toEqual(map);
    expect([network.W_E?.shape, [...network.M!.data.slice(0, 3)], network.bypass?.shape]).toEqual([
      [4, 5],
      [0, 5, 10],
      [5, 5],
    ]);
  });
});

describe("transposes", () => {
  const turned = { in: "024135", out: "031425" };
  test.each<[string, Contents, WeightsOptions, object]>([
    [
      "W_out, told by W_in",
      { W_in: [2, 3], W_out: [2, 3] },
      {},
      { in: "012345", out: turned.out, W_out: "W_out.T" },
    ],
    [
      "W_in, told by W_out",
      { W_in: [3, 2], W_out: [3, 2] },
      {},
      { in: turned.in, out: "012345", W_in: "W_in.T" },
    ],
    ["both, told by M", { W_in: [3, 2], W_out: [2, 3], M: [3, 3] }, {}, turned],
    ["both, told by the caller", { W_in: [3, 2], W_out: [2, 3] }, { features: 3 }, turned],
    ["under other names", { a: [3, 2], b: [2, 3], M: [3, 3] }, { map: { W_in: "a", W_out: "b" } }, turned],
    [
      "a wide network by a word",
      { W_in: [3, 2], W_out: [2, 3] },
      { map: { W_in: "W_in" } },
      { in: "012345", out: "012345" },
    ],
    [
      "a square one by words",
      { W_in: [2, 2], W_out: [2, 2] },
      { map: { W_in: "W_in", W_out: "W_out.T" } },
      { in: "0123", out: "0213" },
    ],
    [
      "a square one that is its own transpose",
      { W_in: zerosOf(2, 2), W_out: zerosOf(2, 2) },
      {},
      { in: "0000" },
    ],
    ["a tied network", { W: [2, 3] }, { map: { W_in: "W", W_out: "W.T" } }, { in: "012345", out: "031425" }],
  ])("%s", async (_, contents, options, expected) => {
    expect(await read(contents, options)).toMatchObject(expected);
  });

  test("toy-cis's own .safetensors say how they lie, square ones too", async () => {
    const path = join(folder, "own.safetensors");
    const matrix = { data: Float32Array.of(0, 1, 2, 3), shape: [2, 2] } as const;
    writeWeightsFile(path, { W_in: matrix, W_out: matrix, M: null });
    expect((await readWeightsFile(path)).sources).toEqual({ W_in: "W_in", W_out: "W_out" });
  });
});

describe("what is refused", () => {
  const layers = { "fc1.weight": [2, 3], "fc2.weight": [3, 2] };
  test.each<[string, Contents, WeightsOptions, string]>([
    [
      "a tensor that is not there",
      layers,
      { map: { W_in: "fc1.wieght" } },
      "weights.pt: need a tensor fc1.wieght, got fc1.weight [2, 3], fc2.weight [3, 2]. Did you mean fc1.weight?",
    ],
    ["a tensor like no other", layers, { map: { W_in: "x" } }, "Name one of these."],
    [
      "a name of no network",
      layers,
      { map: { W_inn: "fc1.weight" } },
      "map: need one of W_in, W_out, M, W_E, bypass, b_in, b_out before the =, got W_inn. Did you mean W_in?",
    ],
    [
      "shapes that fit nothing",
      { W_in: [2, 3], W_out: [3, 4] },
      {},
      "weights.pt: need W_in [neurons, features] and W_out [features, neurons] of one network, got W_in [2, 3] and W_out [3, 4]. Check that the file belongs to this spec, and --map.",
    ],
    [
      "words that fit nothing",
      { a: [2, 3], b: [2, 3] },
      { map: { W_in: "a.T", W_out: "b.T" } },
      "of one network, got a.T [3, 2] and b.T [3, 2].",
    ],
    [
      "another number of features",
      layers,
      { features: 5, map: linear },
      "of one network with 5 features, got fc1.weight [2, 3] and fc2.weight [3, 2].",
    ],
    [
      "a vector for a matrix",
      { ...layers, v: [3] },
      { map: { W_in: "v.T" } },
      "weights.pt, v: need a matrix of two dimensions, got [3]. Reshape it.",
    ],
    [
      "one tensor, and nothing to fit",
      { a: [2, 3] },
      {},
      "got a [2, 3]. No two of them fit each other: say which they are with --map W_in=TENSOR --map W_out=TENSOR.",
    ],
    [
      "NaN, under its own name and place",
      { a: tensorOf([2, 3], (i) => (i === 4 ? Number.NaN : 0)), b: [3, 2] },
      { map: { W_in: "a", W_out: "b" } },
      "weights.pt, a[1, 1]: need a finite number, got NaN.",
    ],
    [
      "NaN for a bias",
      { ...layers, "fc2.bias": tensorOf([3], () => Number.NaN) },
      { map: linear },
      "weights.pt, fc2.bias: need 3 finite numbers for b_out, one for each output, got 3, 0 of them finite. Check the file, or name another with --map b_out=TENSOR.",
    ],
    [
      "a bias of another size than its layer",
      { ...layers, "fc1.bias": [4] },
      { map: linear },
      "weights.pt, fc1.bias: need 2 finite numbers for b_in, one for each neuron, got 4, 4 of them finite.",
    ],
    [
      "two biases beside one layer",
      { ...layers, "fc1.bias": [2], "fc1.b": [2] },
      { map: linear },
      "weights.pt: need one bias b_in [2], got fc1.bias, fc1.b, any of which may be meant. Say which: --map b_in=fc1.bias or --map b_in=fc1.b.",
    ],
    [
      "a bias beside both layers, of either's size",
      { W_in: [3, 3], W_out: [3, 3], bias: [3] },
      { map: { W_in: "W_in", W_out: "W_out" } },
      "weights.pt: need one bias b_in [3], got bias, any of which may be meant. Say which: --map b_in=bias.",
    ],
    [
      "a name that writes to the terminal",
      { "\u001b[2J": [2, 3], b: [3, 2] },
      {},
      'got "\\u001b[2J" [2, 3], b [3, 2]. No two of them',
    ],
    [
      "very many tensors",
      Object.fromEntries(Array.from({ length: 25 }, (_, i) => [`t${i}`, [1]])),
      {},
      "t19 [1] and 5 more. No two",
    ],
  ])("%s", async (_, contents, options, message) => {
    expect(await errorOf(contents, options)).toContain(message);
  });

  test.each<[string, Contents, NonNullable<WeightsOptions["map"]>, (string | undefined)[]]>([
    [
      "beside their layers",
      { ...layers, "fc1.bias": [2], "fc2.bias": [3] },
      linear,
      ["fc1.bias", "fc2.bias"],
    ],
    ["in one module, by size", { "mlp.W": [2, 3], "mlp.b_final": [3] }, tied, [undefined, "mlp.b_final"]],
    [
      "under the names of a map",
      { ...layers, shift: [2] },
      { ...linear, b_in: "shift" },
      ["shift", undefined],
    ],
    ["under their own names", { W_in: [2, 3], W_out: [3, 2], b_out: [3] }, {}, [undefined, "b_out"]],
  ])("biases %s", async (_, contents, map, [b_in, b_out]) => {
    const { network, sources } = await readWeightsFile(file(contents), { map });
    expect([sources.b_in, sources.b_out]).toEqual([b_in, b_out]);
    expect([network.b_in?.length, network.b_out?.length]).toEqual([b_in && 2, b_out && 3]);
    const { architecture } = modelOfFile({ path: "", network, sources });
    expect(architecture?.bias).toEqual({
      hidden: b_in ? "learned" : "none",
      output: b_out ? "learned" : "none",
    });
  });

  test("not biases of zero, nor those of other layers", async () => {
    const contents = { ...layers, "fc1.bias": zerosOf(2), "fc3.bias": [3], best_loss: [1] };
    expect(await read(contents, { map: linear })).toMatchObject({ in: "012345" });
  });

  test.each([
    [
      "hostile.pt",
      'hostile.pt: pt: need tensors and plain values alone, got "__builtin__.exec", which Python would look up',
    ],
    [
      "whole-model.pt",
      'whole-model.pt: pt: need tensors and plain values alone, got "torch.nn.modules.linear.Linear"',
    ],
    ["torchscript.pt", "torchscript.pt: pt: need a state dict, got a TorchScript archive"],
    ["before-1.6.pt", "before-1.6.pt: pt: need a zip archive as PyTorch writes since 1.6"],
  ])("%s", async (name, message) => {
    await expect(readWeightsFile(fixture(name))).rejects.toThrow(message);
  });

  test("an archive that says it unpacks to more than a gibibyte, before it is unpacked", async () => {
    const path = file({ W_in: [2, 3], W_out: [3, 2] }, "bomb.npz");
    const bytes = readFileSync(path);
    // The unpacked size in the directory's first entry, at 24 of it: signature 50 4b 01 02.
    bytes.writeUInt32LE(2 ** 31, bytes.indexOf(Buffer.of(0x50, 0x4b, 1, 2)) + 24);
    writeFileSync(path, bytes);
    await expect(readWeightsFile(path)).rejects.toThrow(
      /bomb\.npz: npz: need at most 1073741824 bytes of contents, got 2147\d+\./,
    );
  });
});
