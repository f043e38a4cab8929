/**
 * The error of everything that reads or writes files, and how the system's own errors are told in its form:
 * `path: need, got. Mend.`
 */
export class StoreError extends Error {
  override readonly name = "StoreError";
  readonly reason: StoreReason | null;

  constructor(
    message: string,
    options: { readonly cause?: unknown; readonly reason?: StoreReason | null } = {},
  ) {
    super(message, "cause" in options ? { cause: options.cause } : {});
    this.reason = options.reason ?? null;
  }
}

/**
 * What a caller may act on: `full` disk or quota; a run `held` by another process or worker; a run `finished` that was to
 * be trained.
 */
export type StoreReason = "full" | "held" | "finished";

/** A run was stopped on request, after `step` steps; it goes on from the checkpoint in `dir`, null when it keeps none. */
export class StoppedError extends Error {
  override readonly name = "StoppedError";
  readonly dir: string | null;
  readonly step: number;

  constructor(dir: string | null, step: number) {
    super(
      dir === null
        ? `stopped at step ${step} of a model that is not kept. Run the same command again.`
        : `${dir}: stopped at step ${step}, a checkpoint is kept. Train the same spec again to go on.`,
    );
    this.dir = dir;
    this.step = step;
  }
}

const failures: Readonly<Record<string, readonly [got: string, mend: string]>> = {
  EACCES: ["no permission", "Change its permissions, or choose another place."],
  EPERM: ["no permission", "Change its permissions, or choose another place."],
  EROFS: ["a read-only file system", "Choose another place."],
  ENOSPC: ["a full disk", "Free some space and run the same command again."],
  EDQUOT: ["a used-up disk quota", "Free some space and run the same command again."],
  EFBIG: ["a limit on the size of files", "Raise the limit and run the same command again."],
  EIO: ["an input/output error of the device", "Check the disk."],
  ENOENT: ["no such file or folder", "Check the path."],
  ENOTDIR: ["a file where a folder should be", "Choose another path, or move that file."],
  EEXIST: ["a file where a folder should be", "Choose another path, or move that file."],
  EISDIR: ["a folder", "Name a file."],
  ENAMETOOLONG: ["a name that is too long", "Choose a shorter one."],
  EMFILE: ["too many open files", "Close some, or raise the limit (ulimit -n)."],
};

/** A system error as a StoreError that names the path and says how to mend it. Other errors pass unchanged. */
export function systemError(error: unknown, path: string, doing: "read" | "write"): unknown {
  const code = errorCode(error);
  if (code === null) return error;
  const [got, mend] = failures[code] ?? ["an unexpected answer", "Try again, or choose another place."];
  return new StoreError(`${path}: need to ${doing} it, got ${got} (${code}). ${mend}`, {
    cause: error,
    reason: code === "ENOSPC" || code === "EDQUOT" ? "full" : null,
  });
}

/** The system's name of an error, such as ENOENT; null when it is none of the system's. */
export function errorCode(error: unknown): string | null {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return typeof code === "string" && /^E[A-Z0-9]+$/.test(code) ? code : null;
}
