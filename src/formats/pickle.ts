/**
 * Reads Python pickles as data: a stack machine that builds texts, numbers, lists and dicts, and calls nothing.
 * Source: CPython's Lib/pickletools.py. Protocols 2 to 5; every opcode that is not needed for tensors is refused.
 *
 * In Python a pickle is a program, and loading one runs it. Here a name (GLOBAL) is only a name, which the host must
 * know, and a call (REDUCE) only asks the host to make a value of plain ones. Nothing is reserved ahead of what the file
 * holds, and every opcode makes at most one value, so memory is a small multiple of the file.
 */
import { FormatError, showValue } from "./errors.ts";

/** A name of a pickle's world, such as `torch.FloatStorage`: never looked up, only compared. */
export class PickleName {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** What gives a pickle's names their meaning. Each throws a FormatError for what it does not know. */
export interface PickleHost {
  /** Whether a pickle may mention a name at all. */
  readonly checkName: (name: string) => void;
  /** The value of a call: of a name from `checkName`, with a tuple of arguments. */
  readonly call: (name: string, args: readonly unknown[]) => unknown;
  /** The value that stands outside the pickle under an id. */
  readonly persistent: (id: unknown) => unknown;
}

/**
 * The value of a pickle: null, boolean, number, bigint, string, Uint8Array, array (lists and tuples), Map (dicts),
 * PickleName, or what the host made. The same value may stand in several places, and inside itself.
 * @throws FormatError naming the byte.
 */
export function readPickle(bytes: Uint8Array, host: PickleHost): unknown {
  const machine: Machine = {
    reader: new Reader(bytes),
    stack: [],
    marks: [],
    memo: new Map(),
    host,
  };
  for (;;) {
    const place = machine.reader.place;
    const code = machine.reader.byte();
    if (code === stop) return pop(machine);
    const operation = operations.get(code);
    if (operation === undefined) {
      throw new FormatError(
        `pickle at byte ${place}: need plain data and tensors, got the operation 0x${code.toString(16)}. ` +
          "Save tensors alone, in a dict.",
      );
    }
    operation(machine);
  }
}

interface Machine {
  readonly reader: Reader;
  readonly stack: unknown[];
  /** Heights of the stack at each open mark. */
  readonly marks: number[];
  readonly memo: Map<number, unknown>;
  readonly host: PickleHost;
}

const stop = 0x2e;

type Operation = (machine: Machine) => void;

const push =
  (value: (reader: Reader) => unknown): Operation =>
  ({ stack, reader }) =>
    stack.push(value(reader));

/** By opcode; the names are pickletools'. */
const operations: ReadonlyMap<number, Operation> = new Map<number, Operation>([
  [0x80, ({ reader }) => checkProtocol(reader)], // PROTO
  [0x95, ({ reader }) => reader.skipFrame()], // FRAME
  [0x4e, push(() => null)], // NONE
  [0x88, push(() => true)], // NEWTRUE
  [0x89, push(() => false)], // NEWFALSE
  [0x4b, push((reader) => reader.byte())], // BININT1
  [0x4d, push((reader) => reader.uint(2))], // BININT2
  [0x4a, push((reader) => reader.uint(4) | 0)], // BININT, signed
  [0x8a, push((reader) => reader.long(reader.byte()))], // LONG1
  [0x47, push((reader) => reader.float())], // BINFLOAT
  [0x8c, push((reader) => reader.text(reader.byte()))], // SHORT_BINUNICODE
  [0x58, push((reader) => reader.text(reader.uint(4)))], // BINUNICODE
  [0x8d, push((reader) => reader.text(reader.uint(8)))], // BINUNICODE8
  [0x43, push((reader) => reader.take(reader.byte()))], // SHORT_BINBYTES
  [0x42, push((reader) => reader.take(reader.uint(4)))], // BINBYTES
  [0x5d, push(() => [])], // EMPTY_LIST
  [0x7d, push(() => new Map())], // EMPTY_DICT
  [0x29, push(() => [])], // EMPTY_TUPLE
  [0x28, ({ stack, marks }) => marks.push(stack.length)], // MARK
  [0x30, pop], // POP
  [0x31, popToMark], // POP_MARK
  [0x85, (machine) => machine.stack.push([pop(machine)])], // TUPLE1
  [0x86, (machine) => machine.stack.push(popSeveral(machine, 2))], // TUPLE2
  [0x87, (machine) => machine.stack.push(popSeveral(machine, 3))], // TUPLE3
  [0x74, (machine) => machine.stack.push(popToMark(machine))], // TUPLE
  [0x61, (machine) => append(machine, [pop(machine)])], // APPEND
  [0x65, (machine) => append(machine, popToMark(machine))], // APPENDS
  [0x73, (machine) => setItems(machine, popSeveral(machine, 2))], // SETITEM
  [0x75, (machine) => setItems(machine, popToMark(machine))], // SETITEMS
  [0x71, (machine) => machine.memo.set(machine.reader.byte(), top(machine))], // BINPUT
  [0x72, (machine) => machine.memo.set(machine.reader.uint(4), top(machine))], // LONG_BINPUT
  [0x94, (machine) => machine.memo.set(machine.memo.size, top(machine))], // MEMOIZE
  [0x68, (machine) => recall(machine, machine.reader.byte())], // BINGET
  [0x6a, (machine) => recall(machine, machine.reader.uint(4))], // LONG_BINGET
  [0x63, (machine) => mention(machine, machine.reader.line(), machine.reader.line())], // GLOBAL
  [0x93, (machine) => mention(machine, ...(popSeveral(machine, 2) as [unknown, unknown]))], // STACK_GLOBAL
  [0x52, reduce], // REDUCE
  [0x62, build], // BUILD
  [0x51, (machine) => machine.stack.push(machine.host.persistent(pop(machine)))], // BINPERSID
]);

function checkProtocol(reader: Reader): void {
  const protocol = reader.byte();
  if (protocol >= 2 && protocol <= 5) return;
  throw new FormatError(`pickle: need protocol 2 to 5, got ${protocol}. Save it with Python 3.`);
}

function pop(machine: Machine): unknown {
  checkHeight(machine, 1);
  return machine.stack.pop();
}

function popSeveral(machine: Machine, count: number): unknown[] {
  checkHeight(machine, count);
  return machine.stack.splice(-count);
}

function top(machine: Machine): unknown {
  checkHeight(machine, 1);
  return machine.stack.at(-1);
}

/** Values below an open mark belong to what stands around it. */
function checkHeight({ stack, marks, reader }: Machine, count: number): void {
  if (stack.length - (marks.at(-1) ?? 0) < count) throw damaged(reader, "a value on the stack", "none");
}

function popToMark({ stack, marks, reader }: Machine): unknown[] {
  const height = marks.pop();
  if (height === undefined) throw damaged(reader, "an open mark", "none");
  return stack.splice(height);
}

function append(machine: Machine, items: readonly unknown[]): void {
  const list = top(machine);
  if (!Array.isArray(list)) throw damaged(machine.reader, "a list to append to", "another value");
  for (const item of items) list.push(item);
}

function setItems(machine: Machine, items: readonly unknown[]): void {
  const dict = top(machine);
  if (!(dict instanceof Map) || items.length % 2 !== 0) {
    throw damaged(machine.reader, "a dict and pairs of keys and values", "other values");
  }
  for (let i = 0; i < items.length; i += 2) dict.set(items[i], items[i + 1]);
}

function recall({ stack, memo, reader }: Machine, index: number): void {
  if (!memo.has(index)) throw damaged(reader, "a value that was remembered", `none at ${index}`);
  stack.push(memo.get(index));
}

function mention({ stack, host, reader }: Machine, module: unknown, name: unknown): void {
  if (typeof module !== "string" || typeof name !== "string")
    throw damaged(reader, "a name", "another value");
  const path = `${module}.${name}`;
  host.checkName(path);
  stack.push(new PickleName(path));
}

function reduce(machine: Machine): void {
  const [callee, args] = popSeveral(machine, 2);
  if (!(callee instanceof PickleName) || !Array.isArray(args)) {
    throw damaged(machine.reader, "a name and a tuple of arguments", "other values");
  }
  machine.stack.push(machine.host.call(callee.name, args));
}

/** A dict's attributes, which a state dict keeps its version in, say nothing here; nothing else has any. */
function build(machine: Machine): void {
  const state = pop(machine);
  if (top(machine) instanceof Map && state instanceof Map) return;
  throw damaged(machine.reader, "attributes of a dict", "those of another value");
}

function damaged(reader: Reader, need: string, got: string): FormatError {
  return new FormatError(
    `pickle at byte ${reader.place}: need ${need}, got ${got}. The file is damaged; save it again.`,
  );
}

/** Bytes one after the other; whatever reaches beyond the end is refused before it is read. */
class Reader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  place = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  byte(): number {
    return this.#view.getUint8(this.#advance(1));
  }

