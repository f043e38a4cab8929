/** The tables of docs/guides/spec.md, made from the JSON Schema, so that the guide cannot drift from it. */
import { specJsonSchema } from "../../src/spec/index.ts";

type Node = Readonly<Record<string, unknown>>;

interface Row {
  readonly path: string;
  readonly kinds: readonly string[];
  readonly accepts: string;
  readonly standard: string;
  readonly description: string;
}

/** Markdown tables of every field, one for each top-level group. */
export function specTables(): string {
  const { properties } = specJsonSchema() as { properties: Record<string, Node> };
  const groups = Object.entries(properties).filter(([name]) => !name.startsWith("$"));
  const scalars = groups.filter(([, node]) => !isGroup(node));
  const tables = [
    table(scalars.map(([name, node]) => rowOf(name, node, []))),
    ...groups
      .filter(([, node]) => isGroup(node))
      .map(([name, node]) => `### ${name}\n\n${node.description}\n\n${table(rowsOf(name, node))}`),
  ];
  return tables.join("\n\n");
}

const isGroup = (node: Node): boolean => node.properties !== undefined || node.oneOf !== undefined;

function rowsOf(path: string, node: Node): readonly Row[] {
  if (node.oneOf !== undefined) {
    const standard = Object.values((node.default ?? {}) as Record<string, string>)[0];
    return merged((node.oneOf as Node[]).flatMap((variant) => variantRows(path, variant, standard)));
  }
  return Object.entries(node.properties as Record<string, Node>).flatMap(([name, field]) => {
    const inner = `${path}.${name}`;
    return isGroup(field) ? rowsOf(inner, field) : [rowOf(inner, field, [])];
  });
}

function variantRows(path: string, variant: Node, standardKind: string | undefined): readonly Row[] {
  const fields = Object.entries(variant.properties as Record<string, Node>);
  const [key, literal] = fields.find(([name, field]) => field.const !== undefined && isKindKey(name))!;
  const kind = String(literal.const);
  const required = (variant.required ?? []) as readonly string[];
  return fields.map(([name, field]) =>
    name === key
      ? { ...rowOf(`${path}.${key}`, field, []), standard: kind === standardKind ? "this" : "" }
      : {
          ...rowOf(`${path}.${name}`, field, [kind]),
          ...(required.includes(name) ? { standard: "needed" } : {}),
        },
  );
}

const isKindKey = (name: string): boolean => name === "kind" || name === "optimizer";

function rowOf(path: string, node: Node, kinds: readonly string[]): Row {
  const standard = node.default === undefined ? "" : `\`${JSON.stringify(node.default)}\``;
  return { path, kinds, accepts: accepts(node), standard, description: String(node.description) };
}

/** One row for fields that several kinds share, word for word. Kinds themselves stay apart. */
function merged(rows: readonly Row[]): readonly Row[] {
  const result: Row[] = [];
  for (const row of rows) {
    const same = result.findIndex(
      (other) => textOf({ ...other, kinds: [] }) === textOf({ ...row, kinds: [] }),
    );
    if (same === -1) result.push(row);
    else result[same] = { ...row, kinds: [...result[same]!.kinds, ...row.kinds] };
  }
  return result;
}

const textOf = (row: Row): string => JSON.stringify(row);

function accepts(node: Node): string {
  if (node.enum !== undefined) return (node.enum as unknown[]).map((word) => `\`${word}\``).join(" · ");
  if (node.const !== undefined) return `\`${node.const}\``;
  if (node.anyOf !== undefined) return (node.anyOf as Node[]).map(accepts).join(" or ");
  if (node.type === "array") return `list of: ${accepts(node.items as Node)}`;
  if (node.type === "integer") return `whole number ${range(node)}`.trim();
  if (node.type === "number") return `number ${range(node)}`.trim();
  if (node.type === "boolean") return "`true` · `false`";
  if (node.type === "string") return "text";
  return `{ ${Object.keys((node.properties ?? {}) as object).join(", ")} }`;
}

function range(node: Node): string {
  const largest = Number(node.maximum ?? Number.POSITIVE_INFINITY);
  const parts = [
    node.exclusiveMinimum === undefined ? "" : `> ${node.exclusiveMinimum}`,
    node.minimum === undefined ? "" : `≥ ${node.minimum}`,
    largest < Number.MAX_SAFE_INTEGER ? `≤ ${largest}` : "",
    node.exclusiveMaximum === undefined ? "" : `< ${node.exclusiveMaximum}`,
  ];
  return parts.filter((part) => part !== "").join(", ");
}

function table(rows: readonly Row[]): string {
  const lines = rows.map(({ path, kinds, accepts: values, standard, description }) => {
    const what = kinds.length === 0 ? description : `${description} (${kinds.join(", ")})`;
    return `| \`${path}\` | ${values} | ${standard} | ${what.replaceAll("|", "\\|")} |`;
  });
  return ["| field | accepts | default | meaning |", "| --- | --- | --- | --- |", ...lines].join("\n");
}
