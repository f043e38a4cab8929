/** What the schema knows and this version cannot do yet. Removing a line here is the last act of adding a feature. */
import type { Finding } from "./finding.ts";
import type { Spec } from "./schema.ts";

/** The fields whose values this version cannot run, each with what it can. */
export function unavailableFindings({ training }: Spec): readonly Finding[] {
  if (training.changes.length === 0) return [];
  const message =
    "not available yet: changes during training. Available: a second run with training.from set to the first one's id.";
  return [{ path: "training.changes", message }];
}
