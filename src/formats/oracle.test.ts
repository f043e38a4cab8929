/** The readers and writers against files that numpy and the safetensors package wrote (fixtures/make.py). */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  readCsv,
  readNpy,
  readNpz,
  readSafetensors,
  type Tensor,
  writeNpy,
  writeSafetensors,
} from "./index.ts";

interface Described {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data: readonly (number | string)[];
}

const fixture = (name: string) => new Uint8Array(readFileSync(new URL(`fixtures/${name}`, import.meta.url)));
const expected = JSON.parse(new TextDecoder().decode(fixture("expected.json")));
const numberOf = (text: number | string) => Number(String(text).replace("inf", "Infinity"));

function expectTensor(tensor: Tensor | undefined, { dtype, shape, data }: Described): void {
  expect(tensor?.dtype).toBe(dtype);
  expect(tensor?.shape).toEqual(shape);
  const wide = dtype === "I64" || dtype === "U64";
  expect([...tensor!.data]).toEqual(data.map((value) => (wide ? BigInt(value) : numberOf(value))));
}

function expectTensors(
  tensors: Readonly<Record<string, Tensor>>,
  described: Record<string, Described>,
): void {
  expect(Object.keys(tensors).sort()).toEqual(Object.keys(described).sort());
  for (const [name, value] of Object.entries(described)) expectTensor(tensors[name], value);
}

describe("npy files of numpy", () => {
  const names = Object.keys(expected).filter((name) => name.endsWith(".npy"));
  test.each(names)("%s", (name) => expectTensor(readNpy(fixture(name)), expected[name]));

  test.each(["version-1.npy", "scalar.npy", "vector.npy", "empty.npy"])(
    "%s is written byte for byte",
    (name) => {
      expect(writeNpy(readNpy(fixture(name)))).toEqual(fixture(name));
    },
  );
});

describe("npz files of numpy", () => {
  test.each([
    ["every-type.npz", "every-type.npz"],
    ["every-type-deflated.npz", "every-type.npz"],
    ["zip64.npz", "zip64.npz"],
    ["streamed.npz", "streamed.npz"],
  ])("%s", async (name, key) => expectTensors(await readNpz(fixture(name)), expected[key]));
});

describe("safetensors files of the reference writer", () => {
  test("every element type, half precisions widened", () => {
    const { tensors, metadata } = readSafetensors(fixture("every-type.safetensors"));
    expectTensors(tensors, expected["every-type.safetensors"]);
    expect(metadata).toEqual({ note: "made with Python" });
  });

  test("a file is written byte for byte", () => {
    const { tensors, metadata } = readSafetensors(fixture("weights.safetensors"));
    expect(writeSafetensors(tensors, metadata)).toEqual(fixture("weights.safetensors"));
  });
});

test("csv of numpy.savetxt", () => {
  const { data, shape } = readCsv(fixture("table.csv"));
  expect(shape).toEqual(expected["table.csv"].shape);
  expect([...data]).toEqual(expected["table.csv"].data.map(numberOf));
});
