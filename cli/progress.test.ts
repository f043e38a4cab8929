import { expect, it } from "vitest";
import { fakeTerminal } from "../test/support/fake-terminal.ts";
import { duration, progressLine, startProgress } from "./progress.ts";

const stage = (done: number, elapsed: number, detail = "", from = 0) => ({ done, from, elapsed, detail });

it("says how far it is and how long it still takes", () => {
  expect(progressLine("training", stage(0.25, 2000, "5 of 20 steps"), 80)).toBe(
    "training ━━━━━━━━────────────────────── 25 %, 5 of 20 steps, 6 s left",
  );
  expect(progressLine("training", stage(0, 0), 80)).toMatch(/ 0 %$/);
});

it("reckons from where a task was gone on with", () => {
  // A quarter took 1 s, a quarter is left.
  expect(progressLine("training", stage(0.75, 1000, "", 0.5), 80)).toContain(" 75 %, 1 s left");
});

it("fits the terminal", () => {
  for (const columns of [10, 20, 40, 60]) {
    const line = progressLine("training", stage(0.5, 1e7, "5 of 20 steps"), columns);
    expect([...line].length).toBeLessThan(columns);
  }
});

it("draws at most ten times a second, after half a second, and clears its line", () => {
  const { terminal, stderr } = fakeTerminal(true);
  let time = 0;
  const progress = startProgress("training", terminal, () => time);
  for (; time < 2000; time += 10) progress.show(time / 2000);
  progress.end();
  expect(stderr.length).toBe(16);
  expect(stderr.at(-1)).toBe("\r\x1b[2K");
});

it("writes nothing when nobody watches, or when the task is short", () => {
  const unwatched = fakeTerminal(false);
  const short = fakeTerminal(true);
  for (const { terminal } of [unwatched, short]) {
    let time = 0;
    const progress = startProgress("training", terminal, () => time);
    time = terminal.isWatched ? 400 : 4000;
    progress.show(0.5);
    progress.end();
  }
  expect([...unwatched.stderr, ...short.stderr]).toEqual([]);
});

it.each([
  [0.2, "1 s"],
  [59.1, "60 s"],
  [125, "2 min 5 s"],
  [11_520, "3 h 12 min"],
])("writes %d seconds as %s", (seconds, text) => {
  expect(duration(seconds)).toBe(text);
});
