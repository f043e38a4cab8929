import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { scratchFolder } from "../../test/support/scratch-folder.ts";
import { type Contents, writeTensors, zerosOf } from "../../test/support/tensor-file.ts";
import { readWeightsFile } from "./read-weights.ts";

let folder = "";
beforeAll(() => {
  folder = scratchFolder();
});
afterAll(() => rmSync(folder, { recursive: true }));

async function errorOf(contents: Contents): Promise<string> {
  const error = await readWeightsFile(writeTensors(folder, contents)).then(
    () => null,
    (reason: Error) => reason,
  );
  expect(error?.name).toBe("StoreError");
  return error!.message.replace(`${folder}/`, "");
}

/** The map that the words of a message make, as a shell and the command line read them. */
const typed = (message: string) =>
  Object.fromEntries(
    [...message.matchAll(/--map (?:'([^']+)'|(\S+))/g)].map(([, quoted, plain]) =>
      (quoted ?? plain)!.split("="),
    ),
  );

describe("proposals, which read when they are typed", () => {
  test.each<[string, Contents, string]>([
    [
      "PyTorch's layers",
      { "fc1.weight": [2, 3], "fc1.bias": zerosOf(2), "fc2.weight": [3, 2] },
      "for 3 features and 2 neurons: --map W_in=fc1.weight --map W_out=fc2.weight",
    ],
    [
      "named otherwise, in another order",
      { "decoder.weight": [3, 2], "encoder.weight": [2, 3] },
      "--map W_in=encoder.weight --map W_out=decoder.weight",
    ],
    [
      "of a transformer",
      {
        "h.0.attn.c_attn.weight": [3, 9],
        "h.0.mlp.c_fc.weight": [3, 9],
        "h.0.mlp.c_proj.weight": [9, 3],
        M: [3, 3],
      },
      "--map W_in=h.0.mlp.c_fc.weight.T --map W_out=h.0.mlp.c_proj.weight.T",
    ],
    [
      "of a Sequential",
      { "layers.0.weight": [2, 3], "layers.2.weight": [3, 2] },
      "--map W_in=layers.0.weight --map W_out=layers.2.weight",
    ],
    ["of numpy, one transposed", { W1: [2, 3], W2: [2, 3] }, "--map W_in=W1 --map W_out=W2.T"],
    ["told by M", { W1: [3, 2], W2: [2, 3], M: [3, 3] }, "--map W_in=W1.T --map W_out=W2.T"],
    ["in other letters", { w_in: [2, 3], w_out: [3, 2] }, "--map W_in=w_in --map W_out=w_out"],
    ["quoted for a shell", { "a b": [2, 3], c: [3, 2] }, "--map 'W_in=a b' --map W_out=c"],
    [
      "not an optimiser's",
      { "optimizer.state.0.exp_avg": [2, 3], a: [2, 3], b: [3, 2] },
      "--map W_in=a --map W_out=b",
    ],
    ["one of them", { W_in: [2, 3], b: [3, 2] }, "--map W_in=W_in --map W_out=b"],
    [
      "unclear by width",
      { a: [3, 2], b: [2, 3] },
      "Name them, for 2 features and 3 neurons: --map W_in=a --map W_out=b or for 3 features and 2 neurons: --map W_in=a.T --map W_out=b.T",
    ],
    [
      "unclear as square",
      { a: [2, 2], b: [2, 2] },
      "Name them, as they are: --map W_in=a --map W_out=b or transposed (or one of them): --map W_in=a.T --map W_out=b.T",
    ],
    [
      "unclear under our names",
      { W_in: [2, 2], W_out: [2, 2] },
      "Say it, as they are: --map W_in=W_in --map W_out=W_out or transposed (or one of them): --map W_in=W_in.T --map W_out=W_out.T",
    ],
  ])("%s", async (_, contents, expected) => {
    const message = await errorOf(contents);
    expect(message.endsWith(expected) ? expected : message).toBe(expected);
    const first = message.split(" or ")[0]!;
    const { sources } = await readWeightsFile(writeTensors(folder, contents), { map: typed(first) });
    expect(sources).toMatchObject(typed(first));
    expect(Object.keys(typed(first))).toEqual(["W_in", "W_out"]);
  });

  test("the whole sentences", async () => {
    expect(await errorOf({ "fc1.weight": [2, 3], "fc2.weight": [3, 2] })).toBe(
      "weights.pt: need tensors W_in [neurons, features] and W_out [features, neurons], " +
        "got fc1.weight [2, 3], fc2.weight [3, 2]. " +
        "Name them, for 3 features and 2 neurons: --map W_in=fc1.weight --map W_out=fc2.weight",
    );
    expect(await errorOf({ W_in: [3, 2], W_out: [2, 3] })).toBe(
      "weights.pt: need to know which way W_in [neurons, features] and W_out [features, neurons] lie, " +
        "got W_in [3, 2] and W_out [2, 3], which fit as they are and transposed. " +
        "Say it, for 2 features and 3 neurons: --map W_in=W_in --map W_out=W_out " +
        "or for 3 features and 2 neurons: --map W_in=W_in.T --map W_out=W_out.T",
    );
  });
});
