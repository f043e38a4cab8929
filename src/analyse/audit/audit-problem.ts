/** What a network is audited as: the inputs it meets and the loss it was asked to make small. */
import type { InputDistribution } from "../../evaluate/moments.ts";
import { isSignSymmetric } from "../../evaluate/moments.ts";
import type { Spec } from "../../spec/schema.ts";

/** Inputs, and the exponent q of the loss |ŷ − y|^q. */
export interface AuditProblem {
  readonly distribution: InputDistribution;
  /** q ≥ 1 */
  readonly exponent: number;
}

/**
 * What a spec says about a network that was trained by it.
 *
 * @throws on networks, inputs and losses that the audit has no rules for: a sentence that says which field
 */
export function auditProblemOf({ model, data, labels, loss }: Spec): AuditProblem {
  requireValue("model.activation", model.activation, ["relu"]);
  requireValue("model.output", model.output, ["identity"]);
  requireValue("model.layers", String(model.layers), ["1"]);
  requireValue("model.bias.hidden", model.bias.hidden, ["none"]);
  requireValue("model.bias.output", model.bias.output, ["none"]);
  requireValue("data.kind", data.kind, ["bernoulli", "exactly"]);
  requireValue("labels.function", labels.function, ["relu", "x-plus-relu"]);
  requireValue("labels.coefficients.kind", labels.coefficients.kind, ["none"]);
  requireValue("loss.importance.kind", loss.importance.kind, ["uniform"]);
  const problem = { distribution: data as InputDistribution, exponent: loss.exponent };
  requireAuditable(problem);
  return problem;
}

function requireValue(path: string, value: string, known: readonly string[]): void {
  if (known.includes(value)) return;
  throw new Error(
    `audit: need ${path} ${known.join(" or ")}, got ${value}. The rules are for bias-free ReLU networks with labels relu(x) + M x; see docs/guides/audit.md.`,
  );
}

/** @throws on inputs that are never negative, where relu is linear, on unequal probabilities, and on an exponent below 1. */
export function requireAuditable({ distribution, exponent }: AuditProblem): void {
  if (!isSignSymmetric(distribution)) {
    throw new Error(
      "audit: need data.values symmetric or sign, got positive. relu(x) is linear where x is never negative, so there is nothing to compute.",
    );
  }
  if (distribution.kind === "bernoulli" && typeof distribution.p === "object") {
    throw new Error("audit: need one probability for all features, got a list. Set data.p to one number.");
  }
  if (exponent >= 1 && exponent < Infinity) return;
  throw new Error(`audit: need loss.exponent ≥ 1, got ${exponent}. Squared error is 2.`);
}
