import { expect, it } from "vitest";
import { preset, presets } from "./presets.ts";

it.each(presets)("$name is what its record says", ({ name, sentence, isAvailable }) => {
  expect(sentence).toMatch(/^[A-Z0-9].*\.$/);
  if (isAvailable) expect(preset(name).name).toBe(name);
  else expect(() => preset(name)).toThrow("not available yet");
});

it("names the near preset, or all", () => {
  expect(() => preset("cc-claen")).toThrow(
    'preset: must be the name of a preset, got "cc-claen". Did you mean cc-clean?',
  );
  expect(() => preset("zebra")).toThrow("The presets are compressed-computation, cc-clean,");
});

it("takes overrides", () => {
  expect(preset("cc-asymmetric", ["labels.mixing.kind=symmetric"]).labels.mixing).toMatchObject({
    kind: "symmetric",
    std: 0.025,
  });
});
