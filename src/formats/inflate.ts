/**
 * Inflates raw deflate data (RFC 1951) with the host's own DecompressionStream, never beyond a stated size.
 * Nothing is reserved ahead: memory follows what has really come out, so that a wrong size costs nothing.
 */
import { FormatError } from "./errors.ts";

/**
 * @param size — the bytes that must come out, no more and no less
 * @throws FormatError when the data are damaged or give another size; the stream is stopped at once.
 */
export async function inflateRaw(bytes: Uint8Array, size: number, where: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let total = 0;
  for await (const chunk of inflatedChunks(bytes, where)) {
    total += chunk.length;
    if (total > size) throw sizeError(where, size, "more");
    chunks.push(chunk);
  }
  if (total < size) throw sizeError(where, size, `${total}`);
  return concatenate(chunks, total);
}

async function* inflatedChunks(bytes: Uint8Array, where: string): AsyncGenerator<Uint8Array> {
  const source = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream();
  const reader = source.pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } catch {
    throw new FormatError(
      `${where}: need deflated data, got bytes that do not inflate. Save the archive anew.`,
    );
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function concatenate(chunks: readonly Uint8Array[], total: number): Uint8Array {
  const result = new Uint8Array(total);
  let place = 0;
  for (const chunk of chunks) {
    result.set(chunk, place);
    place += chunk.length;
  }
  return result;
}

function sizeError(where: string, need: number, got: string): FormatError {
  return new FormatError(`${where}: need ${need} bytes when inflated, got ${got}. Save the archive anew.`);
}
