/** What is measured on constructions and on trained networks, plain for files. */
import { pairErrors } from "../../analyse/pair-errors.ts";
import { universalAndErrors } from "../../analyse/universal-and-errors.ts";
import { leastSquaresReadOff } from "../../baseline/least-squares-read-off.ts";
import { type AndNetwork, randomSubsets, universalAndNetwork } from "../../baseline/universal-and.ts";
import { type BinaryInputs, binaryInputs } from "../../evaluate/binary-inputs.ts";
import { forwardOf } from "../../evaluate/function-model.ts";
import type { Network } from "../../evaluate/network.ts";
import { allPairs } from "../../evaluate/pairs.ts";
import { mean } from "../../numeric/statistics.ts";
import type { Measure } from "../measure-task.ts";
import type { LargeSizes, ScalingPoint } from "./plan.ts";

/** A construction over all inputs and all pairs that a neuron reads. */
export type ScalingRecord = ScalingPoint & {
  /** Mean errors with both features of the pair on, one, none. */
  readonly both: number;
  readonly one: number;
  readonly none: number;
  /** Standard deviation of the errors with one on, over pairs and inputs. */
  readonly spread: number;
  /** Share of the pairs that a neuron reads. */
  readonly read: number;
};

/** A construction's largest error of each pair. */
export type LargeRecord = LargeSizes & { readonly worst: readonly number[] };

/** The ways to ANDs that are compared. */
export type WayName = "random subsets" | "least squares" | "trained";

/** A network's errors, over all inputs. */
export type WayRecord = {
  readonly way: WayName;
  readonly neurons: number;
  /** Share of all inputs gone through. */
  readonly coverage: number;
  readonly meanSquare: number;
  /** The largest error of each pair, in order. */
  readonly worst: readonly number[];
};

/** What is measured of one seed's small networks. */
export type SmallRecord = {
  readonly ways: readonly WayRecord[];
  /** The largest difference of worst cases by formula from those by enumeration, s = 2 and 3. */
  readonly formulaGap: number;
  /** The largest error of XOR over the largest of AND. */
  readonly xorRatio: number;
};

interface Given extends LargeSizes {
  readonly active: number;
  readonly seed: number;
}

const scaling: Measure = (_, given) => {
  const { features, active, seed, points } = given as unknown as Given & {
    readonly points: readonly ScalingPoint[];
  };
  return points.map((point): ScalingRecord => {
    const wiring = randomSubsets({ features, seed, ...point });
    const { readers, both, one, none } = universalAndErrors(wiring, active);
    const known = [...readers.keys()].filter((pair) => readers[pair]! > 0);
    const over = (values: Float64Array) => known.map((pair) => values[pair]!);
    const centre = mean(over(one.mean));
    const between = mean(over(one.mean).map((value) => (value - centre) ** 2));
    return {
      ...point,
      both: mean(over(both.mean)),
      one: centre,
      none: mean(over(none.mean)),
      spread: Math.sqrt(between + mean(over(one.variance))),
      read: known.length / readers.length,
    };
  });
};

const large: Measure = (_, given): LargeRecord => {
  const { active, seed, ...sizes } = given as unknown as Given;
  return { ...sizes, worst: [...universalAndErrors(randomSubsets({ ...sizes, seed }), active).worst] };
};

const small: Measure = (models, given): SmallRecord => {
  const { features, active, probability, seed } = given as unknown as Given;
  const inputs = binaryInputs(features, active);
  const built = models.map(({ spec }) =>
    randomSubsets({ features, neurons: spec.model.neurons, probability, seed }),
  );
  const plain = built.map(universalAndNetwork);
  const recordsOf = (way: WayName, networks: readonly Network[]) =>
    networks.map((network) => wayRecord(way, network, inputs));
  return {
    ways: [
      ...recordsOf("random subsets", plain),
      ...recordsOf(
        "least squares",
        plain.map((network) => leastSquaresReadOff(network, inputs)),
      ),
      ...recordsOf(
        "trained",
        models.map(({ model }) => model),
      ),
    ],
    formulaGap: Math.max(...[2, 3].map((s) => formulaGap(built.at(-1)!, s))),
    xorRatio: xorRatio(plain.at(-1)!, inputs),
  };
};

function wayRecord(way: WayName, network: Network, inputs: BinaryInputs): WayRecord {
  const { coverage, meanSquare, worst } = pairErrors(network, inputs);
  return { way, neurons: network.W_in.shape[0], coverage, meanSquare, worst: [...worst] };
}

function formulaGap(wiring: ReturnType<typeof randomSubsets>, active: number): number {
  const byFormula = universalAndErrors(wiring, active).worst;
  const seen = pairErrors(universalAndNetwork(wiring), binaryInputs(wiring.shape[1], active)).worst;
  return Math.max(...seen.map((error, pair) => Math.abs(error - byFormula[pair]!)));
}

function xorRatio(network: AndNetwork, { inputs, features }: BinaryInputs): number {
  const forward = forwardOf(network);
  const pairs = allPairs(features);
  let [xorWorst, andWorst] = [0, 0];
  for (const on of inputs) {
    const x = new Float64Array(features);
    for (const i of on) x[i] = 1;
    const and = forward(x);
    pairs.forEach(([i, j], pair) => {
      const [seen, readOff] = [x[i]! + x[j]!, and[pair]!];
      andWorst = Math.max(andWorst, Math.abs(readOff - (seen === 2 ? 1 : 0)));
      xorWorst = Math.max(xorWorst, Math.abs(seen - 2 * readOff - (seen === 1 ? 1 : 0)));
    });
  }
  return xorWorst / andWorst;
}

/** The measures of the study. */
export const measures = { scaling, large, small };
