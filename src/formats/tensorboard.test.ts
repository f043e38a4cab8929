/** Event files, read back by a decoder of the test's own and, where there is one, by Python's tensorboard. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { writeEventFile } from "./index.ts";

const events = [
  { wallTime: 1.7e9, step: 0, scalars: { loss: 0.5, learningRate: 0.003 } },
  { wallTime: 1.7e9 + 0.25, step: 300, scalars: { loss: 0.125, "größe/π": -1 } },
  { wallTime: 1.7e9 + 1, step: 5_000_000_000, scalars: {} },
];

/** CRC-32C bit by bit, masked as TFRecord wants it. */
function maskedCheck(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  }
  const value = BigInt(~crc >>> 0);
  return Number((((value >> 15n) | (value << 17n)) + 0xa282ead8n) & 0xffffffffn);
}

/** The bodies of TFRecord frames, every check checked. */
function framesOf(bytes: Uint8Array): Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const frames: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = Number(view.getBigUint64(at, true));
    expect(view.getUint32(at + 8, true)).toBe(maskedCheck(bytes.subarray(at, at + 8)));
    const body = bytes.subarray(at + 12, at + 12 + length);
    expect(view.getUint32(at + 12 + length, true)).toBe(maskedCheck(body));
    frames.push(body);
    at += length + 16;
  }
  return frames;
}

/** The fields of a protobuf message: numbers, or bytes for fields with a length. */
function fieldsOf(bytes: Uint8Array): [field: number, value: number | Uint8Array][] {
  let at = 0;
  const varint = (): number => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at++]!;
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return Number(value);
    }
  };
  const take = (length: number) => {
    at += length;
    return bytes.subarray(at - length, at);
  };
  const viewOf = (length: number) => {
    const { buffer, byteOffset } = take(length);
    return new DataView(buffer, byteOffset, length);
  };
  const readers: Record<number, () => number | Uint8Array> = {
    0: varint,
    1: () => viewOf(8).getFloat64(0, true),
    2: () => take(varint()),
    5: () => viewOf(4).getFloat32(0, true),
  };
  const fields: [number, number | Uint8Array][] = [];
  while (at < bytes.length) {
    const key = varint();
    fields.push([key >> 3, readers[key & 7]!()]);
  }
  return fields;
}

const text = (bytes: unknown) => new TextDecoder().decode(bytes as Uint8Array);

function decoded(bytes: Uint8Array) {
  return framesOf(bytes).map((frame) => {
    const event = Object.fromEntries(fieldsOf(frame));
    const values = event[5] === undefined ? [] : fieldsOf(event[5] as Uint8Array);
    const scalars = values.map(([, value]) => {
      const { 1: tag, 2: number } = Object.fromEntries(fieldsOf(value as Uint8Array));
      return [text(tag), number];
    });
    return { wallTime: event[1], step: event[2], version: event[3], scalars: Object.fromEntries(scalars) };
  });
}

describe("an event file", () => {
  test("begins with its version and holds the scalars of every step", () => {
    const [first, ...rest] = decoded(writeEventFile(events));
    expect([first!.wallTime, text(first!.version)]).toEqual([1.7e9, "brain.Event:2"]);
    expect(rest.map(({ version, ...event }) => event)).toEqual([
      { ...events[0], scalars: { loss: 0.5, learningRate: Math.fround(0.003) } },
      events[1],
      events[2],
    ]);
  });

  test("may hold no event", () => expect(decoded(writeEventFile([]))).toHaveLength(1));

  test("refuses a step that is none", () => {
    for (const step of [-1, 0.5, Number.NaN]) {
      expect(() => writeEventFile([{ wallTime: 0, step, scalars: {} }])).toThrow(
        `writeEventFile: need steps that are whole numbers ≥ 0, got ${step}. Round them.`,
      );
    }
  });

  test("is what Python's tensorboard reads", ({ skip }) => {
    const folder = mkdtempSync(join(tmpdir(), "toy-cis-tensorboard-"));
    writeFileSync(join(folder, "events.out.tfevents.test"), writeEventFile(events));
    const answer = tensorboardReads(folder);
    rmSync(folder, { recursive: true });
    if (answer === null) {
      console.log(
        "No Python with tensorboard at $TENSORBOARD_PYTHON or python3: that part of this test was skipped.",
      );
      return skip("no tensorboard; set TENSORBOARD_PYTHON to a Python that has it");
    }
    expect(answer).toEqual({
      learningRate: [[1.7e9, 0, Math.fround(0.003)]],
      loss: [
        [1.7e9, 0, 0.5],
        [1.7e9 + 0.25, 300, 0.125],
      ],
      "größe/π": [[1.7e9 + 0.25, 300, -1]],
    });
  });
});

const script = `
import json, sys
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
events = EventAccumulator(sys.argv[1])
events.Reload()
print(json.dumps({tag: [[event.wall_time, event.step, event.value] for event in events.Scalars(tag)] for tag in events.Tags()["scalars"]}))
`;

/** What Python's tensorboard finds in a folder; null when there is none. */
function tensorboardReads(folder: string): unknown {
  const python = process.env.TENSORBOARD_PYTHON ?? "python3";
  try {
    execFileSync(python, ["-c", "import tensorboard"], { stdio: "ignore" });
  } catch {
    return null;
  }
  return JSON.parse(
    execFileSync(python, ["-c", script, folder], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }),
  );
}