  /** A little-endian whole number of 2, 4 or 8 bytes; a length beyond 2^53 is beyond the file as well. */
  uint(size: 2 | 4 | 8): number {
    const place = this.#advance(size);
    if (size === 2) return this.#view.getUint16(place, true);
    return size === 4 ? this.#view.getUint32(place, true) : Number(this.#view.getBigUint64(place, true));
  }

  /** Two's complement of up to 255 bytes: a number where it is exact, else a bigint. */
  long(size: number): number | bigint {
    const bytes = this.take(size);
    const unsigned = bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
    const value = BigInt.asIntN(size * 8, unsigned);
    return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  }

  float(): number {
    return this.#view.getFloat64(this.#advance(8), false);
  }

  take(size: number): Uint8Array {
    const place = this.#advance(size);
    return this.#bytes.subarray(place, place + size);
  }

  text(size: number): string {
    const bytes = this.take(size);
    try {
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      throw damaged(this, "UTF-8 text", "other bytes");
    }
  }

  line(): string {
    const end = this.#bytes.indexOf(0x0a, this.place);
    if (end < 0) throw damaged(this, "the end of a name", "the end of the pickle");
    const text = this.text(end - this.place);
    this.place = end + 1;
    return text;
  }

  /** Frames only say how much to read at once. */
  skipFrame(): void {
    const size = this.uint(8);
    if (size > this.#bytes.length - this.place) throw damaged(this, "a whole frame", "one that is cut off");
  }

  #advance(size: number): number {
    const place = this.place;
    if (size > this.#bytes.length - place) {
      throw damaged(this, `${showValue(size)} more bytes`, `${this.#bytes.length - place}`);
    }
    this.place += size;
    return place;
  }
}
