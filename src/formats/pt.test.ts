/** .pt files of PyTorch are read to its numbers, hostile ones are refused, and PyTorch and numpy read what is written. */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyTensor } from "../../test/support/any-tensor.ts";
import { pythonWith, runPython } from "../../test/support/python.ts";
import { scratchFolder } from "../../test/support/scratch-folder.ts";
import { readNpz, readPt, type Tensor, writeNpz, writePt } from "./index.ts";
import { writeZip } from "./zip-write.ts";

const fixture = (name: string) => new Uint8Array(readFileSync(new URL(`fixtures/${name}`, import.meta.url)));
const expected = JSON.parse(new TextDecoder().decode(fixture("expected-pt.json")));
const bytesOf = (text: string) => new TextEncoder().encode(text);

describe("files of PyTorch", () => {
  test.each(Object.keys(expected))("%s", (name) => {
    const tensors = readPt(fixture(name));
    expect(Object.keys(tensors)).toEqual(Object.keys(expected[name]));
    for (const [key, { dtype, shape, data }] of Object.entries<Tensor & { data: unknown[] }>(
      expected[name],
    )) {
      const wide = dtype === "I64" || dtype === "U64";
      const numbers = data.map((value) =>
        wide ? BigInt(value as string) : Number(String(value).replace("inf", "Infinity")),
      );
      expect([key, tensors[key]!.dtype, tensors[key]!.shape]).toEqual([key, dtype, shape]);
      expect([...tensors[key]!.data]).toEqual(numbers);
    }
  });

  test.each([
    [
      "hostile.pt",
      'pt: need tensors and plain values alone, got "__builtin__.exec", which Python would look up and could run. ' +
        "Nothing was run. Save the tensors alone: torch.save(model.state_dict(), FILE).",
    ],
    ["whole-model.pt", 'got "torch.nn.modules.linear.Linear", which Python would look up'],
    ["torchscript.pt", "pt: need a state dict, got a TorchScript archive, which is a program."],
    ["before-1.6.pt", "pt: need a zip archive as PyTorch writes since 1.6, got the format before it."],
    ["every-type.npz", 'pt member "data.pkl": need it in the archive, got none.'],
    ["weights.safetensors", "zip: need an archive with its directory at the end, got none."],
  ])("%s is refused", (name, message) => {
    expect(() => readPt(fixture(name))).toThrow(message);
  });
});

/** A .pt file with this pickle, opcodes as numbers and texts, and storage 0. */
function pt(code: readonly (number | string)[], storage: Uint8Array = new Uint8Array(16)): Uint8Array {
  const pickle = Uint8Array.from(
    code.flatMap((part) => (typeof part === "string" ? [...bytesOf(part)] : [part])),
  );
  return writeZip(
    [
      { name: "a/data.pkl", content: pickle },
      { name: "a/data/0", content: storage },
    ],
    "test",
  );
}

const text = (value: string) => [0x58, value.length, 0, 0, 0, value];
const int = (value: number) => [0x4a, value & 255, (value >> 8) & 255, (value >> 16) & 255, value >>> 24];
const counts = (values: readonly number[]) => [0x28, ...values.flatMap(int), 0x74];

/** The code of a tensor over storage 0. */
function tensor({ elements = 4, offset = 0, shape = [4], strides = [1] } = {}): (number | string)[] {
  const storage = ["ctorch\nFloatStorage\n", ...text("0"), ...text("cpu"), ...int(elements)];
  return [
    ...["ctorch._utils\n_rebuild_tensor_v2\n", 0x28, 0x28, ...text("storage"), ...storage, 0x74, 0x51],
    ...[...int(offset), ...counts(shape), ...counts(strides), 0x89, 0x7d, 0x74, 0x52],
  ];
}

/** A dict of one tensor. */
const dict = (value: readonly (number | string)[]) => [0x80, 2, 0x7d, ...text("a"), ...value, 0x73, 0x2e];

