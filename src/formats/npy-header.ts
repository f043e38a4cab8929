/**
 * The header of an npy file: a Python dictionary of `descr`, `fortran_order` and `shape`, read without Python.
 * Source: numpy.lib.format's description of versions 1.0, 2.0 (longer header) and 3.0 (UTF-8 header).
 * Limits: one number type an array. Records, texts, dates, complex numbers and pickled objects are refused.
 */
import type { StoredType } from "./elements.ts";
import { FormatError, showValue } from "./errors.ts";
import type { ElementType } from "./tensor.ts";

/** What the header says: how elements are stored, in which order, and how many. */
export interface NpyHeader {
  readonly type: StoredType;
  readonly littleEndian: boolean;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
}

const storedTypes: Readonly<Record<string, StoredType>> = {
  f2: "F16",
  f4: "F32",
  f8: "F64",
  i1: "I8",
  i2: "I16",
  i4: "I32",
  i8: "I64",
  u1: "U8",
  u2: "U16",
  u4: "U32",
  u8: "U64",
  b1: "BOOL",
};

type Token = { readonly kind: "text" | "word" | "number" | "sign"; readonly value: string };
type Value = string | boolean | readonly number[];

/** Reads a header's text. @throws FormatError */
export function parseNpyHeader(text: string): NpyHeader {
  const fields = parseDictionary(new Tokens(text));
  const { descr, fortran_order: fortranOrder, shape } = Object.fromEntries(fields);
  if (
    fields.size !== 3 ||
    typeof descr !== "string" ||
    typeof fortranOrder !== "boolean" ||
    !isShape(shape)
  ) {
    throw damaged(
      "the keys descr (a text), fortran_order (True or False) and shape (a tuple)",
      "something else",
    );
  }
  return { ...parseDescr(descr), fortranOrder, shape };
}

/** The header's text for a little-endian, row-major array. */
export function formatNpyHeader(dtype: ElementType, shape: readonly number[]): string {
  const code = Object.keys(storedTypes).find((key) => storedTypes[key] === dtype)!;
  const order = code.endsWith("1") ? "|" : "<";
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
  return `{'descr': '${order}${code}', 'fortran_order': False, 'shape': ${tuple}, }`;
}

function parseDescr(descr: string): { type: StoredType; littleEndian: boolean } {
  const order = descr[0];
  const type = Object.hasOwn(storedTypes, descr.slice(1)) ? storedTypes[descr.slice(1)] : undefined;
  if (type !== undefined && (order === "<" || order === ">" || (order === "|" && descr.endsWith("1")))) {
    return { type, littleEndian: order !== ">" };
  }
  const known = Object.keys(storedTypes).join(", ");
  throw new FormatError(
    `npy descr: need a byte order (< or >) and one of ${known}, got ${showValue(descr)}. ` +
      "Save the array with astype('<f4').",
  );
}

/** Reads `{key: value, …}` to the end of the text. */
function parseDictionary(tokens: Tokens): ReadonlyMap<string, Value> {
  const fields = new Map<string, Value>();
  tokens.expect("{");
  while (!tokens.accept("}")) {
    const key = tokens.text();
    if (fields.has(key)) throw damaged("every key once", `${showValue(key)} twice`);
    tokens.expect(":");
    fields.set(key, parseValue(tokens));
    if (!tokens.accept(",")) {
      tokens.expect("}");
      break;
    }
  }
  tokens.expectEnd();
  return fields;
}

function parseValue(tokens: Tokens): Value {
  if (tokens.accept("(")) return parseTuple(tokens);
  const token = tokens.next();
  if (token.kind === "text") return token.value;
  if (token.value === "True" || token.value === "False") return token.value === "True";
  throw damaged("a text, True, False or a tuple of whole numbers", showValue(token.value));
}

function parseTuple(tokens: Tokens): readonly number[] {
  const numbers: number[] = [];
  while (!tokens.accept(")")) {
    numbers.push(tokens.number());
    if (!tokens.accept(",")) {
      tokens.expect(")");
      break;
    }
  }
  return numbers;
}

function isShape(value: Value | undefined): value is readonly number[] {
  return typeof value === "object";
}

/** The tokens of a Python literal, one after the other. Numbers may carry Python 2's `L`. */
class Tokens {
  readonly #text: string;
  readonly #pattern = /[ \t\n\r]*(?:'([^'\\]*)'|"([^"\\]*)"|([A-Za-z]+)|(\d+)L?|([^ \t\n\r]))/y;
  #peeked: Token | null = null;

  constructor(text: string) {
    this.#text = text;
  }

  next(): Token {
    const token = this.#peek();
    this.#peeked = null;
    return token;
  }

  accept(sign: string): boolean {
    const { kind, value } = this.#peek();
    const found = kind === "sign" && value === sign;
    if (found) this.next();
    return found;
  }

  expect(sign: string): void {
    if (!this.accept(sign)) throw damaged(`"${sign}"`, showValue(this.next().value));
  }

  expectEnd(): void {
    const { value } = this.next();
    if (value !== "") throw damaged("nothing after the dictionary", showValue(value));
  }

  text(): string {
    const { kind, value } = this.next();
    if (kind !== "text") throw damaged("a key in quotes", showValue(value));
    return value;
  }

  number(): number {
    const { kind, value } = this.next();
    if (kind !== "number") throw damaged("a whole number ≥ 0", showValue(value));
    return Number(value);
  }

  #peek(): Token {
    this.#peeked ??= this.#read();
    return this.#peeked;
  }

  #read(): Token {
    const match = this.#pattern.exec(this.#text);
    if (match === null) return { kind: "sign", value: "" };
    const [, single, double, word, number, sign] = match;
    if (word !== undefined) return { kind: "word", value: word };
    if (number !== undefined) return { kind: "number", value: number };
    if (sign !== undefined) return { kind: "sign", value: sign };
    return { kind: "text", value: single ?? double ?? "" };
  }
}

function damaged(need: string, got: string): FormatError {
  return new FormatError(
    `npy header: need ${need}, got ${got}. The file is damaged, or holds no plain array.`,
  );
}
