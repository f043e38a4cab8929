/**
 * What a command says when it fails. A user's mistake gets a sentence and no stack; a stack means a bug in toy-cis.
 */

/** A mistake of the caller, found by the command itself. */
export class Mistake extends Error {
  readonly exitCode: number;

  /** @param exitCode 2 for a wrong call, 1 for everything else. */
  constructor(message: string, exitCode: 1 | 2 | 130 = 1) {
    super(message);
    this.name = "Mistake";
    this.exitCode = exitCode;
  }
}

/** What to print and the exit code. */
export interface Failure {
  readonly message: string;
  readonly exitCode: number;
}

/**
 * The library's errors about what it was given say `where: need, got. Mend.` Those of its own classes are taken at their
 * word, also when they end with a command to copy; a plain Error must have the form. A TypeError, a RangeError or any
 * other form is nobody's message. Matched by name, so nothing is loaded.
 */
const ownErrors = new Set(["SpecError", "FormatError", "StoreError"]);
const spokenForm = /^[^:\n]+: .+[.?]$/s;

/** Describes any error that a command can throw. */
export function failureOf(error: unknown): Failure {
  if (error instanceof Mistake) return { message: error.message, exitCode: error.exitCode };
  if (!(error instanceof Error)) return { message: bug(String(error)), exitCode: 1 };
  const isSpoken = ownErrors.has(error.name) || (error.name === "Error" && spokenForm.test(error.message));
  const message = systemMessage(error) ?? (isSpoken ? error.message : bug(error.stack ?? error.message));
  return { message, exitCode: 1 };
}

function bug(detail: string): string {
  return `This is a bug in toy-cis. Please report it with the command and these lines:\n${detail}`;
}

const systemMends: Readonly<Record<string, string>> = {
  ENOENT: "no such file or folder. Check the path.",
  EACCES: "permission denied. Choose another place, or change its permissions.",
  EPERM: "permission denied. Choose another place, or change its permissions.",
  EROFS: "the disk is read-only. Choose another place.",
  ENOSPC: "the disk is full. Free some space, or choose another place.",
  EDQUOT: "your quota is used up. Free some space, or choose another place.",
  EISDIR: "a folder stands where a file was expected. Name a file.",
  ENOTDIR: "a file stands where a folder was expected. Choose another folder.",
  EEXIST: "something of that name exists already. Choose another name.",
  EMFILE: "too many open files. Close some programs, or raise the limit with ulimit -n.",
};

function systemMessage(error: Error): string | null {
  const { code, path } = error as NodeJS.ErrnoException;
  const mend = code === undefined ? undefined : systemMends[code];
  return mend === undefined ? null : `${path ?? "file"}: ${mend}`;
}
