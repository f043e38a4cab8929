import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Tensor, writeNpy, writeSafetensors } from "../src/formats/index.ts";
import { parseSpec, sha256 } from "../src/spec/index.ts";
import { mixingFileOf } from "./matrix-file.ts";
import { readWeights, weightsOf } from "./weights-file.ts";

const f32 = (shape: readonly number[], value = 0.5): Tensor => ({
  dtype: "F32",
  shape,
  data: new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(value),
});
const pair = { W_in: f32([2, 3]), W_out: f32([3, 2]) };

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "toy-cis-files-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Writes a file and returns its path. */
function file(name: string, bytes: Uint8Array | string): string {
  writeFileSync(join(folder, name), bytes);
  return join(folder, name);
}

describe("weights", () => {
  it("are read from safetensors, with or without M", async () => {
    const path = file("w.safetensors", writeSafetensors({ ...pair, M: f32([3, 3]) }, {}));
    const { W_in, W_out, M } = await readWeights(path);
    expect([W_in.shape, W_out.shape, M?.shape]).toEqual([
      [2, 3],
      [3, 2],
      [3, 3],
    ]);
    expect(weightsOf(pair, "x").M).toBeNull();
  });

  it("may be of other number types, and have zero biases", () => {
    const W_in: Tensor = { dtype: "F64", shape: [1, 2], data: Float64Array.of(0.1, 2) };
    const W_out: Tensor = { dtype: "I64", shape: [2, 1], data: BigInt64Array.of(1n, -2n) };
    const weights = weightsOf({ W_in, W_out, b_in: f32([1], 0) }, "x");
    expect([...weights.W_in.data, ...weights.W_out.data]).toEqual([Math.fround(0.1), 2, 1, -2]);
  });

  it.each([
    [
      "no W_in",
      { "fc1.weight": f32([2, 3]) },
      "x: need W_in [neurons, features] and W_out [features, neurons], got fc1.weight [2, 3]. Rename them.",
    ],
    [
      "nothing",
      {},
      "x: need W_in [neurons, features] and W_out [features, neurons], got no tensors. Rename them.",
    ],
    [
      "a transposed W_out",
      { ...pair, W_out: f32([2, 3]) },
      "x: W_out: need [3, 2], since W_in is [2, 3], got [2, 3]. Transpose it.",
    ],
    [
      "a W_out of another model",
      { ...pair, W_out: f32([4, 2]) },
      "x: W_out: need [3, 2], since W_in is [2, 3], got [4, 2]. Save matching matrices.",
    ],
    [
      "an M of another size",
      { ...pair, M: f32([4, 4]) },
      "x: M: need [3, 3], since there are 3 features, got [4, 4]. Save matching matrices.",
    ],
    [
      "three dimensions",
      { ...pair, W_in: f32([1, 2, 3]) },
      "x: W_in: need a matrix, two dimensions, got shape [1, 2, 3]. Reshape it.",
    ],
    [
      "an empty matrix",
      { W_in: f32([0, 3]), W_out: f32([3, 0]) },
      "x: W_in: need at least one number, got shape [0, 3]. Save it again.",
    ],
    [
      "NaN",
      { ...pair, W_in: f32([2, 3], Number.NaN) },
      "x: W_in: need finite float32 numbers, got NaN in row 1, column 1. Was training stable?",
    ],
    [
      "biases",
      { ...pair, b_out: f32([3]) },
      "x: b_out: not available yet: biases. Use a model without them.",
    ],
  ])("with %s are refused", (_, tensors, message) => {
    expect(() => weightsOf(tensors, "x")).toThrow(message);
  });

  it("in files that are missing, foreign or cut off are refused", async () => {
    const whole = writeSafetensors(pair, {});
    const failures = [
      [join(folder, "none.npz"), "none.npz: no such file. Check the path; it starts from this folder."],
      [folder, ": a folder. Name a file in it."],
      [
        file("w.pt", "PK"),
        "w.pt: not available yet: PyTorch files. Save the tensors as .safetensors or .npz.",
      ],
      [file("w.txt", "hello"), "w.txt: need a .safetensors or .npz file, got .txt. Convert it."],
      [file("cut.safetensors", whole.subarray(0, whole.length - 5)), "cut.safetensors: safetensors"],
      [file("not.npz", "hello"), /not\.npz: .*zip/],
    ] as const;
    for (const [path, message] of failures) await expect(readWeights(path)).rejects.toThrow(message);
  });
});

describe("mixing files", () => {
  const read = (path: string) =>
    mixingFileOf(parseSpec({ model: { features: 2 }, labels: { mixing: { kind: "file", path } } }));
  const values: Tensor = { dtype: "F64", shape: [2, 2], data: Float64Array.of(1, 2, 3, 4) };

  it("are read from csv, npy and safetensors, with the hash of their bytes", async () => {
    const csv = "1,2\n3,4\n";
    const paths = [
      file("m.csv", csv),
      file("m.npy", writeNpy(values)),
      file("one.safetensors", writeSafetensors({ any: values }, {})),
      file("named.safetensors", writeSafetensors({ M: values, other: f32([1]) }, {})),
    ];
    for (const path of paths) expect([...(await read(path)).file!.data]).toEqual([1, 2, 3, 4]);
    expect((await read(paths[0]!)).hashes).toEqual({ [paths[0]!]: sha256(csv) });
    expect(await mixingFileOf(parseSpec({}))).toEqual({ hashes: {} });
  });

  it("that are missing, of the wrong size, not finite or foreign are refused", async () => {
    const failures = [
      [join(folder, "none.csv"), "none.csv: no such file."],
      [
        file("wide.csv", "1,2,3\n4,5,6\n"),
        "wide.csv: need a matrix of [2, 2], the square of model.features, got [2, 3]. Change one of them.",
      ],
      [
        file("nan.csv", "1,2\n3,nan\n"),
        "nan.csv: need finite numbers, got NaN in row 2, column 2. Mend the file.",
      ],
      [file("words.csv", "1,2\n3,four\n"), "words.csv: csv"],
      [
        file("m.json", "[]"),
        "m.json: need a .npy, .npz, .safetensors or .csv file, got .json. Rename or convert it.",
      ],
      [
        file("two.safetensors", writeSafetensors({ a: values, b: values }, {})),
        "two.safetensors: need one tensor, or one named M, got a, b. Name it M.",
      ],
    ] as const;
    for (const [path, message] of failures) await expect(read(path)).rejects.toThrow(message);
  });
});