describe("pickles that are refused", () => {
  // A dict within a dict, again and again, each time twice: 2^20 places from 20 lines.
  const doubling = Array.from({ length: 20 }, (_, i) => [
    ...[0x71, i, 0x30, 0x7d, ...text("a"), 0x68, i, 0x73, ...text("b"), 0x68, i, 0x73],
  ]).flat();
  test.each<[string, Uint8Array, string]>([
    [
      "a call of code",
      pt([0x80, 2, "cposix\nsystem\n", ...text("id"), 0x85, 0x52, 0x2e]),
      'got "posix.system"',
    ],
    ["a name from the stack", pt([0x80, 4, ...text("os"), ...text("system"), 0x93, 0x2e]), 'got "os.system"'],
    ["an old instance", pt([0x80, 2, 0x28, "ios\nsystem\n", 0x2e]), "got the operation 0x69."],
    ["a new object", pt([0x80, 2, "ctorch\nSize\n", 0x29, 0x81, 0x2e]), "got the operation 0x81."],
    [
      "a call of a type",
      pt([0x80, 2, "ctorch\nfloat32\n", 0x29, 0x52, 0x2e]),
      'a tensor, got "torch.float32".',
    ],
    ["a call of no name", pt([0x80, 2, 0x7d, 0x29, 0x52, 0x2e]), "need a name and a tuple of arguments"],
    ["attributes of a list", pt([0x80, 2, 0x5d, 0x7d, 0x62, 0x2e]), "need attributes of a dict"],
    ["protocol 0", pt([0x80, 0, 0x2e]), "pickle: need protocol 2 to 5, got 0."],
    [
      "a text beyond the end",
      pt([0x80, 2, 0x58, 255, 255, 255, 255, 0x2e]),
      "need 4294967295 more bytes, got 1.",
    ],
    ["an empty stack", pt([0x80, 2, 0x2e]), "need a value on the stack, got none."],
    [
      "a place never remembered",
      pt([0x80, 2, 0x68, 9, 0x2e]),
      "need a value that was remembered, got none at 9.",
    ],
    ["no dict", pt([0x80, 2, ...tensor(), 0x2e]), "pt: need a dict of tensors, got another value."],
    [
      "dicts that double",
      pt([0x80, 2, 0x7d, ...doubling, 0x2e]),
      "that stand in one place each, got others.",
    ],
    [
      "a dict in itself",
      pt([0x80, 2, 0x7d, 0x71, 0, ...text("a"), 0x68, 0, 0x73, 0x2e]),
      "in one place each",
    ],
    [
      "a complex tensor",
      pt([0x80, 2, "ctorch\nComplexFloatStorage\n", 0x2e]),
      "need float, integer or boolean",
    ],
    [
      "a stretched number",
      pt(dict(tensor({ shape: [2 ** 30], strides: [0] }))),
      "need tensors of at most 4 times",
    ],
    ["a view beyond", pt(dict(tensor({ offset: 1 }))), "got shape [4] beyond its 16 bytes."],
    ["a step beyond", pt(dict(tensor({ shape: [2], strides: [4] }))), "got shape [2] beyond its 16 bytes."],
    [
      "negative sizes",
      pt(dict(tensor({ shape: [-1] }))),
      "need a tensor's storage, offset, sizes and strides",
    ],
    ["too few strides", pt(dict(tensor({ strides: [] }))), "need a stride for each of at most 64 sizes"],
    ["another storage size", pt(dict(tensor({ elements: 5 }))), "need a storage of 20 bytes, got 16."],
  ])("%s", (_, bytes, message) => {
    expect(() => readPt(bytes)).toThrow(message);
  });

  test("the same code, undamaged, is read", () => {
    expect(readPt(pt(dict(tensor()))).a).toEqual({ dtype: "F32", shape: [4], data: new Float32Array(4) });
  });

  test("a bomb: compressed members", () => {
    const bytes = pt(dict(tensor()));
    const at = bytes.findLastIndex((_, i) => bytes[i] === 0x50 && bytes[i + 2] === 1 && bytes[i + 3] === 2);
    bytes[at + 10] = 8; // the method in the directory's last entry
    expect(() => readPt(bytes)).toThrow(
      'pt member "data/0": need it stored as PyTorch does, got it compressed.',
    );
  });
});

test("what is written is read back, any tensors", async () => {
  // The zip reader takes a name of any characters; a lone surrogate has no UTF-8.
  const names = fc.string({ unit: "grapheme", maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(fc.dictionary(names, anyTensor()), async (tensors) => {
      const entries = new Map(Object.entries(tensors));
      expect(new Map(Object.entries(readPt(writePt(tensors))))).toEqual(entries);
      expect(new Map(Object.entries(await readNpz(writeNpz(tensors))))).toEqual(entries);
    }),
  );
});

describe("what is written", () => {
  const tensors: Readonly<Record<string, Tensor>> = {
    W_in: { dtype: "F32", shape: [2, 3], data: new Float32Array([0.5, -1, 2, 3, 4, 5]) },
    größe: { dtype: "I64", shape: [], data: new BigInt64Array([-(2n ** 62n)]) },
    empty: { dtype: "F64", shape: [0, 2], data: new Float64Array(0) },
    yes: { dtype: "BOOL", shape: [2], data: new Uint8Array([1, 0]) },
  };
  const shown =
    "[['W_in', [2, 3], [[0.5, -1.0, 2.0], [3.0, 4.0, 5.0]]], ['größe', [], -4611686018427387904], " +
    "['empty', [0, 2], []], ['yes', [2], [True, False]]]\n";
  const show = "print([[name, list(value.shape), value.tolist()] for name, value in found.items()])";

  test.for([
    ["numpy", "file.npz", writeNpz(tensors), "import numpy\nfound = numpy.load('file.npz')"],
    ["torch", "file.pt", writePt(tensors), "import torch\nfound = torch.load('file.pt', weights_only=True)"],
  ] as const)("is read by %s", { timeout: 60_000 }, ([module, name, bytes, load], { skip }) => {
    const python = pythonWith(module);
    if (python === null) return skip(`no Python with ${module}; set TOY_CIS_PYTHON to one that has it`);
    const folder = scratchFolder();
    writeFileSync(join(folder, name), bytes);
    const answer = runPython(python, `${load}\n${show}`, folder);
    rmSync(folder, { recursive: true });
    expect(answer).toBe(shown);
  });
});
