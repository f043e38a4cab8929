/**
 * JSON that may not name a key twice (RFC 8259 leaves that open; safetensors forbids it).
 * `JSON.parse` reads the text; a second pass over the then valid text looks at the keys alone.
 */
import { FormatError, showValue } from "./errors.ts";

/** The value of a JSON text. @throws FormatError when it is not JSON, or an object names a key twice. */
export function parseStrictJson(text: string, where: string): unknown {
  const value = parse(text, where);
  const twice = duplicateKey(text);
  if (twice === null) return value;
  throw new FormatError(
    `${where}: need every key once, got ${showValue(twice)} twice. Write the file again.`,
  );
}

function parse(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new FormatError(
      `${where}: need JSON, got a text that is none. The file is damaged, or of another format.`,
    );
  }
}

/** The first key that some object of a valid JSON text names twice. */
function duplicateKey(text: string): string | null {
  const scopes: (Set<string> | null)[] = []; // the keys of the open objects; null for an open list
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (character === "{") scopes.push(new Set());
    else if (character === "[") scopes.push(null);
    else if (character === "}" || character === "]") scopes.pop();
    else if (character === '"') {
      const end = stringEnd(text, i);
      if (isKey(text, end)) {
        const key = JSON.parse(text.slice(i, end)) as string;
        const seen = scopes.at(-1)!;
        if (seen.has(key)) return key;
        seen.add(key);
      }
      i = end - 1;
    }
  }
  return null;
}

/** The place just after the string that starts at `start`. */
function stringEnd(text: string, start: number): number {
  let i = start + 1;
  while (text[i] !== '"') i += text[i] === "\\" ? 2 : 1;
  return i + 1;
}

function isKey(text: string, afterString: number): boolean {
  let i = afterString;
  while (text[i] === " " || text[i] === "\n" || text[i] === "\t" || text[i] === "\r") i++;
  return text[i] === ":";
}
