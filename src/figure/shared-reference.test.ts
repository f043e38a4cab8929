import { expect, it } from "vitest";
import { sharedReference } from "./shared-reference.ts";

const words = { label: "naive", kind: "naive" } as const;
const referencesOf = (...values: (number | null)[]) =>
  sharedReference(
    values.map((value, i) => ({ label: `net ${i}`, value })),
    words,
    ({ value }) => value,
  );

it("is drawn once where all networks that have it agree", () => {
  expect(referencesOf(0.1, 0.1)).toEqual([{ ...words, value: 0.1 }]);
  expect(referencesOf(null, 0.1)).toEqual([{ ...words, value: 0.1 }]);
  expect(referencesOf(null, null)).toEqual([]);
});

it("is drawn for each network where they do not, in its colour", () => {
  expect(referencesOf(0.1, 0.2)).toEqual([
    { label: "naive, as net 0", kind: "naive", value: 0.1, of: "net 0" },
    { label: "naive, as net 1", kind: "naive", value: 0.2, of: "net 1" },
  ]);
});
