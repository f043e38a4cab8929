/** What the schema knows and this version cannot do yet. Removing a line here is the last act of adding a feature. */
import type { Finding } from "./checks.ts";
import { show } from "./problems.ts";
import type { Spec } from "./schema.ts";

interface Limit {
  readonly path: string;
  readonly value: (spec: Spec) => unknown;
  readonly available: readonly unknown[];
}

const limits: readonly Limit[] = [
  { path: "model.activation", value: (spec) => spec.model.activation, available: ["relu"] },
  { path: "model.output", value: (spec) => spec.model.output, available: ["identity"] },
  { path: "model.bias", value: (spec) => spec.model.bias, available: ["none"] },
  { path: "model.tied", value: (spec) => spec.model.tied, available: [false] },
  { path: "data.kind", value: (spec) => spec.data.kind, available: ["bernoulli", "exactly"] },
  { path: "labels.function", value: (spec) => spec.labels.function, available: ["relu", "x-plus-relu"] },
  { path: "loss.exponent", value: (spec) => spec.loss.exponent, available: [2] },
  { path: "loss.importance.kind", value: (spec) => spec.loss.importance.kind, available: ["uniform"] },
  { path: "training.optimizer", value: (spec) => spec.training.optimizer, available: ["adamw", "adam"] },
  {
    path: "training.schedule",
    value: (spec) => spec.training.schedule,
    available: ["constant", "cosine", "cosine-quarter"],
  },
];

/** The fields whose values this version cannot run, each with what it can. */
export function unavailableFindings(spec: Spec): readonly Finding[] {
  const findings = limits
    .filter(({ value, available }) => !available.includes(value(spec)))
    .map(({ path, value, available }) => ({
      path,
      message: `not available yet: ${show(value(spec), "")}. Available: ${available.join(", ")}.`,
    }));
  return [...findings, ...listFindings(spec)];
}

function listFindings({ data, training }: Spec): readonly Finding[] {
  const findings: Finding[] = [];
  if (data.kind === "bernoulli" && typeof data.p === "object") {
    const message = "not available yet: a list of probabilities. Available: one number for all features.";
    findings.push({ path: "data.p", message });
  }
  if (training.changes.length > 0) {
    const message =
      "not available yet: changes during training. Available: a second run with training.from set to the first one's id.";
    findings.push({ path: "training.changes", message });
  }
  return findings;
}
