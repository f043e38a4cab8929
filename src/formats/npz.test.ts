import { deflateRawSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { crc32 } from "./crc32.ts";
import { inflateRaw } from "./inflate.ts";
import { writeNpy } from "./npy.ts";
import { readNpz } from "./npz.ts";
import type { Tensor } from "./tensor.ts";

const tensor: Tensor = { dtype: "F32", shape: [2, 2], data: new Float32Array([1, 2, 3, 4]) };

interface Member {
  readonly name?: string;
  readonly content?: Uint8Array;
  readonly data?: Uint8Array;
  readonly method?: number;
  readonly flags?: number;
  readonly crc?: number;
  readonly size?: number;
  readonly offset?: number;
  readonly localName?: string;
}

const bytesOf = (text: string) => new TextEncoder().encode(text);
const join = (...parts: (Uint8Array | number[])[]) => Uint8Array.from(parts.flatMap((part) => [...part]));
const u16 = (value: number) => [value & 255, (value >> 8) & 255];
const u32 = (value: number) => [...u16(value & 0xffff), ...u16(value >>> 16)];

/** A zip archive whose fields may say anything. */
function zip(
  members: readonly Member[],
  { comment = "", count = members.length, disk = 0 } = {},
): Uint8Array {
  let body: Uint8Array = new Uint8Array(0);
  let directory: Uint8Array = new Uint8Array(0);
  for (const member of members) {
    const { name = "a.npy", content = writeNpy(tensor), method = 0, flags = 0 } = member;
    const data = member.data ?? (method === 8 ? new Uint8Array(deflateRawSync(content)) : content);
    const { crc = crc32(content), size = content.length, offset = body.length, localName = name } = member;
    const fields = [
      ...u16(20),
      ...u16(flags),
      ...u16(method),
      ...u32(0),
      ...u32(crc),
      ...u32(data.length),
      ...u32(size),
    ];
    const [encoded, local] = [bytesOf(name), bytesOf(localName)];
    body = join(body, u32(0x04034b50), fields, u16(local.length), u16(0), local, data);
    const rest = [
      ...u16(encoded.length),
      ...u16(0),
      ...u16(0),
      ...u16(0),
      ...u16(0),
      ...u32(0),
      ...u32(offset),
    ];
    directory = join(directory, u32(0x02014b50), u16(20), fields, rest, encoded);
  }
  const end = [
    ...u16(disk),
    ...u16(disk),
    ...u16(count),
    ...u16(count),
    ...u32(directory.length),
    ...u32(body.length),
  ];
  return join(body, directory, u32(0x06054b50), end, u16(comment.length), bytesOf(comment));
}

test("the published check value of CRC-32", () => {
  expect(crc32(bytesOf("123456789"))).toBe(0xcbf43926);
});

describe("archives that are read", () => {
  test.each<[string, Uint8Array, string[]]>([
    ["no members", zip([]), []],
    ["stored and deflated", zip([{}, { name: "b.npy", method: 8 }]), ["a", "b"]],
    [
      "a comment that holds an end signature",
      zip([{}], { comment: "PK\u0005\u0006 and more than 22 characters" }),
      ["a"],
    ],
    ["a member named __proto__", zip([{ name: "__proto__.npy" }]), ["__proto__"]],
    ["names beyond ASCII", zip([{ name: "größe.npy" }]), ["größe"]],
  ])("%s", async (_, bytes, names) => {
    const tensors = await readNpz(bytes);
    expect(Object.keys(tensors)).toEqual(names);
    for (const value of Object.values(tensors)) expect(value).toEqual(tensor);
  });
});

describe("archives that are refused", () => {
  const content = writeNpy(tensor);
  test.each<[string, Uint8Array, string]>([
    ["empty", new Uint8Array(0), "zip: need an archive with its directory at the end, got none."],
    ["cut off", zip([{}]).slice(0, -1), "got none. The file is cut off, or of another format."],
    [
      "bytes before the archive",
      join([0], zip([{}])),
      "zip: need a whole directory entry, got a damaged one.",
    ],
    ["more entries than there are", zip([{}], { count: 2 }), "zip: need a whole directory"],
    [
      "fewer entries than there are",
      zip([{}, { name: "b.npy" }], { count: 1 }),
      "zip: need a whole directory's length",
    ],
    ["several disks", zip([{}], { disk: 1 }), "zip: need an archive on one disk, got one on several."],
    ["encrypted", zip([{ flags: 1 }]), 'zip member "a.npy": need it unencrypted, got it encrypted.'],
    [
      "another compression",
      zip([{ method: 14 }]),
      "need it stored or deflated, got method 14. Save it with numpy.savez",
    ],
    ["no member there", zip([{ offset: 1 }]), 'zip: need a whole member "a.npy", got a damaged one.'],
    ["past the end", zip([{ offset: 1e9 }]), 'zip: need a whole member "a.npy"'],
    ["another local name", zip([{ localName: "b.npy" }]), 'zip: need a whole member "a.npy"'],
    ["zip64 sizes without their field", zip([{ size: 0xffffffff }]), "zip: need a whole zip64 sizes"],
    ["a name twice", zip([{}, {}]), "npz: need every name once, got one twice."],
    [
      "a shared member",
      zip([{}, { name: "a.npy", offset: 0 }]),
      "need bytes of its own, got bytes of another member.",
    ],
    ["no npy file", zip([{ name: "a.txt" }]), 'npz: need members that end in .npy, got "a.txt".'],
    [
      "a wrong checksum",
      zip([{ crc: 1 }]),
      'npz member "a.npy": need contents that fit their checksum, got damaged',
    ],
    ["a wrong stored size", zip([{ size: 5 }]), 'npz member "a.npy": need 5 stored bytes, got 144.'],
    [
      "no array inside",
      zip([{ content: bytesOf("hello") }]),
      'npz member "a.npy": npy: need a file that starts with',
    ],
    [
      "bytes that do not inflate",
      zip([{ method: 8, data: Uint8Array.of(255, 255) }]),
      "need deflated data, got bytes",
    ],
    [
      "cut deflated data",
      zip([{ method: 8, data: new Uint8Array(deflateRawSync(content)).slice(0, 20) }]),
      "need deflated",
    ],
    ["too little inside", zip([{ method: 8, size: 200 }]), "need 200 bytes when inflated, got 144."],
    ["too much inside", zip([{ method: 8, size: 143 }]), "need 143 bytes when inflated, got more."],
  ])("%s", async (_, bytes, message) => {
    await expect(readNpz(bytes)).rejects.toThrow(message);
  });

  test("more contents than allowed, before anything is unpacked", async () => {
    await expect(readNpz(zip([{}, { name: "b.npy" }]), { maximumBytes: 287 })).rejects.toThrow(
      "npz: need at most 287 bytes of contents, got 288. Save fewer or smaller arrays.",
    );
  });

  test("a bomb that hides its size stops at the size it names", async () => {
    const bomb = new Uint8Array(deflateRawSync(new Uint8Array(2 ** 26)));
    const before = process.memoryUsage().arrayBuffers;
    await expect(inflateRaw(bomb, 1000, "bomb")).rejects.toThrow(
      "bomb: need 1000 bytes when inflated, got more. Save the archive anew.",
    );
    // 64 MiB would have come out; the host hands out chunks of some 16 KiB and reads a little ahead.
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 23);
  });
});
