import { describe, expect, it } from "vitest";
import { plainArchitecture } from "../engine/shape.ts";
import type { Network } from "../evaluate/network.ts";
import { identity, matrix } from "../numeric/matrix.ts";
import { silencing } from "./silencing.ts";

const distribution = { kind: "exactly", k: 1, values: "sign" } as const;
const samples = 2048;
/** Four features with a neuron each, which may also write half of itself to the next feature. */
const own: Network = { W_in: identity(4), W_out: identity(4), M: null };

describe("silencing", () => {
  it("moves nothing where all neurons stay on", async () => {
    const { scrubbed, random } = await silencing(own, { distribution, samples, keep: 1 });
    expect([scrubbed.lossPerP, random.lossPerP]).toEqual([0, 0]);
  });

  it("monosemantic neurons: scrubbed nothing, anti-scrubbed all", async () => {
    const { neuronsPerFeature, scrubbed, antiScrubbed, monosemantic } = await silencing(own, {
      ...{ distribution, samples, keep: 0 },
    });
    expect([neuronsPerFeature, scrubbed.lossPerP, monosemantic.lossPerP]).toEqual([1, 0, 0]);
    // Half of the inputs are +1, whose output of 1 goes: one half over n · p = 1, with the error of 2048 coins.
    expect(Math.abs(antiScrubbed.lossPerP - 0.5)).toBeLessThan(4 * antiScrubbed.stderr);
    expect(antiScrubbed.stderr).toBeCloseTo(Math.sqrt(0.25 / samples), 3);
  });

  it("random: a half of what all would move", async () => {
    const { random } = await silencing(own, { distribution, samples });
    expect(Math.abs(random.lossPerP - 0.25)).toBeLessThan(4 * random.stderr);
  });

  it("counts as workers what reaches a fraction of the largest term", async () => {
    const shared: Network = {
      W_in: matrix(2, 2, [1, 0.1, 0, 1]),
      W_out: matrix(2, 2, [1, 0, 1, 1]),
      M: null,
    };
    // Terms: feature 0 has 1 and 0, feature 1 has 1 · .1 and 1.
    const at = async (fraction: number) =>
      (await silencing(shared, { distribution, samples: 4, fraction })).neuronsPerFeature;
    expect([await at(0.1), await at(0.2)]).toEqual([1.5, 1]);
  });

  it("monosemantic: the first h labels, and M x for the others", async () => {
    // Without neurons' outputs the network answers 0. x = ±e_j each half: labels 1 + M_00, M_10 at +e_0 and so on.
    const none: Network = { W_in: matrix(1, 2), W_out: matrix(2, 1), M: matrix(2, 2, [0, 0.5, 0.25, 0]) };
    const { monosemantic } = await silencing(none, { distribution, samples: 8192 });
    // ±e_0: (relu, ±.25); ±e_1: (±.5, 0): means over signs ½ + .0625 and .25, of which n · p = 1.
    expect(Math.abs(monosemantic.lossPerP - (0.5625 + 0.25) / 2)).toBeLessThan(4 * monosemantic.stderr);
  });

  it("is heard by later layers", async () => {
    // a₁ = relu(x₁) silences a₂ = relu(x₂ − 2 a₁ + x₁) for x = e₁; without it a₂ is 1.
    const layered: Network = {
      W_in: matrix(2, 2, [1, 0, 1, 1]),
      W_out: matrix(2, 2, [0, 0, -2, 1]),
      M: null,
      architecture: { ...plainArchitecture, layers: 2 },
    };
    // Terms W_out[i, k] W_in[k, i]: 0 and 0 for feature 1; 0 and 1 for feature 2, whose own neuron is the second.
    const { antiScrubbed } = await silencing(layered, { distribution, samples: 8192, keep: 0 });
    // +e₁: −2 becomes 0 (all are silenced): 4. −e₁: nothing. +e₂: 1 becomes 0: 1. −e₂: nothing. Mean 5/4.
    expect(Math.abs(antiScrubbed.lossPerP - 1.25)).toBeLessThan(4 * antiScrubbed.stderr);
    const { scrubbed } = await silencing(layered, { distribution, samples: 8192, keep: 0 });
    // +e₁ has no neuron of its own, so it loses −2 all the same; +e₂ keeps all it has. Mean 4/4.
    expect(Math.abs(scrubbed.lossPerP - 1)).toBeLessThan(4 * scrubbed.stderr);
  });

  it("refuses shares that are none", async () => {
    await expect(silencing(own, { distribution, fraction: 0 })).rejects.toThrow(
      "silencing: need fraction in (0, 1], got 0. Try 0.5.",
    );
    await expect(silencing(own, { distribution, keep: 2 })).rejects.toThrow(
      "silencing: need keep in [0, 1], got 2. Try 0.5.",
    );
  });
});
