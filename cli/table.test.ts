import { expect, it } from "vitest";
import { fakeTerminal } from "../test/support/fake-terminal.ts";
import { numberText, pairs, table } from "./table.ts";

const { terminal } = fakeTerminal();

it("aligns texts to the left and numbers to the right", () => {
  const rows = [
    ["clean", 0.0834, 10_000],
    ["symmetric σ", 0.065, null],
  ] as const;
  expect(table(["labels", "L/p", "steps"], rows, terminal)).toBe(
    ["labels           L/p   steps", "clean        0.08340  10,000", "symmetric σ  0.06500       –"].join(
      "\n",
    ),
  );
});

it("does not count colours as width", () => {
  const red = "\x1b[31mred\x1b[39m";
  expect(
    table(
      ["", "x"],
      [
        [red, 1],
        ["green", 2],
      ],
      terminal,
    ),
  ).toBe(`       x\n${red}    1\ngreen  2`);
});

it("shows pairs in two columns", () => {
  const text = pairs(
    [
      ["run", "ab"],
      ["steps", "10"],
    ],
    terminal,
  );
  expect(text).toBe("run    ab\nsteps  10");
});

it.each([
  [0, "0"],
  [0.083_333, "0.08333"],
  [-0.25, "-0.2500"],
  [12, "12"],
  [12.5, "12.50"],
  [10_000, "10,000"],
  [3.57e-5, "3.57e-5"],
  [2e9, "2.00e+9"],
  [Number.NaN, "NaN"],
])("writes %d as %s", (value, text) => {
  expect(numberText(value)).toBe(text);
});
