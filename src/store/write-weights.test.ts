import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { modelOf, unfoldedOf } from "../../test/support/run-writer.ts";
import { scratchFolder } from "../../test/support/scratch-folder.ts";
import { readSafetensors } from "../formats/index.ts";
import { readWeightsFile } from "./read-weights.ts";
import { writeWeightsFile } from "./write-weights.ts";

let folder = "";
beforeAll(() => {
  folder = scratchFolder();
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("what is written", () => {
  test.each(["out.safetensors", "out.npz", "out.pt"])(
    "%s is read to the same bits, and equal bytes",
    async (name) => {
      const path = join(folder, name);
      const model = { ...modelOf(4) };
      expect(writeWeightsFile(path, model)).toEqual({ W_in: [3, 5], W_out: [5, 3], M: [5, 5] });
      const bytes = readFileSync(path);
      expect((await readWeightsFile(path)).network).toEqual(unfoldedOf(4));
      writeWeightsFile(path, model, { replace: true });
      expect(readFileSync(path)).toEqual(bytes);
    },
  );

  test.each(["embedding.safetensors", "embedding.npz", "embedding.pt"])(
    "%s with all that a run has",
    async (name) => {
      const path = join(folder, name);
      const { M } = modelOf(4);
      const square = (rows: number, columns: number) => ({
        data: Float32Array.from({ length: rows * columns }, (_, i) => i / 8),
        shape: [rows, columns] as const,
      });
      const network = { W_in: square(2, 4), W_out: square(4, 2), W_E: square(4, 5), M, bypass: square(5, 5) };
      expect(Object.keys(writeWeightsFile(path, network))).toEqual(["W_in", "W_out", "W_E", "M", "bypass"]);
      expect((await readWeightsFile(path)).network).toEqual(network);
    },
  );

  test("biases, which are read again, but for those that are zero", async () => {
    const path = join(folder, "biased.npz");
    const biases = { b_in: Float32Array.of(0, 0, 0), b_out: Float32Array.of(0, 0, 0, 0, 0.5) };
    const written = writeWeightsFile(path, { ...modelOf(4), ...biases });
    expect(written).toEqual({ W_in: [3, 5], W_out: [5, 3], M: [5, 5], b_in: [3], b_out: [5] });
    const { network } = await readWeightsFile(path);
    expect([network.b_in, network.b_out]).toEqual([undefined, biases.b_out]);
    const wrong = { ...modelOf(4), b_in: Float32Array.of(0, Number.NaN) };
    expect(() => writeWeightsFile(join(folder, "wrong.npz"), wrong)).toThrow(
      "wrong.npz, b_in: need 3 finite numbers, got 2, 1 of them finite. Check the weights.",
    );
  });

  test("names its writer", () => {
    const path = join(folder, "named.safetensors");
    writeWeightsFile(path, modelOf(4));
    expect(readSafetensors(readFileSync(path)).metadata).toEqual({ writer: "toy-cis" });
  });

  test("nothing where it is refused", () => {
    const place = join(folder, "refused");
    mkdirSync(place);
    const path = join(place, "there.pt");
    writeFileSync(path, "kept");
    const { W_in, ...rest } = modelOf(4);
    const broken = { ...W_in, data: W_in.data.map((value, i) => (i === 7 ? Number.NaN : value)) };
    expect(() => writeWeightsFile(path, modelOf(4))).toThrow(
      `${path}: need a new file, got one that is there. Choose another name, or replace it with --force.`,
    );
    expect(() => writeWeightsFile(path, { ...rest, W_in: broken }, { replace: true })).toThrow(
      `${path}, W_in[1, 2]: need a finite number, got NaN.`,
    );
    expect(() => writeWeightsFile(join(place, "new.pt"), { ...rest, W_in: modelOf(4).M! })).toThrow(
      ", W_out: need [features, neurons] = [5, 5], got [5, 3]",
    );
    expect(() => writeWeightsFile(join(place, "new.pth"), modelOf(4))).toThrow(
      'need a file that ends in .safetensors, .npz, .pt, got ".pth".',
    );
    expect(() => writeWeightsFile(join(place, "none/new.pt"), modelOf(4))).toThrow(
      "none/new.pt: need to write it, got no such file or folder",
    );
    expect(readdirSync(place)).toEqual(["there.pt"]);
    expect(readFileSync(path, "utf8")).toBe("kept");
  });
});
