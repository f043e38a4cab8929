import { describe, expect, it } from "vitest";
import { thin } from "./curve.ts";

const identity = (x: number) => x;

describe("thin", () => {
  it("leaves short curves as they are", () => {
    const points = [
      { x: 2, y: 1 },
      { x: 1, y: null },
    ];
    expect(thin(points, 2, identity)).toEqual(points);
  });

  it("keeps ends, peaks, valleys and gaps, in their order", () => {
    const points = Array.from({ length: 1000 }, (_, x) => ({ x, y: x === 640 ? null : Math.sin(x / 5) }));
    points[333] = { x: 333, y: 9 };
    points[700] = { x: 700, y: -9 };
    const kept = thin(points, 100, identity);
    expect(kept.length).toBeLessThanOrEqual(103);
    expect([kept[0]!.x, kept.at(-1)!.x]).toEqual([0, 999]);
    for (const x of [333, 640, 700]) expect(kept.map((point) => point.x)).toContain(x);
    expect(kept.map(({ x }) => x)).toEqual(kept.map(({ x }) => x).sort((a, b) => a - b));
  });

  it("takes curves whose points all have one x", () => {
    const points = Array.from({ length: 10 }, (_, y) => ({ x: 1, y }));
    expect(thin(points, 4, identity).map(({ y }) => y)).toEqual([0, 9]);
  });
});
