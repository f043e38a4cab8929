/**
 * The loss of a network whose hidden activations are disturbed: a + ε, with independent normal ε_k of standard deviation
 * s · r_k, r_k the neuron's own scale (neuron-scale.ts). So a neuron multiplied by c > 0 and divided behind is disturbed
 * alike, and networks can be compared.
 *
 * Output j is disturbed by normal noise of variance s² Σ_k W_out[j, k]² r_k², and the loss adds up outputs, so that their
 * dependence does not matter. Hence closed forms: for squared errors the loss grows by the mean of those variances; for
 * q = 4, 6 … by polynomials of them (noisy-power.ts). Sampled is what is left: inputs that are not one feature at a time,
 * and, for other q, the noise.
 */
import { naive } from "../baseline/naive.ts";
import { errorOfRow, toFunctionModel } from "../evaluate/function-model.ts";
import { evaluateLoss, isExactlyOne, meanOfRows } from "../evaluate/loss.ts";
import { density, type InputDistribution } from "../evaluate/moments.ts";
import { type Network, requirePlain, sizesOf } from "../evaluate/network.ts";
import { powerLoss } from "../evaluate/power-loss.ts";
import type { SampleOptions } from "../evaluate/sampled-errors.ts";
import { eachInput } from "../evaluate/sampled-inputs.ts";
import { absolutePower } from "../numeric/power.ts";
import { normals, randomStream } from "../numeric/random.ts";
import { mean, sum } from "../numeric/statistics.ts";
import { neuronScales } from "./neuron-scale.ts";
import { isEven, noiseCoefficients, noisyPower } from "./noisy-power.ts";

/** Losses of a network under noise, each the mean of |ŷ − y|^q over outputs, divided by p. */
export interface NoiseSensitivity {
  /** Where the noise enters: behind the ReLUs. */
  readonly where: "hidden";
  /** q */
  readonly exponent: number;
  readonly distribution: InputDistribution;
  /** Without noise. */
  readonly noiseless: NoisyLoss;
  /** In the order of the scales. */
  readonly points: readonly NoisyLoss[];
  /** Mean over outputs of the variance that noise of scale 1 has there: how much the read-out amplifies. */
  readonly outputVariance: number;
  /** The same of the naive net of the same size, under the same labels. */
  readonly naive: Pick<NoiseSensitivity, "noiseless" | "points" | "outputVariance">;
}

/** The loss at one scale of noise. */
export interface NoisyLoss {
  /** s: the noise's standard deviation as a share of each neuron's scale. */
  readonly scale: number;
  readonly lossPerP: number;
  /** Standard error of `lossPerP`; 0 when exact. At different scales errors go together: inputs are the same. */
  readonly stderr: number;
}

/** Which noise, which loss, and how to sample. */
export interface NoiseSensitivityOptions extends SampleOptions {
  /** s, each from 0. */
  readonly scales: readonly number[];
  /** "hidden" is all there is. */
  readonly where?: "hidden";
  /** q > 0; squared errors unless told. */
  readonly exponent?: number;
}

/**
 * The loss of a network over the scale of noise on its hidden activations.
 *
 * @param options 20,000 samples unless told; none where there is a closed form
 * @throws on a scale below 0, an exponent that is not above 0, another place for the noise, and on label functions.
 * @example await noiseSensitivity(model, { scales: [0.01, 0.1], distribution: { kind: "exactly", k: 1, values: "symmetric" } })
 */
export async function noiseSensitivity(
  network: Network,
  options: NoiseSensitivityOptions,
): Promise<NoiseSensitivity> {
  requirePlain("noiseSensitivity", network);
  const { where = "hidden", exponent = 2, scales, distribution } = options;
  checkNoise(where, scales, exponent);
  const problem = { ...sizesOf(network), mixing: network.M, distribution };
  return {
    ...{ where, exponent, distribution },
    ...(await curveOf(network, options)),
    naive: await curveOf(naive(problem).network, options),
  };
}

function checkNoise(where: string, scales: readonly number[], exponent: number): void {
  if (!(exponent > 0 && exponent < Infinity)) {
    throw new Error(`noiseSensitivity: need an exponent above 0, got ${exponent}. Squared error is 2.`);
  }
  if (where !== "hidden") {
    throw new Error(`noiseSensitivity: need noise where: "hidden", got "${where}". Leave it out.`);
  }
  const bad = scales.find((scale) => !(scale >= 0 && scale < Infinity));
  if (bad !== undefined) {
    throw new Error(`noiseSensitivity: need scales of noise from 0, got ${bad}. Try 0.01, 0.1 and 1.`);
  }
}

