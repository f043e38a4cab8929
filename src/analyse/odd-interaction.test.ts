import { describe, expect, it } from "vitest";
import { randomNetwork } from "../../test/support/forward.ts";
import { plainArchitecture } from "../engine/shape.ts";
import type { Network } from "../evaluate/network.ts";
import { matrix } from "../numeric/matrix.ts";
import { oddInteraction } from "./odd-interaction.ts";

describe("oddInteraction", () => {
  it.each([1, 2, 3])("is 0 for one layer of ReLUs, whatever its weights (%d)", (seed) => {
    // Sums of a few float64 terms cancel to their last bits; squared, that is far below 1e-25.
    expect(oddInteraction(randomNetwork(seed, 5, 4)).share).toBeLessThan(1e-25);
  });

  it("is 0 for a network that answers nothing", () => {
    expect(oddInteraction({ W_in: matrix(2, 3), W_out: matrix(3, 2), M: null }).share).toBe(0);
  });

  it("is not 0 for a second layer that hears the first", () => {
    // a₁ = relu(x₁), a₂ = relu(x₂ − a₁), ŷ = (0, a₂ − a₁): o₂(e₁) = −½, o₂(e₂) = ½, but o₂(e₁ + e₂) = −½;
    // o₂(e₁ − e₂) = −1 is the sum. So ½ is missing once: ¼ of ¼ + 1.
    const layered: Network = {
      W_in: matrix(2, 2, [1, 0, 0, 1]),
      W_out: matrix(2, 2, [0, 0, -1, 1]),
      M: null,
      architecture: { ...plainArchitecture, layers: 2 },
    };
    expect(oddInteraction(layered)).toEqual({ share: 0.2, meanSquare: 0.25 / 4 });
    expect(oddInteraction({ ...layered, architecture: plainArchitecture }).share).toBe(0);
  });
});
