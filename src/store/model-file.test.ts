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
      `${path}: need tensors W_in [neurons, features] and W_out [features, neurons], got M [3, 3]. ` +
        "No two of them fit each other: say which they are with --map W_in=TENSOR --map W_out=TENSOR.",
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
      "got W_in [2, 3], w_out [3, 2]. Name them, for 3 features and 2 neurons: --map W_in=W_in --map W_out=w_out",
    ],
    ["nothing inside", {}, undefined, "got none. No two of them fit each other"],
    [
      "another number of features",
      { W_in: [2, 3], W_out: [3, 2] },
      4,
      ": need W_in [neurons, features] and W_out [features, neurons] of one network with 4 features, " +
        "got W_in [2, 3] and W_out [3, 2]. Check that the file belongs to this spec, and --map.",
    ],
    [
      "another number of neurons",
      { W_in: [2, 3], W_out: [3, 4] },
      undefined,
      " of one network, got W_in [2, 3] and W_out [3, 4]. Check",
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
  ])("%s", async (_, contents, features, message) => {
    const path = file(contents);
    await expect(loadModelFile(path, features === undefined ? {} : { features })).rejects.toThrow(`${path}`);
    await expect(loadModelFile(path, features === undefined ? {} : { features })).rejects.toThrow(message);
  });

  test.each([
    ["missing.safetensors", "need to read it, got no such file or folder (ENOENT). Check the path."],
    ["weights.txt", 'need a file that ends in .safetensors, .npz, .pt, .pth, got ".txt". Convert it.'],
    ["foreign.pt", "zip: need an archive with its directory at the end"],
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

  test("a map for a run, which has its own names", async () => {
    await expect(loadModelFile(folder, { map: { W_in: "a" } })).rejects.toThrow(
      `${folder}: need a file to map names of, got a folder. Leave the map out for a run.`,
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
