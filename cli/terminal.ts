/** Where a command writes: results on stdout, everything else on stderr. */
import { stripVTControlCharacters } from "node:util";
import pc from "picocolors";

type Colors = ReturnType<typeof pc.createColors>;

/** The streams of a command and what they can show. */
export interface Terminal {
  /** Writes text and a line end to stdout. */
  readonly print: (text: string) => void;
  /** Writes one JSON document to stdout. */
  readonly printJson: (value: unknown) => void;
  /** Writes text and a line end to stderr. */
  readonly note: (text: string) => void;
  /** Writes raw text to stderr. */
  readonly draw: (text: string) => void;
  /** Whether a person watches stderr, so that progress may be drawn. */
  readonly isWatched: boolean;
  /** Columns of stderr. */
  readonly columns: () => number;
  /** Colours for stdout, none when it is no terminal or NO_COLOR is set. */
  readonly colors: Colors;
}

/** A stream that text is written to. */
interface Stream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** The streams and the environment of a process, or of what stands in for one. */
export interface Streams {
  readonly stdout: Stream;
  readonly stderr: Stream;
  readonly env: Readonly<Partial<Record<string, string>>>;
}

/** A terminal on a process's streams. */
export function terminalOf({ stdout, stderr, env }: Streams): Terminal {
  const isPlain = env.NO_COLOR !== undefined && env.NO_COLOR !== "";
  const isColored = !isPlain && (stdout.isTTY === true || (env.FORCE_COLOR ?? "0") !== "0");
  return {
    print: (text) => stdout.write(`${text}\n`),
    printJson: (value) => stdout.write(`${JSON.stringify(value, null, 2)}\n`),
    note: (text) => stderr.write(`${text}\n`),
    draw: (text) => stderr.write(text),
    isWatched: stderr.isTTY === true && env.TERM !== "dumb",
    // A terminal without a size says 0.
    columns: () => stderr.columns || 80,
    colors: pc.createColors(isColored),
  };
}

/** Number of columns that a text takes, colours left out. */
export function displayWidth(text: string): number {
  return [...stripVTControlCharacters(text)].length;
}
