import { expect, it } from "vitest";
import { randomMatrix } from "../../test/support/random-matrix.ts";
import { plainArchitecture } from "../engine/shape.ts";
import { multiply, transpose } from "../numeric/matrix.ts";
import { directPaths } from "./direct-paths.ts";

it("are the weights themselves, or what an embedding makes of them", () => {
  const [W_in, W_out] = [randomMatrix(1, 4, 6), randomMatrix(2, 6, 4)];
  expect(directPaths({ W_in, W_out, M: null })).toEqual({ W_in, W_out });
  const E = randomMatrix(3, 6, 3);
  const layered = { ...plainArchitecture, layers: 2 };
  const paths = directPaths({ W_in, W_out, M: null, architecture: layered, embedding: { E, U: null } });
  expect(paths).toEqual({ W_in: multiply(W_in, E), W_out: multiply(transpose(E), W_out) });
});
