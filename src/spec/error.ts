/** The error of a spec that cannot be used: every problem at once. */

/** One problem of a spec. `line` and `column` count from 1 and are present when the spec was a text. */
export interface SpecIssue {
  readonly path: string;
  readonly message: string;
  readonly line?: number;
  readonly column?: number;
}

/** Thrown for a spec that cannot be used. `message` has one line for each issue. */
export class SpecError extends Error {
  readonly issues: readonly SpecIssue[];

  /** @param fileName the file the spec was read from, named in the message. */
  constructor(issues: readonly SpecIssue[], fileName?: string) {
    super(issues.map((issue) => issueLine(issue, fileName)).join("\n"));
    this.name = "SpecError";
    this.issues = issues;
  }
}

/** `spec.yaml, line 3, column 5: model.nuerons: unknown key. …` */
function issueLine({ path, message, line, column }: SpecIssue, fileName?: string): string {
  const where = line === undefined ? [] : [...(fileName ? [fileName] : []), `line ${line}, column ${column}`];
  const parts = [where.join(", "), path, message];
  return parts.filter((part) => part !== "").join(": ");
}
