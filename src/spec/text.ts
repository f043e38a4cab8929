/**
 * Reads YAML or JSON text into plain data and remembers where each field stands.
 *
 * JSON is read as YAML, of which it is a part. Aliases are refused: a spec needs none, and a few lines of them
 * expand to more memory than any host has. The parser is yaml 2, in its core schema.
 */
import { type Document, isMap, isPair, isScalar, isSeq, LineCounter, parseDocument, visit } from "yaml";
import { SpecError, type SpecIssue } from "./error.ts";

/** A place in a text, counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Plain data read from a text, and the place of each of its fields. */
export interface ParsedText {
  readonly value: unknown;
  /** The place of a path's value, or of its key; that of the nearest group around it when it is absent. */
  readonly positionOf: (path: readonly PropertyKey[], part: "key" | "value") => Position;
}

/** Longer texts are not specs; the limit keeps a wrong file from being parsed at all. */
const longestText = 1 << 20;

const tooDeep = "nested too deeply to read. A spec has at most five levels.";

/**
 * Reads YAML or JSON.
 * @param root what the text holds, as messages about the whole of it say.
 * @throws SpecError with line and column when the text is not YAML, has aliases or repeats a key.
 */
export function parseText(text: string, fileName?: string, root = "spec"): ParsedText {
  if (text.length > longestText) {
    const message = `must be at most ${longestText} characters, got ${text.length}. Is this file a ${root}?`;
    throw new SpecError([{ path: root, message, line: 1, column: 1 }], fileName);
  }
  const lines = new LineCounter();
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const document = parseOrRefuse(text, lines, root, fileName);
  const found = [...syntaxIssues(document, at), ...aliasIssues(document, at)];
  const issues = found.map((issue) => ({ path: root, ...issue }));
  if (issues.length > 0) throw new SpecError(issues, fileName);
  return {
    value: document.toJS(),
    positionOf: (path, part) => at(offsetOf(document, path, part)),
  };
}

function parseOrRefuse(text: string, lines: LineCounter, root: string, fileName?: string): Document.Parsed {
  try {
    return parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: "silent" });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new SpecError([{ path: root, message: tooDeep, line: 1, column: 1 }], fileName);
  }
}

type Unnamed = Omit<SpecIssue, "path">;

function syntaxIssues(document: Document.Parsed, at: (offset: number) => Position): Unnamed[] {
  const [first] = [...document.errors, ...document.warnings].filter(({ code }) => code !== "DUPLICATE_KEY");
  // What follows the first error of syntax mostly echoes it.
  const syntax = first === undefined ? [] : [{ message: syntaxMessage(first.message), ...at(first.pos[0]) }];
  const repeats = document.errors.filter(({ code }) => code === "DUPLICATE_KEY");
  const message = "a key is given twice. Keep one of them.";
  return [...syntax, ...repeats.map(({ pos }) => ({ message, ...at(pos[0]) }))];
}

function syntaxMessage(message: string): string {
  // The parser reports an exhausted stack, from thousands of nested brackets, as an error of syntax.
  if (message.includes("call stack")) return tooDeep;
  return `not YAML or JSON: ${message.replace(/\.?$/, ".")} Mend the text here.`;
}

function aliasIssues(document: Document.Parsed, at: (offset: number) => Position): Unnamed[] {
  const issues: Unnamed[] = [];
  visit(document, {
    Alias(_key, node) {
      const message = `the alias *${node.source} is not accepted. Write the value out.`;
      issues.push({ message, ...at(node.range?.[0] ?? 0) });
      return visit.BREAK;
    },
  });
  return issues;
}

function offsetOf(document: Document.Parsed, path: readonly PropertyKey[], part: "key" | "value"): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  path.forEach((segment, depth) => {
    const pair = isMap(node)
      ? node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(segment))
      : undefined;
    const child = isSeq(node) ? node.items[Number(segment)] : pair?.value;
    const isLast = depth === path.length - 1;
    const found = (isLast && part === "key" ? startOf(pair?.key) : startOf(child)) ?? startOf(pair?.key);
    if (found !== undefined) offset = found;
    node = child;
  });
  return offset;
}

function startOf(node: unknown): number | undefined {
  if (typeof node !== "object" || node === null || isPair(node)) return undefined;
  return (node as { range?: readonly number[] | null }).range?.[0];
}
