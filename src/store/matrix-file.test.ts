import { createHash } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { scratchFolder } from "../../test/support/scratch-folder.ts";
import { writeNpy } from "../formats/npy.ts";
import { writeSafetensors } from "../formats/safetensors.ts";
import type { Tensor } from "../formats/tensor.ts";
import { readMatrixFile } from "./matrix-file.ts";

let folder = "";

beforeAll(() => {
  folder = scratchFolder();
});

afterAll(() => rmSync(folder, { recursive: true }));

const tensor: Tensor = { dtype: "F64", shape: [2, 2], data: new Float64Array([0.1, 0.2, -0.3, 0]) };
const text = (content: string) => new TextEncoder().encode(content);

function file(name: string, content: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe("what is read", () => {
  test.each<[string, Uint8Array]>([
    ["M.npy", writeNpy(tensor)],
    ["M.csv", text("0.1,0.2\n-0.3,0\n")],
    ["upper.CSV", text("0.1;0.2\n-0.3;0\n")],
    ["named.safetensors", writeSafetensors({ M: tensor, other: tensor })],
    ["single.safetensors", writeSafetensors({ mixing: tensor })],
  ])("%s, with the hash of its bytes", async (name, content) => {
    const { matrix, sha256 } = await readMatrixFile(file(name, content), 2);
    expect(matrix).toEqual({ data: tensor.data, shape: [2, 2] });
    expect(sha256).toBe(createHash("sha256").update(content).digest("hex"));
  });

  test("an npz file, float32 as it is", async () => {
    const path = fileURLToPath(new URL("../formats/fixtures/mixing.npz", import.meta.url));
    const { matrix, sha256 } = await readMatrixFile(path, 3);
    expect(matrix.data).toEqual(new Float32Array([0.25, 0, 0, 0, 0.25, 0, 0, 0, 0.25]));
    expect(sha256).toBe(createHash("sha256").update(readFileSync(path)).digest("hex"));
  });

  test("whole numbers", async () => {
    const path = file("int.npy", writeNpy({ dtype: "I64", shape: [1, 1], data: new BigInt64Array([-3n]) }));
    expect((await readMatrixFile(path, 1)).matrix).toEqual({ data: new Float64Array([-3]), shape: [1, 1] });
  });
});

describe("what is refused", () => {
  test.each<[string, Uint8Array | null, string]>([
    ["missing.npy", null, ": need to read it, got no such file or folder (ENOENT). Check the path."],
    [
      "wide.npy",
      writeNpy({ ...tensor, shape: [1, 4] }),
      ": need a matrix of [2, 2], got [1, 4]. Set model.features to",
    ],
    ["cube.npy", writeNpy({ ...tensor, shape: [2, 2, 1] }), ": need a matrix of [2, 2], got [2, 2, 1]."],
    ["nan.csv", text("0,1\nnan,0"), ", M[1, 0]: need a finite number, got NaN. Mend the file's numbers."],
    ["infinite.csv", text("0,1e999\n0,0"), ", M[0, 1]: need a finite number, got Infinity."],
    ["words.csv", text("0,1\nx,0"), ': csv row 2, column 1: need a number, got "x".'],
    [
      "cut.npy",
      writeNpy(tensor).slice(0, 150),
      ": npy: need 32 bytes for F64 of shape [2, 2], got 22. The file is cut off.",
    ],
    [
      "two.safetensors",
      writeSafetensors({ a: tensor, b: tensor }),
      ": need one array, or one named M, got 2. Name the",
    ],
    ["none.safetensors", writeSafetensors({}), ": need one array, or one named M, got 0."],
    ["M.mat", text(""), ': need a file that ends in .npy, .npz, .safetensors, .csv, got ".mat". Convert it.'],
  ])("%s", async (name, content, message) => {
    const path = content === null ? join(folder, name) : file(name, content);
    await expect(readMatrixFile(path, 2)).rejects.toThrow(`${path}${message}`);
  });
});
