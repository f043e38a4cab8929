/**
 * What becomes of a network's output when neurons are silenced, their activation set to 0, that do or do not work for the
 * features of an input. After the scrubbed and anti-scrubbed losses of Braun et al. 2025 (arXiv 2501.14926), which
 * silence components of a decomposition; here the components are the neurons themselves.
 *
 * A neuron *works for* feature i when its term W_out[i, k] · W_in[k, i] (`neuronContributions`) has at least `fraction` of
 * the size of feature i's largest. For an input x let Own(x) be the neurons that work for one of its active features, and
 * let every other decision be a coin's, the same coins for all three:
 *
 * - scrubbed: Own(x) stays on, every other neuron stays on with probability `keep`;
 * - anti-scrubbed: Own(x) is silenced, every other neuron stays on with probability `keep`;
 * - random: every neuron stays on with probability `keep`.
 *
 * The loss is the squared distance to the network's own output, per output and divided by p, as L/p is: 0 when all
 * neurons stay on. Beside it, at its distance to the same output, the monosemantic network: exact for the first h
 * features, and for the others M x alone, which in a network folded from one with a bypass is that x is passed on.
 */
import { type Folded, foldWeights, forward } from "../engine/reference/network.ts";
import { labelsOf } from "../evaluate/function-model.ts";
import { meanOfRows } from "../evaluate/loss.ts";
import { density } from "../evaluate/moments.ts";
import { type Network, requireOwnOutputs, shapeOf, sizesOf } from "../evaluate/network.ts";
import type { SampleOptions } from "../evaluate/sampled-errors.ts";
import { eachInput } from "../evaluate/sampled-inputs.ts";
import { type Matrix, matrix } from "../numeric/matrix.ts";
import { randomStream, uniforms } from "../numeric/random.ts";
import { neuronContributions } from "./neuron-contributions.ts";

/** Mean over inputs of a squared distance to the network's own output, per output and divided by p. */
export interface Distance {
  readonly lossPerP: number;
  readonly stderr: number;
}

/** What silencing does, and what it is compared with. */
export interface Silencing {
  readonly fraction: number;
  readonly keep: number;
  /** Neurons that work for a feature, mean over features. */
  readonly neuronsPerFeature: number;
  readonly scrubbed: Distance;
  readonly antiScrubbed: Distance;
  readonly random: Distance;
  readonly monosemantic: Distance;
}

/** Which neurons work for a feature, and how many others stay on. */
export interface SilencingOptions extends SampleOptions {
  /** Of a feature's largest term, from which on a neuron works for it, in (0, 1]; a tenth unless told. */
  readonly fraction?: number;
  /** The chance of every other neuron to stay on, in [0, 1]; one half unless told, as published. */
  readonly keep?: number;
}

/**
 * Silences neurons on inputs of a distribution; 8,192 of them unless told, four forward passes each.
 *
 * @throws on a fraction outside (0, 1], a chance outside [0, 1], and labels of pairs.
 * @example (await silencing(model, { distribution, keep: 1 })).scrubbed.lossPerP // 0
 */
export async function silencing(network: Network, options: SilencingOptions): Promise<Silencing> {
  const { fraction = 0.1, keep = 0.5, samples = 8192, seed = 0, distribution } = options;
  requireOwnOutputs("silencing", network);
  requireIn("fraction", "(0, 1]", fraction, fraction > 0 && fraction <= 1);
  requireIn("keep", "[0, 1]", keep, keep >= 0 && keep <= 1);
  const { features, neurons } = sizesOf(network);
  const { workers, perFeature } = workersOf(network, fraction);
  const answers = answersOf(network);
  const stream = randomStream(seed, "silenced neurons");
  const sums = Array.from({ length: 4 }, () => ({ sum: 0, sumOfSquares: 0 }));
  const count = await eachInput(features, { ...options, samples }, (x, row) => {
    const active = Array.from(x.keys()).filter((i) => x[i] !== 0);
    if (active.length === 0) return;
    const coins = uniforms(stream, neurons, row);
    const own = (k: number) => active.some((i) => workers[i * neurons + k] === 1);
    const stays = (k: number) => coins[k]! < keep;
    const whole = answers.silenced(x, () => true);
    const others = [
      answers.silenced(x, (k) => own(k) || stays(k)),
      answers.silenced(x, (k) => !own(k) && stays(k)),
      answers.silenced(x, stays),
      answers.monosemantic(x, row),
    ];
    others.forEach((output, at) => {
      const square = output.reduce((sum, value, i) => sum + (value - whole[i]!) ** 2, 0);
      sums[at]!.sum += square;
      sums[at]!.sumOfSquares += square * square;
    });
  });
  const scale = features * density(distribution, features);
  const [scrubbed, antiScrubbed, random, monosemantic] = sums.map((totals): Distance => {
    const { mean, stderr } = meanOfRows({ ...totals, samples: count }, scale);
    return { lossPerP: mean, stderr };
  }) as [Distance, Distance, Distance, Distance];
  return { fraction, keep, neuronsPerFeature: perFeature, scrubbed, antiScrubbed, random, monosemantic };
}

function requireIn(name: string, range: string, value: number, isIn: boolean): void {
  if (!isIn) throw new Error(`silencing: need ${name} in ${range}, got ${value}. Try 0.5.`);
}

/** 1 where neuron k works for feature i, [features, neurons], and how many do on average. */
function workersOf(network: Network, fraction: number) {
  const { terms } = neuronContributions(network);
  const [features, neurons] = terms.shape;
  const workers = new Uint8Array(terms.data.length);
  for (let i = 0; i < features; i++) {
    const own = terms.data.subarray(i * neurons, (i + 1) * neurons).map(Math.abs);
    const largest = own.reduce((a, b) => Math.max(a, b), 0);
    own.forEach((size, k) => {
      if (largest > 0 && size >= fraction * largest) workers[i * neurons + k] = 1;
    });
  }
  return { workers, perFeature: workers.reduce((a, b) => a + b, 0) / features };
}

/** Outputs of the network with some neurons on, and of the monosemantic one: y for the first h features, M x for others. */
function answersOf(network: Network) {
  const shape = shapeOf(network, 1, 1);
  const weights = foldWeights(shape, network);
  const { features, neurons } = sizesOf(network);
  const { M, labels, coefficients } = network;
  const asked = {
    ...{ features, M },
    ...(labels === undefined ? {} : { labels }),
    ...(coefficients === undefined ? {} : { coefficients }),
  };
  const passedBy = { ...asked, coefficients: new Float64Array(features) };
  return {
    silenced: (x: Float64Array, isOn: (k: number) => boolean): Float64Array => {
      const on = Uint8Array.from({ length: neurons }, (_, k) => Number(isOn(k)));
      return forward(shape, silenceColumns(weights, on), x).output;
    },
    monosemantic: (x: Float64Array, row: number): Float64Array => {
      const ignored = labelsOf(passedBy, x, row);
      return labelsOf(asked, x, row).map((y, i) => (i < neurons ? y : ignored[i]!));
    },
  };
}

/** The weights without what silenced neurons write, for outputs and for later layers. */
function silenceColumns(weights: Folded, on: Uint8Array): Folded {
  const silence = ({ data, shape }: Matrix): Matrix<Float64Array> =>
    matrix(
      ...shape,
      Float64Array.from(data, (value, at) => (on[at % on.length] === 1 ? value : 0)),
    );
  const { A_out, C } = weights;
  return { ...weights, A_out: silence(A_out), C: C === null ? null : silence(C) };
}
