/** `toy-cis diff`: two runs side by side. */
import { diffRuns, type RunDifference } from "../../src/store/index.ts";
import type { Context } from "../context.ts";
import { type Cell, numberText, table } from "../table.ts";
import { runFolder } from "../target.ts";
import type { Terminal } from "../terminal.ts";

/** Prints what differs between two runs; exit code 0 whether or not anything does. */
export async function diffCommand(
  this: Context,
  { out, json }: { readonly out: string; readonly json: boolean },
  first: string,
  second: string,
): Promise<void> {
  const difference = diffRuns(runFolder(first, out), runFolder(second, out));
  if (json) this.terminal.printJson(document(difference));
  else this.terminal.print(report(difference, this.terminal));
}

function document({ weights, ...rest }: RunDifference): object {
  if (weights === null) return { ...rest, weights };
  const { neurons } = weights;
  const plain = neurons === null ? null : { ...neurons, partners: Array.from(neurons.partners) };
  return { ...rest, weights: { ...weights, neurons: plain } };
}

function report(difference: RunDifference, terminal: Terminal): string {
  const { a, b, spec, results } = difference;
  const header = ["", `a = ${a.id}`, `b = ${b.id}`];
  const specRows = spec.map((row) => [row.field, exact(row.a), exact(row.b)]);
  const resultRows = results.map((row) => [row.field, shown(row.a), shown(row.b), row.difference]);
  return [
    spec.length === 0 ? "The specs are equal." : table(header, specRows, terminal),
    "",
    table([...header, "b − a"], resultRows, terminal),
    "",
    ...weightLines(difference, terminal),
  ].join("\n");
}

/** A field of a spec to its last digit. */
const exact = (value: string | number | boolean | null): Cell => (value === null ? null : `${value}`);

const shown = (value: string | number | boolean | null): Cell =>
  typeof value === "number" ? numberText(value) : exact(value);

function weightLines({ weights, a, b }: RunDifference, terminal: Terminal): readonly string[] {
  if (weights === null)
    return [`Weights are compared when both runs are finished; they are ${a.status} and ${b.status}.`];
  const rows = weights.tensors.map(({ name, a, b, isEqual, difference }) => [
    name,
    shape(a),
    shape(b),
    isEqual ? "yes" : "no",
    difference?.largest ?? null,
    difference?.relative ?? null,
    difference?.cosine ?? null,
  ]);
  const header = ["weights", "a", "b", "equal", "max |b − a|", "‖b − a‖/‖a‖", "cosine"];
  return [table(header, rows, terminal), "", neuronLine(weights.neurons)];
}

const shape = (sizes: readonly number[] | null): Cell => (sizes === null ? null : sizes.join(" × "));

function neuronLine(neurons: NonNullable<RunDifference["weights"]>["neurons"]): string {
  if (neurons === null) return "Neurons cannot be matched: the runs have different numbers of features.";
  const { meanCosine, leastCosine, relative } = neurons;
  const distance = relative === null ? "" : `; ‖b − a‖/‖a‖ ${numberText(relative)}`;
  return `with neurons matched and scaled alike: cosine ${numberText(meanCosine)} in the mean, ${numberText(leastCosine)} at least${distance}`;
}
