/**
 * Scalars as a TensorBoard event file: protobuf messages in TFRecord frames.
 *
 * Source: tensorflow/core/util/event.proto and framework/summary.proto; frames as in tensorflow/core/lib/io/
 * record_writer.h. Limits: scalars only, and those as float32, as TensorBoard's own writer keeps them.
 */
import { crc32cOf } from "./crc32.ts";

/** The scalars of one step. */
export interface ScalarEvent {
  /** Seconds since 1970. */
  readonly wallTime: number;
  /** A whole number ≥ 0. */
  readonly step: number;
  /** By tag; a tag with slashes goes to the group before the first one. */
  readonly scalars: Readonly<Record<string, number>>;
}

/**
 * The bytes of an event file. TensorBoard reads files whose names contain `tfevents`.
 * @throws when a step is no whole number ≥ 0.
 */
export function writeEventFile(events: readonly ScalarEvent[]): Uint8Array {
  const version = [...doubleField(1, events[0]?.wallTime ?? 0), ...bytesField(3, utf8("brain.Event:2"))];
  const crc32c = crc32cOf();
  const frames = [version, ...events.map(eventBytes)].map((bytes) => frame(Uint8Array.from(bytes), crc32c));
  return joined(frames);
}

/** Event: wall_time = 1 (double), step = 2 (int64), summary = 5. */
function eventBytes({ wallTime, step, scalars }: ScalarEvent): number[] {
  if (!Number.isSafeInteger(step) || step < 0) {
    throw new Error(`writeEventFile: need steps that are whole numbers ≥ 0, got ${step}. Round them.`);
  }
  const values = Object.entries(scalars).flatMap(([tag, value]) => bytesField(1, valueBytes(tag, value)));
  return [
    ...doubleField(1, wallTime),
    ...key(2, wireTypes.varint),
    ...varint(step),
    ...bytesField(5, values),
  ];
}

/** Summary.Value: tag = 1, simple_value = 2 (float). */
function valueBytes(tag: string, value: number): number[] {
  return [
    ...bytesField(1, utf8(tag)),
    ...key(2, wireTypes.fixed32),
    ...littleEndian(4, (view) => view.setFloat32(0, value, true)),
  ];
}

const wireTypes = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

const key = (field: number, wireType: number): number[] => varint(field * 8 + wireType);

const bytesField = (field: number, bytes: ArrayLike<number>): number[] => [
  ...key(field, wireTypes.bytes),
  ...varint(bytes.length),
  ...Array.from(bytes),
];

const doubleField = (field: number, value: number): number[] => [
  ...key(field, wireTypes.fixed64),
  ...littleEndian(8, (view) => view.setFloat64(0, value, true)),
];

/** Seven bits a byte, least first; the high bit says that more follow. Division, since steps may pass 2^32. */
function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return [...bytes, rest];
}

function littleEndian(size: number, write: (view: DataView) => void): Uint8Array {
  const bytes = new Uint8Array(size);
  write(new DataView(bytes.buffer));
  return bytes;
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A TFRecord: the length as uint64, its check, the bytes, their check. */
function frame(bytes: Uint8Array, crc32c: (bytes: Uint8Array) => number): Uint8Array {
  const length = littleEndian(8, (view) => view.setBigUint64(0, BigInt(bytes.length), true));
  const check = (of: Uint8Array) => littleEndian(4, (view) => view.setUint32(0, masked(crc32c(of)), true));
  return joined([length, check(length), bytes, check(bytes)]);
}

/** Turned right by 15 bits and moved by a constant, so that a check of data that holds checks is still one. */
const masked = (crc: number): number => (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const result = new Uint8Array(parts.reduce((total, { length }) => total + length, 0));
  let at = 0;
  for (const part of parts) {
    result.set(part, at);
    at += part.length;
  }
  return result;
}
