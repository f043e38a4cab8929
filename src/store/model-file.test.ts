import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { modelOf, specOf, writeRun } from "../../test/support/run-writer.ts";
import { scratchFolder } from "../../test/support/scratch-folder.ts";
import { writeSafetensors } from "../formats/safetensors.ts";
import type { Tensor } from "../formats/tensor.ts";
import { runId } from "../spec/identity.ts";
import { loadModelFile } from "./model-file.ts";

let folder = "";

beforeAll(() => {
  folder = scratchFolder();
});

afterAll(() => rmSync(folder, { recursive: true }));

/** A file of tensors, given as shapes whose elements count up, or as tensors. */
function file(
  contents: Readonly<Record<string, readonly number[] | Tensor>>,
  name = "weights.safetensors",
): string {
  const tensors = Object.entries(contents).map(([key, value]) => {
    if ("dtype" in value) return [key, value] as const;
    const data = Float32Array.from({ length: value.reduce((a, b) => a * b, 1) }, (_, i) => i);
    return [key, { dtype: "F32", shape: value, data }] as const;
  });
  const path = join(folder, name);
  writeFileSync(path, writeSafetensors(Object.fromEntries(tensors)));
  return path;
}

describe("what is read", () => {
  test("a run folder", async () => {
    await writeRun(folder, 4);
    expect(await loadModelFile(join(folder, runId(specOf(4))))).toEqual(modelOf(4));
  });

  test("a safetensors file, with other tensors passed over", async () => {
    const { W_in, W_out, M } = await loadModelFile(file({ W_in: [2, 3], W_out: [3, 2], step: [1] }));
    expect([W_in.shape, W_out.shape, M]).toEqual([[2, 3], [3, 2], null]);
    expect([...W_in.data]).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test("float64 is rounded to float32", async () => {
    const W_in: Tensor = { dtype: "F64", shape: [1, 1], data: new Float64Array([0.1]) };
    const { data } = (await loadModelFile(file({ W_in, W_out: [1, 1] }))).W_in;
    expect(data).toEqual(new Float32Array([0.1]));
  });

  test("an npz file", async () => {
    const path = fileURLToPath(new URL("../formats/fixtures/mixing.npz", import.meta.url));
    await expect(loadModelFile(path)).rejects.toThrow(
      `${path}: need tensors W_in [neurons, features] and W_out [features, neurons], got M. ` +
        "Save the missing W_in under that name.",
    );
  });
});

const notFinite = (value: number): Tensor => ({
  dtype: "F64",
  shape: [2, 3],
  data: new Float64Array([0, 0, 0, 0, value, 0]),
});

describe("what is refused", () => {
  test.each<[string, Readonly<Record<string, readonly number[] | Tensor>>, number | undefined, string]>([
    [
      "W_out missing",
      { W_in: [2, 3], w_out: [3, 2] },
      undefined,
      "got W_in, w_out. Save the missing W_out under that",
    ],
    ["nothing inside", {}, undefined, "got none. Save the missing W_in under that name."],
    [
      "W_out transposed",
      { W_in: [2, 3], W_out: [2, 3] },
      undefined,
      ", W_out: need [features, neurons] = [3, 2], got [2, 3]. It is transposed: save its transpose.",
    ],
    [
      "both transposed, told by M",
      { W_in: [3, 2], W_out: [2, 3], M: [3, 3] },
      undefined,
      ", W_in: need [neurons, features] = [2, 3], got [3, 2]. It is transposed",
    ],
    [
      "both transposed, told by the caller",
      { W_in: [3, 2], W_out: [2, 3] },
      3,
      ", W_in: need [neurons, features] = [2, 3], got [3, 2]. It is transposed",
    ],
    [
      "another number of features",
      { W_in: [2, 3], W_out: [3, 2] },
      4,
      ", W_in: need [neurons, features] = [2, 4], got [2, 3]. Check that the file belongs to this spec.",
    ],
    [
      "another number of neurons",
      { W_in: [2, 3], W_out: [3, 4] },
      undefined,
      ", W_out: need [features, neurons] = [3, 2], got [3, 4]. Check",
    ],
    [
      "M of another size",
      { W_in: [2, 3], W_out: [3, 2], M: [3, 4] },
      undefined,
      ", M: need [features, features] = [3, 3], got [3, 4].",
    ],
    [
      "three dimensions",
      { W_in: [2, 3, 1], W_out: [3, 2] },
      undefined,
      ", W_in: need a matrix of two dimensions, got [2, 3, 1]. Reshape it.",
    ],
    [
      "no neurons",
      { W_in: [0, 3], W_out: [3, 0] },
      undefined,
      ", W_in: need at least one neuron and one feature, got [0, 3].",
    ],
    [
      "NaN",
      { W_in: notFinite(Number.NaN), W_out: [3, 2] },
      undefined,
      ", W_in[1, 1]: need a finite number, got NaN.",
    ],
    [
      "too large for float32",
      { W_in: notFinite(1e39), W_out: [3, 2] },
      undefined,
      ", W_in[1, 1]: need a finite number, got Infinity.",
    ],
    [
      "biases",
      { W_in: [2, 3], W_out: [3, 2], b_in: [2] },
      undefined,
      ", b_in: need a model without biases, embedding and bypass, got one with b_in. Name the folder of its run",
    ],
  ])("%s", async (_, contents, features, message) => {
    const path = file(contents);
    await expect(loadModelFile(path, features === undefined ? {} : { features })).rejects.toThrow(`${path}`);
    await expect(loadModelFile(path, features === undefined ? {} : { features })).rejects.toThrow(message);
  });

  test.each([
    ["missing.safetensors", "need to read it, got no such file or folder (ENOENT). Check the path."],
    [
      "weights.pt",
      'need a file that ends in .safetensors, .npz, got ".pt". PyTorch files are not available yet',
    ],
    ["weights.txt", 'need a file that ends in .safetensors, .npz, got ".txt". Convert it.'],
    ["foreign.safetensors", "safetensors: need a header of at most"],
    ["foreign.npz", "zip: need an archive with its directory at the end"],
  ])("%s", async (name, message) => {
    const path = join(folder, name);
    if (!name.startsWith("missing")) writeFileSync(path, "this is no file of weights");
    await expect(loadModelFile(path)).rejects.toThrow(`${path}: ${message}`);
  });

  test("a truncated file", async () => {
    const path = file({ W_in: [2, 3], W_out: [3, 2] });
    const whole = writeSafetensors({ W_in: { dtype: "F32", shape: [2, 3], data: new Float32Array(6) } });
    writeFileSync(path, whole.subarray(0, whole.length - 1));
    await expect(loadModelFile(path)).rejects.toThrow(
      `${path}: safetensors tensor "W_in": need data up to byte 24`,
    );
  });

  test("a folder that is none of a run", async () => {
    mkdirSync(join(folder, "empty"));
    await expect(loadModelFile(join(folder, "empty"))).rejects.toThrow(
      "need the folder of a run, got no spec.json",
    );
  });

  test.runIf(process.platform === "linux")("a device, which may never end", async () => {
    await expect(loadModelFile("/dev/zero")).rejects.toThrow(
      "/dev/zero: need a regular file, got a device or pipe.",
    );
  });
});
