import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Lying, readingOf, readingsOf } from "./orientation.ts";

const lying = (rows: number, columns: number, { mayTurn = true, isSaid = false } = {}): Lying => {
  return { shape: [rows, columns], mayTurn, isSaid };
};
const said = { isSaid: true };
const fixed = { mayTurn: false, isSaid: true }; // written with .T
const reading = (turnsIn: boolean, turnsOut: boolean, neurons: number, features: number) => {
  return { turnsIn, turnsOut, neurons, features };
};

describe("which way two matrices lie", () => {
  test.each([
    ["as they should", lying(2, 3), lying(3, 2), null, reading(false, false, 2, 3)],
    ["W_out turned: more features than neurons", lying(2, 3), lying(2, 3), null, reading(false, true, 2, 3)],
    ["W_in turned: more features than neurons", lying(3, 2), lying(3, 2), null, reading(true, false, 2, 3)],
    ["both turned, or a wide network", lying(3, 2), lying(2, 3), null, "unclear"],
    ["both turned, with 3 features", lying(3, 2), lying(2, 3), 3, reading(true, true, 2, 3)],
    ["a wide network, with 2 features", lying(3, 2), lying(2, 3), 2, reading(false, false, 3, 2)],
    ["a wide network by one word", lying(3, 2, said), lying(2, 3), null, reading(false, false, 3, 2)],
    ["a word against the prior", lying(3, 2, said), lying(3, 2), null, reading(false, true, 3, 2)],
    ["words that shapes contradict", lying(2, 3, said), lying(2, 3, said), null, reading(false, true, 2, 3)],
    ["words and 3 features", lying(3, 2, said), lying(2, 3, said), 3, reading(true, true, 2, 3)],
    ["a .T is not turned back", lying(2, 3, said), lying(2, 3, fixed), null, reading(true, false, 3, 2)],
    ["two .T that do not fit", lying(2, 3, fixed), lying(2, 3, fixed), null, null],
    ["square", lying(3, 3), lying(3, 3), null, "unclear"],
    ["square, with 3 features", lying(3, 3), lying(3, 3), 3, "unclear"],
    ["square, one said", lying(3, 3, said), lying(3, 3), null, "unclear"],
    ["square, both said", lying(3, 3, said), lying(3, 3, fixed), null, reading(false, false, 3, 3)],
    ["of other features", lying(2, 3), lying(3, 2), 4, null],
    ["of other neurons", lying(2, 3), lying(3, 4), null, null],
  ])("%s", (_, W_in, W_out, features, expected) => {
    expect(readingOf(W_in, W_out, features)).toEqual(expected);
  });

  test("a known number of features tells every turn of matrices that are not square", () => {
    const size = fc.integer({ min: 1, max: 9 });
    fc.assert(
      fc.property(size, size, fc.boolean(), fc.boolean(), (n, h, turnsIn, turnsOut) => {
        fc.pre(n !== h);
        const W_in = turnsIn ? lying(n, h) : lying(h, n);
        const W_out = turnsOut ? lying(h, n) : lying(n, h);
        expect(readingOf(W_in, W_out, n)).toEqual(reading(turnsIn, turnsOut, h, n));
        expect(readingsOf(W_in, W_out, null)).toHaveLength(2); // the other has n and h exchanged
      }),
    );
  });
});
