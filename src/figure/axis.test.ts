import { describe, expect, it } from "vitest";
import { axisOver, canDraw, placeOn } from "./axis.ts";

const values = [0.02, null, 0.5, undefined, Number.NaN, Number.POSITIVE_INFINITY];

describe("axisOver", () => {
  it("holds the finite values, from zero when asked", () => {
    expect(axisOver(values, { type: "linear" }).domain).toEqual([0.02, 0.5]);
    expect(axisOver(values, { type: "linear", zero: true }).domain).toEqual([0, 0.5]);
    expect(axisOver([-3, -1], { type: "linear", zero: true }).domain).toEqual([-3, 0]);
  });

  it("puts a single value in the middle, whatever it is", () => {
    expect(axisOver([0], { type: "linear" }).domain).toEqual([-1, 1]);
    expect(axisOver([4, 4], { type: "linear" }).domain).toEqual([2, 6]);
    expect(axisOver([4], { type: "log" }).domain).toEqual([2, 8]);
    expect(axisOver([0], { type: "symlog" }).domain).toEqual([-1, 1]);
  });

  it("leaves out of a logarithmic axis what has no logarithm", () => {
    expect(axisOver([-1, 0, 0.1, 1], { type: "log" })).toMatchObject({ domain: [0.1, 1], ticks: [0.1, 1] });
    expect(canDraw(0, "log")).toBe(false);
    expect(canDraw(0, "symlog")).toBe(true);
  });

  it("has ticks on both sides of zero on a symlog axis", () => {
    expect(axisOver([-150, 1200], { type: "symlog" }).ticks).toEqual([-100, -10, 0, 10, 100, 1000]);
  });
});

describe("placeOn", () => {
  it("is as far from 0 to the left as to the right on a symlog axis, and a decade is nearly a decade", () => {
    const place = placeOn("symlog");
    expect(place(-70)).toBe(-place(70));
    expect(place(1e6) - place(1e5)).toBeCloseTo(Math.LN10, 3);
  });
});
