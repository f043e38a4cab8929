/**
 * Turns the base64 of a compiled kernel module into a WebAssembly.Module.
 *
 * Compiled synchronously: the modules are a few tens of KiB, so no host limits it, and the numeric library can
 * stay free of promises. An instance owns its memory; dropping the instance frees it.
 */
export function compileKernels(base64: string): WebAssembly.Module {
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  return new WebAssembly.Module(bytes);
}

/** Addresses above this would be negative in JavaScript, where exports return signed 32-bit numbers. */
const largestMemory = 2 ** 31;

/**
 * Grows `memory` so that it holds `bytes` bytes.
 * @throws when that is over 2 GiB or more than the host can give.
 */
export function ensureMemory(memory: WebAssembly.Memory, bytes: number): void {
  const pageSize = 65536;
  const missing = Math.ceil((bytes - memory.buffer.byteLength) / pageSize);
  if (missing <= 0) return;
  try {
    if (bytes > largestMemory) throw new RangeError();
    memory.grow(missing);
  } catch {
    const need = Math.ceil(bytes / 2 ** 20);
    throw new Error(`wasm: need ${need} MiB, the limit is 2048 MiB or less. Use a smaller model or batch.`);
  }
}
