import { expect, it } from "vitest";
import { parseCount, parseFolder, parseProbabilities } from "./parameters.ts";

it("reads lists of probabilities", () => {
  expect(parseProbabilities("0.001, .01,1")).toEqual([0.001, 0.01, 1]);
  expect(parseProbabilities("[0.5]")).toEqual([0.5]);
});

it.each(["", "0", "1.5", "0.1,,0.2", "often", "-1", "NaN", "Infinity"])(
  "refuses the probabilities %j",
  (input) => {
    expect(() => parseProbabilities(input)).toThrow(
      /^must be numbers > 0 and ≤ 1, got ".*"\. Write them as 0.001,0.01,1\.$/,
    );
  },
);

it("reads counts", () => {
  expect(parseCount("3")).toBe(3);
});

it.each(["", "0", "-1", "1.5", "many", "1e99"])("refuses the count %j", (input) => {
  expect(() => parseCount(input)).toThrow(`must be a whole number ≥ 1, got "${input}". Write it as 1.`);
});

it("takes an empty folder for a mistake", () => {
  expect(parseFolder("runs")).toBe("runs");
  expect(() => parseFolder("")).toThrow(
    "must be the path of a folder, got an empty text. Write . for the current folder.",
  );
});
