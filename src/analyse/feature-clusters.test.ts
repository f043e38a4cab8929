import { describe, expect, it } from "vitest";
import { matrix } from "../numeric/matrix.ts";
import { featureClusters, tegumName } from "./feature-clusters.ts";
import { type PolytopeName, polytopes, polytopeVertices } from "./polytopes.ts";

/** The tegum product of polytopes: each in dimensions of its own; and a feature that is not represented. */
function tegumProduct(names: readonly PolytopeName[]) {
  const parts = names.map(polytopeVertices);
  const rows = parts.reduce((sum, { shape }) => sum + shape[0], 0);
  const columns = parts.reduce((sum, { shape }) => sum + shape[1], 1);
  const W = matrix(rows, columns);
  let [row, column] = [0, 0];
  for (const { data, shape } of parts) {
    data.forEach((value, at) => {
      W.data[(row + Math.floor(at / shape[1])) * columns + column + (at % shape[1])] = value;
    });
    row += shape[0];
    column += shape[1];
  }
  W.data[columns - 1] = 0.1;
  return W;
}

describe("featureClusters", () => {
  it.each(polytopes)("knows a $name", ({ name, vertices, dimensions }) => {
    expect(featureClusters(polytopeVertices(name))).toEqual([
      { features: Array.from({ length: vertices }, (_, i) => i), dimensions, polytope: name },
    ]);
  });

  it("takes a tegum product apart, and leaves out what is not represented", () => {
    const clusters = featureClusters(tegumProduct(["triangle", "digon", "tetrahedron", "digon"]));
    expect(clusters.map(({ polytope }) => polytope)).toEqual(["triangle", "digon", "tetrahedron", "digon"]);
    expect(clusters[1]!.features).toEqual([3, 4]);
    expect(tegumName(clusters)).toBe("1 tetrahedron, 1 triangle, 2 digons");
  });

  it("gives no name to what is bent or crowded", () => {
    const bent = featureClusters(matrix(2, 2, [1, -0.9, 0, 0.4359]));
    expect(bent).toEqual([{ features: [0, 1], dimensions: 1, polytope: null }]);
    const crowd = featureClusters(matrix(1, 3, [1, -1, 1]));
    expect(tegumName(crowd)).toBe("1 of 3 features in 1 dimension");
  });

  it("finds nothing where nothing is represented", () => {
    expect(featureClusters(matrix(2, 3))).toEqual([]);
    expect(tegumName([])).toBe("");
  });
});
