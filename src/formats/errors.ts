/**
 * The one error that every reader and writer of this folder throws for bytes that it cannot accept.
 *
 * The message reads `where: need, got. Mend.`; readers do not know file names, so callers put them in front.
 */
export class FormatError extends Error {
  override readonly name = "FormatError";
}

/** A value from a file as a short text for a message; never longer than 60 characters, however large the value. */
export function showValue(value: unknown): string {
  if (Array.isArray(value))
    return value.every((item) => typeof item === "number") ? showShape(value) : "a list";
  if (typeof value === "object" && value !== null) return "an object";
  const text = typeof value === "string" ? JSON.stringify(value.slice(0, 50)) : String(value);
  return shorten(text);
}

/** A shape as `[2, 3]`, cut off when it is long. */
export function showShape(shape: readonly number[]): string {
  return shorten(`[${shape.slice(0, 20).join(", ")}${shape.length > 20 ? ", …" : ""}]`);
}

function shorten(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 57)}…`;
}
