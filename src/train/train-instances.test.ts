import { describe, expect, it } from "vitest";
import { preset } from "../spec/presets.ts";
import { train } from "./train.ts";
import { trainInstances } from "./train-instances.ts";

const instance = (seed: number, p: number) =>
  preset("tms-relu", [
    ...["model.features=5", "model.neurons=2", "training.steps=150", "training.batch=64"],
    ...[`seed=${seed}`, `data.p=${p}`],
  ]);
const specs = [instance(0, 0.1), instance(1, 0.1), instance(0, 0.5)];

describe("trainInstances", () => {
  it("gives every instance the bits that it has alone, in order, and says how far it is", async () => {
    const heard: (readonly [number, number])[] = [];
    const trained = await trainInstances(specs, { onProgress: (...far) => heard.push(far) });
    expect(trained).toHaveLength(3);
    for (const [i, spec] of specs.entries()) expect(trained[i]!.model).toEqual((await train(spec)).model);
    expect(trained[0]!.model).not.toEqual(trained[1]!.model);
    expect(heard.at(-1)).toEqual([450, 450]);
    expect(heard.every(([step], i) => i === 0 || step >= heard[i - 1]![0])).toBe(true);
  });

  it("stops on a signal, and is empty for no specs", async () => {
    await expect(trainInstances(specs, { signal: AbortSignal.abort(new Error("enough")) })).rejects.toThrow(
      "enough",
    );
    expect(await trainInstances([])).toEqual([]);
  });
});
