import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { philox4x32 } from "./philox.ts";
import { fnv1a, normals, randomStream, uniforms, words } from "./random.ts";

// From the test vectors of draft-eastlake-fnv; the last is checked by hand: UTF-8, not UTF-16.
test.each([
  ["", 0x811c9dc5],
  ["a", 0xe40c292c],
  ["b", 0xe70c2de5],
  ["foobar", 0xbf9cf968],
])("FNV-1a of %j", (text, hash) => {
  expect(fnv1a(text)).toBe(hash);
});

test("names are hashed as UTF-8", () => {
  let hash = 0x811c9dc5n;
  for (const byte of [0xcf, 0x83]) hash = ((hash ^ BigInt(byte)) * 0x01000193n) & 0xffffffffn;
  expect(fnv1a("σ")).toBe(Number(hash));
});

describe("streams", () => {
  test("the key is the seed's two halves, the id its name's hash", () => {
    expect(randomStream(0, "a")).toEqual({ key: [0, 0], id: 0xe40c292c });
    expect(randomStream(2 ** 32 + 7, "a").key).toEqual([7, 1]);
    expect(randomStream(2 ** 53 - 1, "a").key).toEqual([0xffffffff, 0x1fffff]);
  });

  test("the counter is (block, step, id, 0)", () => {
    const stream = randomStream(5, "batches");
    const drawn = words(stream, 12, 3);
    for (const block of [0, 1, 2]) {
      expect([...drawn.slice(4 * block, 4 * block + 4)]).toEqual(
        philox4x32([block, 3, stream.id, 0], [5, 0]),
      );
    }
  });

  test("a longer draw begins with a shorter one, whatever the count", () => {
    const stream = randomStream(1, "x");
    fc.assert(
      fc.property(fc.nat(40), fc.nat(40), (a, b) => {
        for (const draw of [words, uniforms, normals]) {
          expect(draw(stream, a + b).slice(0, a)).toEqual(draw(stream, a));
        }
      }),
    );
  });

  test("seed, name and step each give other numbers", () => {
    const firsts = [
      words(randomStream(0, "a"), 2),
      words(randomStream(1, "a"), 2),
      words(randomStream(0, "b"), 2),
      words(randomStream(0, "a"), 2, 1),
    ].map((pair) => pair.join());
    expect(new Set(firsts).size).toBe(4);
  });

  test("bad seeds, steps and counts are refused", () => {
    for (const seed of [-1, 0.5, NaN, 2 ** 53]) {
      expect(() => randomStream(seed, "a")).toThrow(
        `randomStream: seed must be a whole number from 0 to 9007199254740991, got ${seed}. Choose one in that range.`,
      );
    }
    const stream = randomStream(0, "a");
    expect(() => words(stream, -1)).toThrow(
      "words: count must be a whole number from 0 to 4294967296, got -1.",
    );
    expect(() => normals(stream, 2, 2 ** 32)).toThrow(
      "words: step must be a whole number from 0 to 4294967295",
    );
  });
});

describe("distributions", () => {
  const count = 100_000;
  const stream = randomStream(0, "distribution");

  test("uniforms lie in (0, 1) and are the words in the middle of their cells", () => {
    const u = uniforms(stream, count);
    const w = words(stream, count);
    expect(u.every((value, i) => value > 0 && value < 1 && value * 2 ** 32 - 0.5 === w[i])).toBe(true);
  });

  test("uniforms fill 64 cells evenly", () => {
    const counts = new Array<number>(64).fill(0);
    for (const value of uniforms(stream, count)) counts[Math.floor(value * 64)]!++;
    const mean = count / 64;
    const chiSquare = counts.reduce((sum, n) => sum + (n - mean) ** 2 / mean, 0);
    // χ² with 63 degrees of freedom: [30, 110] leaves out less than 3e-4. Deterministic, so it passes always or never.
    expect(chiSquare).toBeGreaterThan(30);
    expect(chiSquare).toBeLessThan(110);
  });

  test("normals have moments 0, 1, 0, 3 within 4 standard errors", () => {
    const z = normals(stream, count);
    const moment = (k: number) => z.reduce((sum, value) => sum + value ** k, 0) / count;
    const error = (variance: number) => 4 * Math.sqrt(variance / count);
    expect(Math.abs(moment(1))).toBeLessThan(error(1));
    expect(Math.abs(moment(2) - 1)).toBeLessThan(error(2));
    expect(Math.abs(moment(3))).toBeLessThan(error(15));
    expect(Math.abs(moment(4) - 3)).toBeLessThan(error(96));
    const neighbours = z.reduce((sum, value, i) => (i % 2 ? sum + value * z[i - 1]! : sum), 0);
    expect(Math.abs(neighbours) / (count / 2)).toBeLessThan(4 / Math.sqrt(count / 2));
  });

  test("normals are pinned, for they are stored in mixing matrices", () => {
    expect([...normals(randomStream(0, "mixing"), 3)]).toMatchInlineSnapshot(`
      [
        -1.2393226459713103,
        -0.22886411722746103,
        1.0859866629552541,
      ]
    `);
    expect([...words(randomStream(7, "init"), 3, 11)]).toMatchInlineSnapshot(`
      [
        331645203,
        1624115670,
        1263204580,
      ]
    `);
  });
});
