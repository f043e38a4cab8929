/** What a pool and its workers tell each other, and how a failure is told: plain data, since threads share no objects. */

/** A failure as plain data. */
export interface Failure {
  /** The error's class, e.g. `StoreError`. */
  readonly name: string;
  readonly message: string;
  /** The `reason` of errors that have one, e.g. `full` for a full disk. */
  readonly reason: string | null;
  /** Where it was thrown: for bugs. */
  readonly stack: string | null;
}

/** From the pool to a worker. */
export type ToWorker<Input> = { readonly kind: "job"; readonly input: Input } | { readonly kind: "stop" };

/** How a job ended in its worker. */
export type Answer<Result> =
  | { readonly kind: "finished"; readonly result: Result }
  | { readonly kind: "failed"; readonly failure: Failure };

/** From a worker to the pool. */
export type FromWorker<Result, Progress> =
  | Answer<Result>
  | { readonly kind: "progress"; readonly progress: Progress };

/** Any thrown value as a failure. */
export function describeFailure(error: unknown): Failure {
  if (!(error instanceof Error)) return { name: "Error", message: String(error), reason: null, stack: null };
  const { name, message, stack = null } = error;
  const { reason } = error as { reason?: unknown };
  return { name, message, reason: typeof reason === "string" ? reason : null, stack };
}
