/**
 * npz: a zip archive of npy files, as numpy.savez and numpy.savez_compressed write it. Written without compression.
 * Limits: what zip.ts and npy.ts say; members that are no npy files are refused; the contents together may not be
 * larger than a stated number of bytes, so that a small archive cannot fill the memory.
 */
import { crc32 } from "./crc32.ts";
import { FormatError, showValue } from "./errors.ts";
import { inflateRaw } from "./inflate.ts";
import { readNpy, writeNpy } from "./npy.ts";
import type { Tensor } from "./tensor.ts";
import { readZip, type ZipMember } from "./zip.ts";
import { writeZip } from "./zip-write.ts";

/** How much `readNpz` unpacks at most when not told otherwise: 1 GiB, a [16384, 16384] float32 matrix. */
export const defaultMaximumBytes = 2 ** 30;

const extension = ".npy";

/**
 * Reads an npz file: its arrays by name, without `.npy`. Names come from the file: look them up with `Object.hasOwn`.
 * @throws FormatError (as a rejection) for damaged archives or arrays, and for more than `maximumBytes` of contents.
 */
export async function readNpz(
  bytes: Uint8Array,
  { maximumBytes = defaultMaximumBytes }: { readonly maximumBytes?: number } = {},
): Promise<Readonly<Record<string, Tensor>>> {
  const members = readZip(bytes);
  checkMembers(members, maximumBytes);
  const tensors: [string, Tensor][] = [];
  for (const member of members) {
    tensors.push([member.name.slice(0, -extension.length), await readMember(member)]);
  }
  return Object.fromEntries(tensors);
}

/** Writes an npz file, as numpy.savez does; equal contents are equal bytes. @throws FormatError as `writeNpy` does. */
export function writeNpz(tensors: Readonly<Record<string, Tensor>>): Uint8Array {
  const files = Object.entries(tensors).map(([name, tensor]) => {
    return { name: name + extension, content: writeNpy(tensor) };
  });
  return writeZip(files, "writeNpz");
}

function checkMembers(members: readonly ZipMember[], maximumBytes: number): void {
  const names = new Set(members.map(({ name }) => name));
  if (names.size < members.length) {
    throw new FormatError("npz: need every name once, got one twice. Save the archive anew.");
  }
  for (const { name } of members) {
    if (!name.endsWith(extension)) {
      throw new FormatError(`npz: need members that end in .npy, got ${showValue(name)}. Is it an npz file?`);
    }
  }
  const total = members.reduce((sum, { size }) => sum + size, 0);
  if (total > maximumBytes) {
    throw new FormatError(
      `npz: need at most ${maximumBytes} bytes of contents, got ${total}. Save fewer or smaller arrays.`,
    );
  }
}

async function readMember(member: ZipMember): Promise<Tensor> {
  const where = `npz member ${showValue(member.name)}`;
  const content = await unpack(member, where);
  if (crc32(content) !== member.crc) {
    throw new FormatError(
      `${where}: need contents that fit their checksum, got damaged ones. Get the file again.`,
    );
  }
  try {
    return readNpy(content);
  } catch (error) {
    throw error instanceof FormatError ? new FormatError(`${where}: ${error.message}`) : error;
  }
}

async function unpack({ method, data, size }: ZipMember, where: string): Promise<Uint8Array> {
  if (method === "deflated") return inflateRaw(data, size, where);
  if (data.length === size) return data;
  throw new FormatError(`${where}: need ${size} stored bytes, got ${data.length}. Save the archive anew.`);
}