async function curveOf(network: Network, { scales, exponent = 2, ...rest }: NoiseSensitivityOptions) {
  const variances = outputVariances(network, rest.distribution);
  const options = { samples: 20_000, ...rest, exponent, scales: [0, ...scales] };
  const [noiseless, ...points] = await lossesOf(network, variances, options);
  return { noiseless: noiseless!, points, outputVariance: mean(variances) };
}

/** Σ_k W_out[j, k]² r_k², [features] */
function outputVariances(network: Network, distribution: InputDistribution): Float64Array {
  const [features, neurons] = network.W_out.shape;
  const scales = neuronScales(network, distribution);
  return Float64Array.from({ length: features }, (_, j) =>
    sum(scales.map((r, k) => (network.W_out.data[j * neurons + k]! * r) ** 2)),
  );
}

type FullOptions = NoiseSensitivityOptions & { readonly exponent: number };

function lossesOf(
  network: Network,
  variances: Float64Array,
  options: FullOptions,
): NoisyLoss[] | Promise<NoisyLoss[]> {
  if (options.exponent === 2) return squaredLosses(network, variances, options);
  if (isEven(options.exponent) && isExactlyOne(options.distribution))
    return exactLosses(network, variances, options);
  return sampledLosses(network, variances, options);
}

/** Noise adds its variance. */
async function squaredLosses(network: Network, variances: Float64Array, options: FullOptions) {
  const loss = await evaluateLoss(network, options);
  const added = mean(variances) / loss.p;
  return options.scales.map((scale) => ({
    scale,
    lossPerP: loss.mean + scale * scale * added,
    stderr: loss.stderr,
  }));
}

/** Even q, one active feature: moments of each output's error, which noise puts together. */
function exactLosses(
  network: Network,
  variances: Float64Array,
  { exponent, scales, distribution }: FullOptions,
): NoisyLoss[] {
  const terms = noiseCoefficients(exponent).map((coefficient, m) => {
    const left = exponent - 2 * m;
    // The last moment is 1, and L/p is divided by p = 1/n.
    const moments = left === 0 ? null : powerLoss(network, left, distribution.values).perOutput;
    const variance = absolutePower(m);
    const ofOutputs = variances.map(
      (v, j) => variance(v) * (moments === null ? variances.length : moments[j]!),
    );
    return coefficient * mean(ofOutputs);
  });
  return scales.map((scale) => {
    const lossPerP = terms.reduceRight((total, term) => total * scale * scale + term, 0);
    return { scale, lossPerP, stderr: 0 };
  });
}

/** Inputs are drawn; noise is too where q is not even, the same at every scale but for its size. */
async function sampledLosses(
  network: Network,
  variances: Float64Array,
  { exponent, scales, ...options }: FullOptions,
): Promise<NoisyLoss[]> {
  const model = toFunctionModel(network);
  const deviations = variances.map(Math.sqrt);
  const disturbed = isEven(exponent) ? meanPower(exponent) : drawnPower(exponent, options.seed ?? 0);
  const totals = scales.map((scale) => ({ scale, sum: 0, sumOfSquares: 0 }));
  const samples = await eachInput(model.features, options, (x, row) => {
    const ofRow = disturbed(errorOfRow(model, x, row), deviations, row);
    for (const total of totals) {
      const loss = ofRow(total.scale);
      total.sum += loss;
      total.sumOfSquares += loss * loss;
    }
  });
  const perP = model.features * density(options.distribution, model.features);
  return totals.map(({ scale, ...sums }) => {
    const { mean: lossPerP, stderr } = meanOfRows({ ...sums, samples }, perP);
    return { scale, lossPerP, stderr };
  });
}

/** The loss of a row of errors at any scale of noise with those deviations. */
type Disturbed = (errors: Float64Array, deviations: Float64Array, row: number) => (scale: number) => number;

function meanPower(exponent: number): Disturbed {
  const power = noisyPower(exponent);
  return (errors, deviations) => (scale) => {
    let total = 0;
    for (let j = 0; j < errors.length; j++) total += power(errors[j]!, scale * deviations[j]!);
    return total;
  };
}

function drawnPower(exponent: number, seed: number): Disturbed {
  const power = absolutePower(exponent);
  const stream = randomStream(seed, "hidden noise");
  return (errors, deviations, row) => {
    const z = normals(stream, errors.length, row);
    return (scale) => {
      let total = 0;
      for (let j = 0; j < errors.length; j++) total += power(errors[j]! + scale * deviations[j]! * z[j]!);
      return total;
    };
  };
}
