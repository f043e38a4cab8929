/**
 * How large a neuron's activation is when the neuron is at work: r² = E a⁴ / E a² over inputs of one active feature, the
 * mean square of the activation where each moment counts by its energy. Closed form for bias-free ReLU nets.
 *
 * Why not the root mean square over all moments when a > 0: codes have many small weights beside few large ones, so that
 * most such moments are leaks, by which that mean would shrink. Here a neuron that is either 0 or ±c has the scale c, and
 * leaks hardly count. It is multiplied with the neuron, as noise measured by it must be.
 */
import { activity, type InputDistribution } from "../evaluate/moments.ts";
import { type Network, sizesOf } from "../evaluate/network.ts";
import { powerMoments } from "../evaluate/power-loss.ts";

/**
 * The scales of all neurons. Features count by how often they are active, values as the distribution draws them.
 *
 * @returns r, [neurons]; 0 for a dead neuron
 * @example neuronScales(naive, { kind: "exactly", k: 1, values: "symmetric" }) // √(3/5), √(3/5), …
 */
export function neuronScales(network: Network, distribution: InputDistribution): Float64Array {
  const { features, neurons } = sizesOf(network);
  const active = activity(distribution, features);
  const [square, fourth] = [powerMoments(2, distribution.values), powerMoments(4, distribution.values)];
  return Float64Array.from({ length: neurons }, (_, k) => {
    let [energy, weighted] = [0, 0];
    for (let i = 0; i < features; i++) {
      const w = network.W_in.data[k * features + i]!;
      const side = w > 0 ? "positive" : "negative";
      energy += active[i]! * square[side] * w * w;
      weighted += active[i]! * fourth[side] * w * w * w * w;
    }
    return energy === 0 ? 0 : Math.sqrt(weighted / energy);
  });
}
