/** Damaged files: every truncation and many changed bytes give a FormatError or a valid record, and little memory. */
import { readFileSync } from "node:fs";
import { afterEach, describe, expect, test, vi } from "vitest";
import { FormatError, readCsv, readNpy, readNpz, readPt, readSafetensors } from "./index.ts";
import { checkTensor, type Tensor } from "./tensor.ts";

type Read = (bytes: Uint8Array) => unknown;

const readers: Readonly<Record<string, { read: Read; files: readonly string[] }>> = {
  safetensors: {
    read: (bytes) => Object.values(readSafetensors(bytes).tensors).forEach(checkRecord),
    files: ["every-type.safetensors", "weights.safetensors"],
  },
  npy: {
    read: (bytes) => checkRecord(readNpy(bytes)),
    files: ["version-1.npy", "version-2.npy", "version-3.npy", "fortran.npy", "vector.npy", "empty.npy"],
  },
  npz: {
    read: async (bytes) => Object.values(await readNpz(bytes)).forEach(checkRecord),
    files: ["mixing.npz", "streamed.npz", "zip64.npz"],
  },
  pt: {
    read: (bytes) => Object.values(readPt(bytes)).forEach(checkRecord),
    files: ["every-type.pt", "views.pt", "checkpoint.pt", "protocol-4.pt"],
  },
  csv: {
    read: (bytes) => {
      const { data, shape } = readCsv(bytes);
      checkRecord({ dtype: "F64", data, shape });
    },
    files: ["table.csv"],
  },
};

const checkRecord = (tensor: Tensor) => checkTensor(tensor, "record");
const fixture = (name: string) => new Uint8Array(readFileSync(new URL(`fixtures/${name}`, import.meta.url)));

/** Bytes reserved since the last call, by watching the constructors that the readers use. */
function watchAllocations(): () => number {
  let reserved = 0;
  for (const name of [
    ...["Uint8Array", "Int8Array", "Uint16Array", "Int16Array", "Uint32Array", "Int32Array"],
    ...["Float32Array", "Float64Array", "BigInt64Array", "BigUint64Array"],
  ]) {
    const watched = new Proxy(globalThis[name as "Uint8Array"], {
      construct(target, args, newTarget) {
        const made = Reflect.construct(target, args, newTarget) as Uint8Array;
        if (!(args[0] instanceof ArrayBuffer)) reserved += made.byteLength;
        return made;
      },
    });
    vi.stubGlobal(name, watched);
  }
  return () => {
    const bytes = reserved;
    reserved = 0;
    return bytes;
  };
}

/** Runs a reader on damaged bytes. Anything but a FormatError passes through and fails the test. */
async function outcome(read: Read, bytes: Uint8Array): Promise<"read" | "refused"> {
  try {
    await read(bytes);
    return "read";
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    expect(error.message).toMatch(/^[a-z].*: need .*, got .*\. .*[.?]$/s);
    expect(error.message.length).toBeLessThan(500);
    return "refused";
  }
}

/** A small generator with a fixed start (Numerical Recipes' constants): tests repeat. */
function generator(start: number): (below: number) => number {
  let state = start;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe.each(Object.entries(readers))("damaged %s", (_, { read, files }) => {
  test("every truncation is refused, or a shorter valid file", async () => {
    const counts = { read: 0, refused: 0 };
    for (const name of files) {
      const whole = fixture(name);
      expect(await outcome(read, whole)).toBe("read");
      for (let length = 0; length < whole.length; length++) {
        counts[await outcome(read, whole.slice(0, length))] += 1;
      }
    }
    expect(counts.refused).toBeGreaterThan(0);
    // Only a csv can lose its end and still be one.
    if (!files.includes("table.csv")) expect(counts.read).toBe(0);
  });

  test("20,000 files with changed bytes", async () => {
    const next = generator(2026);
    const counts = { read: 0, refused: 0 };
    const reserved = watchAllocations();
    for (let trial = 0; trial < 20_000; trial++) {
      const bytes = fixtureCopy(files[trial % files.length]!);
      const changes = 1 + next(3);
      for (let i = 0; i < changes; i++) bytes[next(bytes.length)]! ^= 1 + next(255);
      reserved();
      counts[await outcome(read, bytes)] += 1;
      // 16 times: eight bytes for two characters of csv, halves widened, inflated contents; and the CRC's table.
      expect(reserved()).toBeLessThanOrEqual(16 * bytes.length + 1024);
    }
    expect(counts.refused).toBeGreaterThan(1000);
    expect(counts.read).toBeGreaterThan(10);
  });

  const contents = new Map(files.map((name) => [name, fixture(name)]));
  const fixtureCopy = (name: string) => contents.get(name)!.slice();
});

test("random bytes are refused", async () => {
  const next = generator(7);
  for (let trial = 0; trial < 2000; trial++) {
    const bytes = Uint8Array.from({ length: next(200) }, () => next(256));
    for (const { read } of Object.values(readers)) await outcome(read, bytes);
  }
});
