/**
 * Writes zip archives: members stored, in the order given, all dated 1980, so that equal contents are equal bytes.
 * Contents begin at multiples of 64 bytes, as PyTorch writes its own; an extra field pads what stands before.
 * Limits: below 4 GiB and 65,535 members, since there is no zip64.
 */
import { crc32 } from "./crc32.ts";
import { FormatError } from "./errors.ts";

/** A file of an archive to be. */
export interface ZipContent {
  readonly name: string;
  readonly content: Uint8Array;
}

const alignment = 64;
const localSize = 30;
const entrySize = 46;
const endSize = 22;
const padding = 0x4246; // the extra field that PyTorch pads with
const date = 0x21; // 1 January 1980

interface Placed {
  readonly name: Uint8Array;
  readonly content: Uint8Array;
  readonly crc: number;
  readonly begin: number;
  /** Bytes of the extra field, its four bytes of number and length included. */
  readonly extra: number;
}

/** An archive of these files. @throws FormatError when it would be too large. */
export function writeZip(files: readonly ZipContent[], where: string): Uint8Array {
  const members = place(files);
  const last = members.at(-1);
  const directory = last === undefined ? 0 : contentBegin(last) + last.content.length;
  const size = members.reduce((sum, { name }) => sum + entrySize + name.length, directory) + endSize;
  if (size > 0xffffffff || files.length >= 0xffff) {
    throw new FormatError(
      `${where}: need less than 4 GiB and 65535 tensors, got ${size} bytes and ${files.length}. Write several files.`,
    );
  }
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  for (const member of members) putMember(bytes, view, member);
  let at = directory;
  for (const member of members) at = putEntry(bytes, view, member, at);
  putEnd(view, at, members.length, directory);
  return bytes;
}

function place(files: readonly ZipContent[]): readonly Placed[] {
  let begin = 0;
  return files.map(({ name, content }) => {
    const encoded = new TextEncoder().encode(name);
    const bare = begin + localSize + encoded.length + 4;
    const extra = 4 + ((alignment - (bare % alignment)) % alignment);
    const member = { name: encoded, content, crc: crc32(content), begin, extra };
    begin = contentBegin(member) + content.length;
    return member;
  });
}

const contentBegin = ({ begin, name, extra }: Placed): number => begin + localSize + name.length + extra;

function putMember(bytes: Uint8Array, view: DataView, member: Placed): void {
  const { begin, name, content, extra } = member;
  view.setUint32(begin, 0x04034b50, true);
  putFields(view, begin + 4, member);
  view.setUint16(begin + 28, extra, true);
  bytes.set(name, begin + localSize);
  view.setUint16(begin + localSize + name.length, padding, true);
  view.setUint16(begin + localSize + name.length + 2, extra - 4, true);
  bytes.set(content, contentBegin(member));
}

function putEntry(bytes: Uint8Array, view: DataView, member: Placed, at: number): number {
  view.setUint32(at, 0x02014b50, true);
  view.setUint16(at + 4, 20, true); // made by version 2.0
  putFields(view, at + 6, member);
  view.setUint32(at + 42, member.begin, true);
  bytes.set(member.name, at + entrySize);
  return at + entrySize + member.name.length;
}

/** What the header of a member and its entry in the directory share. */
function putFields(view: DataView, at: number, { name, content, crc }: Placed): void {
  view.setUint16(at, 20, true); // needs version 2.0
  view.setUint16(at + 2, 0x0800, true); // names are UTF-8
  view.setUint16(at + 8, date, true);
  view.setUint32(at + 10, crc, true);
  view.setUint32(at + 14, content.length, true);
  view.setUint32(at + 18, content.length, true);
  view.setUint16(at + 22, name.length, true);
}

function putEnd(view: DataView, at: number, count: number, directory: number): void {
  view.setUint32(at, 0x06054b50, true);
  view.setUint16(at + 8, count, true);
  view.setUint16(at + 10, count, true);
  view.setUint32(at + 12, at - directory, true);
  view.setUint32(at + 16, directory, true);
}
