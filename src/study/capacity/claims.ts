/**
 * What is said of capacity, as numbers: Scherlis et al. 2022 (arXiv 2210.01892), and of neurons: Elhage et al. 2022
 * (arXiv 2209.10652). Tolerances were set before anything was trained.
 */
import type { Claim } from "../claim.ts";
import { judgeAll, type OpenClaim } from "../open-claim.ts";
import { seedsTo } from "../seeds.ts";
import type { Mode, Results } from "../study.ts";
import { type Capacities, fractional, monosemanticShare } from "./capacities.ts";
import { absoluteGroup, dimensions, gridGroup, ratios } from "./plan.ts";

const scherlis = "Scherlis et al. 2022 (arXiv 2210.01892)";
const elhage = "Elhage et al. 2022 (arXiv 2209.10652)";
const claimSeeds = seedsTo(3);
/** Rounding of sums of squares. */
const slack = 1e-9;

/** The models of a seed: for each importance, over p from dense to sparse. */
const gridOf = (results: Results, mode: Mode, seed: number) =>
  ratios[mode].map((ratio) => results.measured<readonly Capacities[]>(`${gridGroup(ratio)}/${seed}`));

const absoluteOf = (results: Results, seed: number) =>
  results.measured<readonly Capacities[]>(`${absoluteGroup}/${seed}`);

/** Every claim of the study, judged. */
export function claimsOf(results: Results, mode: Mode): readonly Claim[] {
  return judgeAll([...gridClaims(results, mode), ...neuronClaims(results)], results, "capacity");
}

function gridClaims(results: Results, mode: Mode): readonly OpenClaim[] {
  const tasks = ratios[mode].flatMap((ratio) => claimSeeds.map((seed) => `${gridGroup(ratio)}/${seed}`));
  const over = (of: (grid: readonly (readonly Capacities[])[]) => number) => ({
    tasks,
    values: claimSeeds.map((seed) => of(gridOf(results, mode, seed))),
  });
  const source = scherlis;
  return [
    {
      ...{ id: "sum-bound", source, expected: 0, tolerance: 0 },
      statement:
        "Σ C_i is at most the number of dimensions. Models above, over importance and sparsity: none.",
      ...over((grid) => grid.flat().filter(({ total }) => total > dimensions * (1 + slack)).length),
    },
    {
      ...{ id: "sum-used", source, expected: 1, tolerance: 0.05 },
      statement: "All capacity is given out: the least Σ C_i over dimensions is 1.",
      ...over((grid) => Math.min(...grid.flat().map(({ total }) => total / dimensions))),
    },
    {
      ...{ id: "dense-whole", source, expected: 0, tolerance: 1 },
      statement:
        "Dense features of importance .7^i have a whole dimension or none. Those with a fraction: none.",
      ...over(([steep]) => fractional(steep![0]!)),
    },
    {
      ...{ id: "sparse-fractional", source, expected: 0, tolerance: 0 },
      statement:
        "Sparse features share dimensions: they have fractional capacity. Models of the least p without such features: none.",
      ...over((grid) => grid.filter((levels) => fractional(levels.at(-1)!) === 0).length),
    },
  ];
}

function neuronClaims(results: Results): readonly OpenClaim[] {
  const over = (of: (levels: readonly Capacities[]) => number) => ({
    tasks: claimSeeds.map((seed) => `${absoluteGroup}/${seed}`),
    values: claimSeeds.map((seed) => of(absoluteOf(results, seed))),
  });
  return [
    {
      ...{ id: "neurons-dense", source: elhage, expected: 1, tolerance: 0.15 },
      statement:
        "Absolute values, dense (p = 1): neurons are monosemantic. Their share among those that serve any feature: 1.",
      ...over(([dense]) => monosemanticShare(dense!.byContribution.featuresPerNeuron)),
    },
    {
      ...{ id: "neurons-sparse", source: elhage, expected: 0, tolerance: 0.3 },
      statement:
        "Absolute values, sparse (p = .01): neurons are polysemantic. Share of monosemantic ones: 0.",
      ...over((levels) => monosemanticShare(levels.at(-1)!.byContribution.featuresPerNeuron)),
    },
  ];
}
