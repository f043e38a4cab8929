import { describe, expect, it } from "vitest";
import { uniformsOf } from "../../test/support/random-matrix.ts";
import { readPng } from "../../test/support/read-png.ts";
import { writePng } from "./png.ts";

const palette = Uint8Array.of(255, 0, 0, 255, 0, 128, 255, 64, 9, 8, 7, 0);

describe("writePng", () => {
  it("writes pixels that an independent reader finds again", () => {
    const indices = Uint8Array.of(0, 1, 2, 2, 1, 0);
    const { width, height, rgba } = readPng(writePng({ width: 3, height: 2, palette, indices }));
    expect([width, height]).toEqual([3, 2]);
    const colourOf = (index: number) => Array.from(palette.subarray(4 * index, 4 * index + 4));
    expect(Array.from(rgba)).toEqual(Array.from(indices).flatMap(colourOf));
  });

  it("splits what is longer than one stored block, also exactly at its end", () => {
    const uniform = uniformsOf(1);
    // 255 rows of 1 + 256 bytes are 65,535 bytes, one full block.
    for (const height of [255, 256, 600]) {
      const indices = Uint8Array.from({ length: 256 * height }, () => Math.floor(3 * uniform()));
      const { rgba } = readPng(writePng({ width: 256, height, palette, indices }));
      const red = Uint8Array.from(indices, (index) => palette[4 * index]!);
      expect(rgba.filter((_, i) => i % 4 === 0)).toEqual(red);
    }
  });

  it("gives the same bytes again, with the signature of PNG first", () => {
    const picture = { width: 1, height: 1, palette, indices: Uint8Array.of(2) };
    const bytes = writePng(picture);
    expect(writePng(picture)).toEqual(bytes);
    expect(Buffer.from(bytes.subarray(0, 8)).toString("latin1")).toBe("\x89PNG\r\n\x1a\n");
  });

  it("says what it needs", () => {
    const write = (change: object) => () =>
      writePng({ width: 2, height: 1, palette, indices: Uint8Array.of(0, 1), ...change });
    expect(write({ width: 3 })).toThrow(
      "png: need width × height > 0 indices, got 3 × 1 and 2. Check the sizes.",
    );
    expect(write({ width: 0, indices: new Uint8Array(0) })).toThrow("got 0 × 1 and 0");
    expect(write({ palette: palette.subarray(0, 5) })).toThrow(
      "png: need 1 to 256 colours of 4 bytes, got 5 bytes. Use fewer colours.",
    );
    expect(write({ palette: new Uint8Array(257 * 4) })).toThrow("got 1028 bytes");
    expect(write({ indices: Uint8Array.of(0, 3) })).toThrow(
      "png: need indices below 3, got 3. Add colours to the palette.",
    );
  });
});
