import { describe, expect, it } from "vitest";
import { multiply, transpose } from "../numeric/matrix.ts";
import { capacity } from "./capacity.ts";
import { dimensionalityOf, polytopes, polytopeVertices } from "./polytopes.ts";

describe.each(polytopes)("$name", (polytope) => {
  const W = polytopeVertices(polytope.name);
  const [dimensions, vertices] = W.shape;

  it("has unit vertices in its dimensions, around 0", () => {
    expect(W.shape).toEqual([polytope.dimensions, polytope.vertices]);
    const gram = multiply(transpose(W), W).data;
    for (let i = 0; i < vertices; i++) expect(gram[i * (vertices + 1)]).toBeCloseTo(1, 12);
    if (vertices === 1) return;
    for (let k = 0; k < dimensions; k++) {
      const row = W.data.subarray(k * vertices, (k + 1) * vertices);
      expect(row.reduce((a, b) => a + b)).toBeCloseTo(0, 12);
    }
  });

  it("has the same dimensionality at every vertex", () => {
    for (const found of capacity(W).perFeature) {
      expect(Math.abs(found - dimensionalityOf(polytope))).toBeLessThan(1e-6);
    }
  });
});

it("knows the published fractions", () => {
  const fractions = Object.fromEntries(
    polytopes.map((polytope) => [polytope.name, dimensionalityOf(polytope)]),
  );
  expect(fractions).toMatchObject({ digon: 1 / 2, triangle: 2 / 3, tetrahedron: 3 / 4, pentagon: 2 / 5 });
  expect(fractions["square antiprism"]).toBe(3 / 8);
});
