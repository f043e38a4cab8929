/**
 * The directory of a zip archive: which members there are and where their bytes lie. Nothing is unpacked here.
 * Source: PKWARE's APPNOTE 6.3, sections 4.3–4.5, zip64 included.
 * Limits: one disk, stored or deflated members, no encryption, nothing before the archive. Members may not overlap,
 * since archives whose members share bytes unpack to any size.
 */
import { FormatError, showValue } from "./errors.ts";

/** A member: `data` are its bytes as they lie in the archive (a view), `size` and `crc` are those of its content. */
export interface ZipMember {
  readonly name: string;
  readonly method: "stored" | "deflated";
  readonly size: number;
  readonly crc: number;
  readonly data: Uint8Array;
}

interface Directory {
  readonly count: number;
  readonly begin: number;
  readonly end: number;
}

interface Entry extends Omit<ZipMember, "data"> {
  readonly nameLength: number;
  readonly storedSize: number;
  readonly offset: number;
}

/** Where a member's bytes lie: [begin, end) of the archive. */
interface Place {
  readonly entry: Entry;
  readonly begin: number;
  readonly end: number;
}

const signatures = {
  local: 0x04034b50,
  entry: 0x02014b50,
  end: 0x06054b50,
  end64: 0x06064b50,
  locator: 0x07064b50,
};
const endSize = 22;
const end64Size = 56;
const locatorSize = 20;
const entrySize = 46;
const localSize = 30;
const missing16 = 0xffff; // the values that say: look in the zip64 field
const missing32 = 0xffffffff;

/** Lists the members of an archive, in the order of its directory. @throws FormatError */
export function readZip(bytes: Uint8Array): readonly ZipMember[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const directory = findDirectory(view);
  const entries = readEntries(view, directory);
  const places = entries.map((entry) => locate(view, entry, directory.begin));
  checkOverlaps(places);
  return places.map(({ entry: { name, method, size, crc }, begin, end }) => {
    return { name, method, size, crc, data: bytes.subarray(begin, end) };
  });
}

/** The end record is the last thing in the file but for a comment, whose length it states. */
function findDirectory(view: DataView): Directory {
  const first = Math.max(0, view.byteLength - endSize - missing16);
  for (let place = view.byteLength - endSize; place >= first; place--) {
    const isEnd = view.getUint32(place, true) === signatures.end;
    if (isEnd && place + endSize + view.getUint16(place + 20, true) === view.byteLength) {
      return checkDirectory(readEnd(view, place));
    }
  }
  throw new FormatError(
    "zip: need an archive with its directory at the end, got none. The file is cut off, or of another format.",
  );
}

function readEnd(view: DataView, place: number): Directory & { readonly limit: number } {
  const count = view.getUint16(place + 10, true);
  const size = view.getUint32(place + 12, true);
  const begin = view.getUint32(place + 16, true);
  if (count === missing16 || size === missing32 || begin === missing32) return readEnd64(view, place);
  const disks = [view.getUint16(place + 4, true), view.getUint16(place + 6, true)];
  if (disks.some((disk) => disk !== 0) || view.getUint16(place + 8, true) !== count) throw manyDisks();
  return { count, begin, end: begin + size, limit: place };
}

function readEnd64(view: DataView, end: number): Directory & { readonly limit: number } {
  const locator = end - locatorSize;
  if (locator < 0 || view.getUint32(locator, true) !== signatures.locator) throw damaged("zip64 locator");
  const place = Number(view.getBigUint64(locator + 8, true));
  if (place > locator - end64Size || view.getUint32(place, true) !== signatures.end64) {
    throw damaged("zip64 end record");
  }
  if (view.getUint32(place + 16, true) !== 0 || view.getUint32(place + 20, true) !== 0) throw manyDisks();
  const begin = Number(view.getBigUint64(place + 48, true));
  const size = Number(view.getBigUint64(place + 40, true));
  return { count: Number(view.getBigUint64(place + 32, true)), begin, end: begin + size, limit: place };
}

function checkDirectory({ count, begin, end, limit }: Directory & { readonly limit: number }): Directory {
  if (end > limit || count * entrySize > end - begin) throw damaged("directory");
  return { count, begin, end };
}

