import { inflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { svgToPng } from "./png.ts";

const svg = (content: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20" viewBox="0 0 60 20">${content}</svg>`;

/** Width and height as the file's header says them. */
const sizeOf = (png: Uint8Array) => [new DataView(png.buffer, png.byteOffset).getUint32(16), png[23]];

/** Bytes of the picture's rows, for PNGs of one IDAT chunk. */
function pixelsOf(png: Uint8Array): Uint8Array {
  const at = Buffer.from(png).indexOf("IDAT");
  const length = new DataView(png.buffer, png.byteOffset).getUint32(at - 4);
  return inflateSync(png.subarray(at + 4, at + 4 + length));
}

describe("svgToPng", () => {
  it("gives a PNG of the figure's size times the scale", async () => {
    const png = await svgToPng(svg(""), { scale: 3 });
    expect([...png.subarray(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47]);
    expect(sizeOf(png)).toEqual([180, 60]);
    expect(sizeOf(await svgToPng(svg("")))).toEqual([120, 40]);
  });

  it("draws letters with the packaged font, in both weights, whatever family the figure names", async () => {
    const text = (style: string) => svg(`<text x="2" y="15" font-size="12" ${style}>σ ŷ −1</text>`);
    const pictures = [svg(""), text(""), text('font-weight="bold"')].map(async (figure) =>
      Buffer.from(pixelsOf(await svgToPng(figure))).toString("hex"),
    );
    expect(new Set(await Promise.all(pictures)).size).toBe(3);
    const named = await svgToPng(text('font-family="No Such Font, sans-serif"'));
    expect(named).toEqual(await svgToPng(text("")));
  });

  it("says what is wrong with a text that is no SVG, and with a scale that is none", async () => {
    await expect(svgToPng("<p>")).rejects.toThrow(
      /^svgToPng: need an SVG document, got text that is none \(.+\)\. /,
    );
    await expect(svgToPng(svg(""), { scale: 0 })).rejects.toThrow(
      "svgToPng: need a scale in (0, 20], got 0. Leave it out for 2.",
    );
  });
});
