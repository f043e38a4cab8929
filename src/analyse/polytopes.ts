/**
 * The regular arrangements of features that superposition shows, built by hand: v unit vectors in d dimensions, all alike,
 * that are a tight frame, so that each has the dimensionality d/v. Elhage et al. 2022 (arXiv 2209.10652).
 *
 * A square antiprism is tight when its squares are as far from the middle as z² = 1/3 of the radius says. Archimedes' has
 * edges of one length instead, and Thomson's the least energy: their dimensionalities are .3664 and .3744.
 */
import { cos, sin } from "../numeric/elementary.ts";
import { type Matrix, matrix, transpose } from "../numeric/matrix.ts";

/** A regular arrangement. */
export interface Polytope {
  readonly name: string;
  readonly vertices: number;
  readonly dimensions: number;
}

/** From the roomiest to the most crowded; a point is a feature alone. */
export const polytopes = [
  { name: "point", vertices: 1, dimensions: 1 },
  { name: "tetrahedron", vertices: 4, dimensions: 3 },
  { name: "triangle", vertices: 3, dimensions: 2 },
  { name: "digon", vertices: 2, dimensions: 1 },
  { name: "pentagon", vertices: 5, dimensions: 2 },
  { name: "square antiprism", vertices: 8, dimensions: 3 },
] as const satisfies readonly Polytope[];

/** The names of {@link polytopes}. */
export type PolytopeName = (typeof polytopes)[number]["name"];

/** d/v: what dimensionality each feature of a tight arrangement has. */
export const dimensionalityOf = ({ dimensions, vertices }: Polytope): number => dimensions / vertices;

/** The vertices of a polytope as columns, [dimensions, vertices], of unit length. */
export function polytopeVertices(name: PolytopeName): Matrix<Float64Array> {
  switch (name) {
    case "point":
      return matrix(1, 1, [1]);
    case "digon":
      return matrix(1, 2, [1, -1]);
    case "triangle":
      return polygon(3);
    case "pentagon":
      return polygon(5);
    case "tetrahedron": {
      const z = Math.sqrt(1 / 3);
      return matrix(3, 4, [z, z, -z, -z, z, -z, z, -z, z, -z, -z, z]);
    }
    case "square antiprism":
      return antiprism();
  }
}

function polygon(count: number): Matrix<Float64Array> {
  const angles = Array.from({ length: count }, (_, i) => (2 * Math.PI * i) / count);
  return matrix(2, count, [...angles.map(cos), ...angles.map(sin)]);
}

function antiprism(): Matrix<Float64Array> {
  const radius = Math.sqrt(2 / 3);
  const vertices = Array.from({ length: 8 }, (_, i) => {
    const angle = (Math.PI / 4) * i;
    return [radius * cos(angle), radius * sin(angle), Math.sqrt(1 / 3) * (i % 2 === 0 ? 1 : -1)];
  });
  return transpose(matrix(8, 3, vertices.flat()));
}
