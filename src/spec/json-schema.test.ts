import { expect, it } from "vitest";
import { specJsonSchema } from "./json-schema.ts";

type Node = Readonly<Record<string, unknown>>;

/** Every property of a JSON Schema, with its path. */
function propertiesOf(node: Node, path: string): readonly (readonly [string, Node])[] {
  const branches = [
    ...((node.oneOf ?? node.anyOf ?? []) as Node[]),
    ...(node.items ? [node.items as Node] : []),
  ];
  const own = Object.entries((node.properties ?? {}) as Record<string, Node>);
  return [
    ...own.flatMap(([key, child]) => [
      [`${path}.${key}`, child] as const,
      ...propertiesOf(child, `${path}.${key}`),
    ]),
    ...branches.flatMap((branch) => propertiesOf(branch, path)),
  ];
}

it("describes every field in one sentence and refuses what it does not know", () => {
  const properties = propertiesOf(specJsonSchema(), "spec");
  expect(properties.length).toBeGreaterThan(80);
  for (const [path, node] of properties) {
    expect(node.description, path).toMatch(/^\S.*[^.]\.$/);
    if (node.properties !== undefined) expect(node.additionalProperties, path).toBe(false);
  }
});

it("requires only what has no default", () => {
  const schema = specJsonSchema() as { required?: readonly string[]; $schema: string };
  expect(schema.required).toBeUndefined();
  expect(schema.$schema).toBe("https://json-schema.org/draft/2020-12/schema");
});
