/**
 * Features in groups that share directions: the connected components of the graph whose edges are pairs of represented
 * features with |cos| ≥ .2. Components are orthogonal to each other, so the whole arrangement is their tegum product
 * (Elhage et al. 2022, arXiv 2209.10652: a tetrahedron and a triangle beside digons, a triangular bipyramid as a triangle
 * beside a digon).
 *
 * Limits: .2 lies below the least cosine that holds a polytope together (cos 72° = .31) and above what stochastic steps
 * leave between orthogonal ones; crowded features are one component, which has no name.
 */
import { symmetricEigen } from "../numeric/eigen.ts";
import { type Matrix, matrix, multiply, transpose } from "../numeric/matrix.ts";
import { capacity } from "./capacity.ts";
import { dimensionalityOf, type PolytopeName, polytopes } from "./polytopes.ts";

/** A component. */
export interface FeatureCluster {
  /** Ascending. */
  readonly features: readonly number[];
  /** Of the space that they span: eigenvalues of their cosines above a fifth. */
  readonly dimensions: number;
  /** The polytope of as many vertices in as many dimensions, where every feature has its dimensionality; else null. */
  readonly polytope: PolytopeName | null;
}

const leastCosine = 0.2;
/** ‖W_i‖² from which on a feature is represented. */
const leastSquare = 0.5;
const leastEigenvalue = 0.2;
/** How far a feature's dimensionality may be from its polytope's; lines of neighbours are .025 apart at least. */
const tolerance = 0.012;

/** The components of represented features, in the order of their first. @param W [dimensions, features], such as W_in */
export function featureClusters(W: Matrix): readonly FeatureCluster[] {
  const [, features] = W.shape;
  const { data } = multiply(transpose(W), W);
  const square = (i: number) => data[i * features + i]!;
  const cosine = (i: number, j: number) => data[i * features + j]! / Math.sqrt(square(i) * square(j));
  const { perFeature } = capacity(W);
  const live = Array.from({ length: features }, (_, i) => i).filter((i) => square(i) > leastSquare);
  const components = componentsOf(live, (i, j) => Math.abs(cosine(i, j)) >= leastCosine);
  return components.map((members) => {
    const dimensions = rankOf(members, cosine);
    const named = polytopes.find(
      (polytope) =>
        polytope.vertices === members.length &&
        polytope.dimensions === dimensions &&
        members.every((i) => Math.abs(perFeature[i]! - dimensionalityOf(polytope)) <= tolerance),
    );
    return { features: members, dimensions, polytope: named?.name ?? null };
  });
}

function componentsOf(nodes: readonly number[], isEdge: (i: number, j: number) => boolean): number[][] {
  const waiting = new Set(nodes);
  const components: number[][] = [];
  for (const first of nodes) {
    if (!waiting.delete(first)) continue;
    const component = [first];
    // `component` grows while it is walked.
    for (const i of component) {
      for (const j of waiting) if (isEdge(i, j) && waiting.delete(j)) component.push(j);
    }
    components.push(component.sort((a, b) => a - b));
  }
  return components;
}

function rankOf(members: readonly number[], cosine: (i: number, j: number) => number): number {
  const size = members.length;
  const gram = matrix(
    size,
    size,
    members.flatMap((i) => members.map((j) => cosine(i, j))),
  );
  return symmetricEigen(gram).values.filter((value) => value > leastEigenvalue).length;
}

/**
 * The tegum product that an arrangement is, in words.
 * @example tegumName(clusters) // "28 digons, 1 triangle, 1 of 6 features in 2 dimensions"
 */
export function tegumName(clusters: readonly FeatureCluster[]): string {
  const counts = new Map<string, number>();
  for (const { polytope, features, dimensions } of clusters) {
    const space = dimensions === 1 ? "1 dimension" : `${dimensions} dimensions`;
    const name =
      polytope ?? `of ${features.length} ${features.length === 1 ? "feature" : "features"} in ${space}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const order = [...polytopes.map(({ name }): string => name), ...counts.keys()];
  return [...new Set(order)]
    .flatMap((name) => {
      const count = counts.get(name);
      if (count === undefined) return [];
      return [`${count} ${count === 1 || name.startsWith("of ") ? name : `${name}s`}`];
    })
    .join(", ");
}
