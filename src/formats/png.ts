/**
 * Writes small pictures as PNG (ISO/IEC 15948): eight bits a pixel, indices into a palette with transparency.
 * Nothing is compressed (deflate's stored blocks, RFC 1951 section 3.2.4), so that one picture has the same bytes on
 * every host; a file has one byte a pixel, one a row, and about a kibibyte of palette more.
 */
import { crc32 } from "./crc32.ts";
import { FormatError } from "./errors.ts";

/** A picture whose pixels are indices into a palette of at most 256 colours. */
export interface PalettePicture {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue, opacity of every colour, [colours · 4] */
  readonly palette: Uint8Array;
  /** Row-major from the top left, [height · width] */
  readonly indices: Uint8Array;
}

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** The most bytes that one stored block of deflate holds. */
const blockSize = 0xffff;

/** The bytes of a PNG file. @throws FormatError when there is no pixel, or sizes, palette and indices disagree. */
export function writePng(picture: PalettePicture): Uint8Array<ArrayBuffer> {
  checkPicture(picture);
  const { palette } = picture;
  const colours = palette.filter((_, i) => i % 4 !== 3);
  const opacities = palette.filter((_, i) => i % 4 === 3);
  return concatenate([
    Uint8Array.from(signature),
    chunk("IHDR", header(picture)),
    chunk("PLTE", colours),
    chunk("tRNS", opacities),
    chunk("IDAT", zlibStored(scanlines(picture))),
    chunk("IEND", new Uint8Array(0)),
  ]);
}

function checkPicture({ width, height, palette, indices }: PalettePicture): void {
  const count = width * height;
  if (!(count > 0) || indices.length !== count) {
    throw new FormatError(
      `png: need width × height > 0 indices, got ${width} × ${height} and ${indices.length}. Check the sizes.`,
    );
  }
  const colours = palette.length / 4;
  if (!Number.isInteger(colours) || colours < 1 || colours > 256) {
    throw new FormatError(
      `png: need 1 to 256 colours of 4 bytes, got ${palette.length} bytes. Use fewer colours.`,
    );
  }
  const bad = indices.find((index) => index >= colours);
  if (bad !== undefined) {
    throw new FormatError(`png: need indices below ${colours}, got ${bad}. Add colours to the palette.`);
  }
}

/** Eight bits, indexed colour (type 3), the one compression, the one filter method, no interlacing. */
function header({ width, height }: PalettePicture): Uint8Array {
  return concatenate([word(width), word(height), Uint8Array.of(8, 3, 0, 0, 0)]);
}

/** The rows, each behind a byte that says it is not filtered. */
function scanlines({ width, height, indices }: PalettePicture): Uint8Array {
  const lines = new Uint8Array(height * (width + 1));
  for (let row = 0; row < height; row++) {
    lines.set(indices.subarray(row * width, (row + 1) * width), row * (width + 1) + 1);
  }
  return lines;
}

/** Length, name, content, and the CRC of the last two. */
function chunk(name: string, content: Uint8Array): Uint8Array {
  const body = concatenate([Uint8Array.from(name, (letter) => letter.charCodeAt(0)), content]);
  return concatenate([word(content.length), body, word(crc32(body))]);
}

/** A zlib stream (RFC 1950) of stored blocks. */
function zlibStored(bytes: Uint8Array): Uint8Array {
  const blocks: Uint8Array[] = [Uint8Array.of(0x78, 0x01)];
  for (let start = 0; start < bytes.length; start += blockSize) {
    const block = bytes.subarray(start, start + blockSize);
    const [low, high] = [block.length & 0xff, block.length >>> 8];
    const last = start + blockSize >= bytes.length ? 1 : 0;
    blocks.push(Uint8Array.of(last, low, high, ~low & 0xff, ~high & 0xff), block);
  }
  return concatenate([...blocks, word(adler32(bytes))]);
}

function adler32(bytes: Uint8Array): number {
  let [a, b] = [1, 0];
  for (const byte of bytes) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return b * 2 ** 16 + a;
}

/** Four bytes, most significant first. */
const word = (value: number): Uint8Array =>
  Uint8Array.of(value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff);

function concatenate(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const result = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let place = 0;
  for (const part of parts) {
    result.set(part, place);
    place += part.length;
  }
  return result;
}
