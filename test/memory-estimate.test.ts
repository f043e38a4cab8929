/** The memory that a spec is refused for is what the kernels ask for, and little more. */
import { expect, it, vi } from "vitest";
import { mixingMatrix } from "../src/data/mixing.ts";
import { memoryEstimate } from "../src/spec/memory.ts";
import { parseSpec } from "../src/spec/parse.ts";
import { createTrainer } from "../src/train/trainer.ts";
import type { ensureMemory } from "../src/wasm/load.ts";

const asked = vi.hoisted(() => ({ bytes: 0 }));
vi.mock("../src/wasm/load.ts", async (original) => {
  const module = await original<{ ensureMemory: typeof ensureMemory }>();
  const recording: typeof ensureMemory = (memory, bytes) => {
    asked.bytes = bytes;
    module.ensureMemory(memory, bytes);
  };
  return { ...module, ensureMemory: recording };
});

const large = ["model.features=60", "model.neurons=130", "training.batch=16"];

it.each([
  [],
  ["model.features=7", "model.neurons=3", "training.batch=1"],
  ["training.batch=8192"],
  large,
  [...large, "labels.mixing={kind: symmetric, scale: learned}"],
  [...large, "model.embedding={kind: random, width: 300, unembedding: pseudoinverse}"],
  [...large, "model.embedding={kind: random, width: 300}", "model.tied=true", "model.bias=learned"],
  [...large, "loss.exponent=4", "model.bias=learned"],
  [...large, "model.layers=3", "model.activation=gelu"],
  [...large, "model.layers=3", "model.embedding={kind: random, width: 300}", "model.bypass.kind=identity"],
  [...large, "labels.function=and", "model.bias=learned", "loss.importance={kind: geometric, ratio: 0.9}"],
  ["model.features=200", "model.neurons=400", "training.batch=16", "labels.function=xor"],
])("%j", (...overrides) => {
  const spec = parseSpec({}, { overrides });
  createTrainer(spec, { mixing: mixingMatrix(spec.labels.mixing, spec.model.features) });
  const estimate = memoryEstimate(spec);
  expect(estimate).toBeGreaterThanOrEqual(asked.bytes);
  // Beside the kernels' memory it counts float64 matrices of the host, and kernels that the shape does not use.
  expect(estimate).toBeLessThan(1.8 * asked.bytes + 2 ** 16);
});
