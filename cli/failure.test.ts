import { expect, it } from "vitest";
import { SpecError } from "../src/spec/index.ts";
import { StoreError } from "../src/store/index.ts";
import { failureOf, Mistake } from "./failure.ts";

const systemError = (code: string, path?: string) =>
  Object.assign(new Error(`${code}: words`), { code, path });

it.each([
  [new Mistake("p: wrong.", 2), { message: "p: wrong.", exitCode: 2 }],
  [new SpecError([{ path: "a", message: "b." }]), { message: "a: b.", exitCode: 1 }],
  [
    new StoreError("a: need b, got c. Resume it: toy-cis train a/spec.json --out runs"),
    { message: "a: need b, got c. Resume it: toy-cis train a/spec.json --out runs", exitCode: 1 },
  ],
  [
    systemError("ENOSPC"),
    { message: "file: the disk is full. Free some space, or choose another place.", exitCode: 1 },
  ],
  [
    systemError("EACCES", "/x/runs"),
    { message: "/x/runs: permission denied. Choose another place, or change its permissions.", exitCode: 1 },
  ],
])("speaks of a mistake without a stack: %s", (error, failure) => {
  expect(failureOf(error)).toEqual(failure);
});

it("calls everything else a bug, with its stack", () => {
  const { message, exitCode } = failureOf(new TypeError("x is not a function"));
  expect(message).toMatch(/^This is a bug in toy-cis\. .*\nTypeError: x is not a function\n {4}at /);
  expect(exitCode).toBe(1);
  expect(failureOf(new Error("unreachable")).message).toContain("This is a bug");
  expect(failureOf(systemError("EWHATEVER")).message).toContain("This is a bug");
  expect(failureOf("text").message).toMatch(/bug in toy-cis.*\ntext$/);
});