function readEntries(view: DataView, { count, begin, end }: Directory): Entry[] {
  const entries: Entry[] = [];
  let place = begin;
  for (let i = 0; i < count; i++) {
    if (place + entrySize > end || view.getUint32(place, true) !== signatures.entry)
      throw damaged("directory entry");
    const nameEnd = place + entrySize + view.getUint16(place + 28, true);
    const extraEnd = nameEnd + view.getUint16(place + 30, true);
    const next = extraEnd + view.getUint16(place + 32, true);
    if (next > end) throw damaged("directory entry");
    entries.push(readEntry(view, place, nameEnd, extraEnd));
    place = next;
  }
  if (place !== end) throw damaged("directory's length");
  return entries;
}

function readEntry(view: DataView, place: number, nameEnd: number, extraEnd: number): Entry {
  const name = decodeName(view, place + entrySize, nameEnd);
  if (view.getUint16(place + 8, true) & 1) {
    throw new FormatError(
      `zip member ${showValue(name)}: need it unencrypted, got it encrypted. Save it anew.`,
    );
  }
  const sizes = {
    size: view.getUint32(place + 24, true),
    storedSize: view.getUint32(place + 20, true),
    offset: view.getUint32(place + 42, true),
  };
  return {
    name,
    nameLength: nameEnd - place - entrySize,
    method: readMethod(view.getUint16(place + 10, true), name),
    crc: view.getUint32(place + 16, true),
    ...widen(view, sizes, nameEnd, extraEnd),
  };
}

function readMethod(method: number, name: string): ZipMember["method"] {
  if (method === 0) return "stored";
  if (method === 8) return "deflated";
  throw new FormatError(
    `zip member ${showValue(name)}: need it stored or deflated, got method ${method}. ` +
      "Save it with numpy.savez or numpy.savez_compressed.",
  );
}

type Sizes = Pick<Entry, "size" | "storedSize" | "offset">;

/** Takes the sizes that did not fit 32 bits from the zip64 extra field, which lists just those, in this order. */
function widen(view: DataView, sizes: Sizes, extraBegin: number, extraEnd: number): Sizes {
  const wide = (["size", "storedSize", "offset"] as const).filter((key) => sizes[key] === missing32);
  if (wide.length === 0) return sizes;
  const place = findExtra(view, extraBegin, extraEnd, 1);
  if (place === null || place.end - place.begin < wide.length * 8) throw damaged("zip64 sizes");
  const found = wide.map((key, i) => [key, Number(view.getBigUint64(place.begin + i * 8, true))]);
  return { ...sizes, ...Object.fromEntries(found) };
}

/** Extra fields are a 16-bit number, a 16-bit length and that many bytes, one after the other. */
function findExtra(
  view: DataView,
  begin: number,
  end: number,
  id: number,
): { begin: number; end: number } | null {
  for (let place = begin; place + 4 <= end; ) {
    const next = place + 4 + view.getUint16(place + 2, true);
    if (next > end) return null;
    if (view.getUint16(place, true) === id) return { begin: place + 4, end: next };
    place = next;
  }
  return null;
}

/** The member's place. Its own header repeats name and sizes; sizes may be missing there: the directory's count. */
function locate(view: DataView, entry: Entry, limit: number): Place {
  const { name, offset, storedSize } = entry;
  const where = `member ${showValue(name)}`;
  if (offset + localSize > limit || view.getUint32(offset, true) !== signatures.local) throw damaged(where);
  const nameLength = view.getUint16(offset + 26, true);
  const nameEnd = offset + localSize + nameLength;
  const begin = nameEnd + view.getUint16(offset + 28, true);
  if (nameLength !== entry.nameLength || begin + storedSize > limit) throw damaged(where);
  if (decodeName(view, offset + localSize, nameEnd) !== name) throw damaged(where);
  return { entry, begin, end: begin + storedSize };
}

function checkOverlaps(places: readonly Place[]): void {
  const sorted = [...places].sort((a, b) => a.entry.offset - b.entry.offset);
  for (let i = 1; i < sorted.length; i++) {
    if (sorted[i]!.entry.offset >= sorted[i - 1]!.end) continue;
    throw new FormatError(
      `zip member ${showValue(sorted[i]!.entry.name)}: need bytes of its own, got bytes of another member. ` +
        "Save the archive anew.",
    );
  }
}

function decodeName(view: DataView, begin: number, end: number): string {
  const bytes = new Uint8Array(view.buffer, view.byteOffset + begin, end - begin);
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw damaged("member name");
  }
}

function manyDisks(): FormatError {
  return new FormatError("zip: need an archive on one disk, got one on several. Save it in one file.");
}

function damaged(what: string): FormatError {
  return new FormatError(`zip: need a whole ${what}, got a damaged one. Save the archive anew.`);
}
