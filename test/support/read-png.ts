/** Reads a PNG with Node's zlib, which checks what it inflates: an oracle for our writer, and for figures' images. */
import { crc32, inflateSync } from "node:zlib";

/** A picture as red, green, blue, opacity of every pixel, [height · width · 4]. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array;
}

/** Decodes an unfiltered PNG of palette indices. @throws when a checksum is wrong or the kind is another. */
export function readPng(bytes: Uint8Array): Pixels {
  const chunks = chunksOf(bytes);
  const header = chunks.get("IHDR")!;
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  if (header.subarray(8).toString("hex") !== "0803000000") throw new Error("not an 8-bit palette PNG");
  const [colours, opacities] = [chunks.get("PLTE")!, chunks.get("tRNS")!];
  const lines = inflateSync(chunks.get("IDAT")!);
  const rgba = new Uint8Array(width * height * 4);
  for (let i = 0; i < width * height; i++) {
    const row = Math.floor(i / width);
    if (lines[row * (width + 1)] !== 0) throw new Error(`row ${row} is filtered`);
    const index = lines[i + row + 1]!;
    rgba.set([...colours.subarray(3 * index, 3 * index + 3), opacities[index]!], 4 * i);
  }
  return { width, height, rgba };
}

/** Decodes the PNG of a data URI. */
export const readPngUri = (uri: string): Pixels =>
  readPng(Buffer.from(uri.replace(/^data:image\/png;base64,/, ""), "base64"));

function chunksOf(bytes: Uint8Array): Map<string, Buffer> {
  const buffer = Buffer.from(bytes);
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < buffer.length; ) {
    const length = buffer.readUInt32BE(at);
    const body = buffer.subarray(at + 4, at + 8 + length);
    if (crc32(body) !== buffer.readUInt32BE(at + 8 + length)) throw new Error("a chunk's CRC is wrong");
    chunks.set(body.subarray(0, 4).toString(), body.subarray(4));
    at += 12 + length;
  }
  return chunks;
}
