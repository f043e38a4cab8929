/** What a check between fields is, and what it finds. */
import type { Spec } from "./schema.ts";

/** A problem with a path: what was needed, what was found, and the mend. */
export interface Finding {
  readonly path: string;
  readonly message: string;
}

/** A check of more than one field. It names the fields it reads, so that it does not run on a broken one. */
export interface Check {
  readonly reads: readonly string[];
  readonly find: (spec: Spec) => Finding | null;
}
