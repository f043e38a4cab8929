import { rmSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bundleForNode } from "../../test/support/bundle.ts";
import type { Deed } from "../../test/support/pool-worker.ts";
import { type PoolEvent, type PoolJob, type PoolOptions, runPool } from "./index.ts";

let script: URL;
beforeAll(async () => {
  const entry = new URL("../../test/support/pool-worker.ts", import.meta.url);
  script = pathToFileURL(await bundleForNode(fileURLToPath(entry)));
});
afterAll(() => rmSync(dirname(fileURLToPath(script)), { recursive: true }));

type Options = Partial<PoolOptions<Deed, unknown, string>>;
type Deeds = Readonly<Record<string, Deed & { readonly after?: readonly string[] }>>;

/** Runs deeds by their keys, and tells what happened, one line each: `a started`. */
async function runDeeds(deeds: Deeds, options: Options = {}) {
  const jobs: PoolJob<Deed>[] = Object.entries(deeds).map(([key, { after = [], ...input }]) => ({
    ...{ key, input, after },
  }));
  const log: string[] = [];
  const onEvent = (event: PoolEvent<unknown, string>) => {
    log.push(`${event.key} ${event.kind}${event.kind === "failed" && event.willRetry ? ", again" : ""}`);
    options.onEvent?.(event);
  };
  const outcomes = await runPool<Deed, unknown, string>({ jobs, script, workers: 2, ...options, onEvent });
  return { outcomes: Object.fromEntries(outcomes), log };
}

const echo = (value: unknown) => ({ do: "echo", value }) as const;
const finished = (result: unknown) => ({ status: "finished", result });
const failedWith = (message: RegExp | string) => ({
  status: "failed",
  failure: expect.objectContaining({ message: expect.stringMatching(message) }),
});
const deathMessage = (because: string) =>
  `worker: need a thread that does its job to the end, got one that died (${because}). ` +
  "Try again; with too little memory, use fewer workers.";

describe("a pool", () => {
  test("does every job and gives the outcomes in the order of the jobs", async () => {
    const deeds = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`job ${i}`, echo({ i })]));
    const { outcomes, log } = await runDeeds(deeds, { workers: 3 });
    expect(Object.entries(outcomes)).toEqual(
      Array.from({ length: 9 }, (_, i) => [`job ${i}`, finished({ i })]),
    );
    expect(log.filter((line) => line.startsWith("job 4"))).toEqual([
      "job 4 started",
      "job 4 progress",
      "job 4 finished",
    ]);
  });

  test("does nothing for no job", async () => {
    expect(await runDeeds({})).toEqual({ outcomes: {}, log: [] });
  });

  test("a failure, a dead thread and an answer that cannot be sent fail one job each", async () => {
    const { outcomes } = await runDeeds({
      fail: { do: "fail" },
      exit: { do: "exit" },
      crash: { do: "crash" },
      function: { do: "return-function" },
      ...{ "no data": echo(() => {}), last: echo(1) },
    });
    expect(outcomes).toEqual({
      fail: {
        status: "failed",
        failure: {
          name: "RangeError",
          message: "job: need luck, got none. Try again.",
          reason: "luck",
          stack: expect.stringContaining("RangeError"),
        },
      },
      exit: { status: "failed", failure: expect.objectContaining({ message: deathMessage("exit code 7") }) },
      crash: {
        status: "failed",
        failure: expect.objectContaining({ message: deathMessage("out of the blue") }),
      },
      function: failedWith("could not be cloned"),
      "no data": failedWith("could not be cloned"),
      last: finished(1),
    });
  });

  test("a job begins after those it names, and fails with a sentence when one of them fails", async () => {
    const { outcomes, log } = await runDeeds({
      last: { ...echo(3), after: ["middle"] },
      middle: { ...echo(2), after: ["first"] },
      first: echo(1),
      broken: { do: "fail" },
      "after broken": { ...echo(0), after: ["broken", "first"] },
      "after that": { ...echo(0), after: ["after broken"] },
    });
    const begun = log.filter((line) => /^(first|middle|last) (started|finished)$/.test(line));
    expect(begun).toEqual(
      ["first", "middle", "last"].flatMap((key) => [`${key} started`, `${key} finished`]),
    );
    const sentence = (key: string, other: string) =>
      `${key}: need ${other} to be finished first, got one that failed. Mend ${other} and run the same again.`;
    expect(outcomes["after broken"]).toEqual(failedWith(sentence("after broken", "broken")));
    expect(outcomes["after that"]).toEqual(failedWith(sentence("after that", "after broken")));
    expect(log).toContain("after that failed");
    expect(log).not.toContain("after that started");
  });

  test.each([
    [
      { a: { ...echo(1), after: ["b"] }, b: { ...echo(1), after: ["a"] } },
      "jobs: need an order, got a circle, a after b after a. Take one step out.",
    ],
    [{ a: { ...echo(1), after: ["c"] } }, "jobs: a waits for c, which is none of them. Add it."],
  ])("refuses jobs that can never begin: %#", async (deeds: Deeds, message) => {
    await expect(runDeeds(deeds)).rejects.toThrow(message);
  });

  test("refuses two jobs of one key", async () => {
    const job = { key: "a", input: echo(1) };
    await expect(runPool({ jobs: [job, job], script })).rejects.toThrow(
      "jobs: need a key of its own for each, got two a. Merge them.",
    );
  });
});

describe("a failed job", () => {
  test("is tried again at the end of the queue, as often as it may be", async () => {
    const deeds: Deeds = { once: { do: "fail-once", value: "x" }, ever: { do: "fail" }, other: echo(1) };
    const { outcomes, log } = await runDeeds(deeds, { workers: 1, retries: 2 });
    expect(outcomes).toMatchObject({ once: finished("x"), ever: { status: "failed" }, other: finished(1) });
    expect(log.filter((line) => !line.endsWith("progress"))).toEqual([
      ...["once started", "once failed, again", "ever started", "ever failed, again"],
      ...["other started", "other finished", "once started", "once finished"],
      ...["ever started", "ever failed, again", "ever started", "ever failed"],
    ]);
  });

  test("that means not now is tried again in a while, others first", async () => {
    const deeds: Deeds = { once: { do: "fail-once", value: "x" }, other: echo(1) };
    const { outcomes, log } = await runDeeds(deeds, { workers: 1, postpone: () => true });
    expect(outcomes).toEqual({ once: finished("x"), other: finished(1) });
    expect(log.filter((line) => !line.endsWith("progress"))).toEqual([
      ...["once started", "once postponed", "other started", "other finished"],
      ...["once started", "once finished"],
    ]);
  });

  test.each([
    ["fails for good and no job may", { failFast: true }],
    ["fails as every job would, without a retry", { retries: 3, isFatal: ({ reason }) => reason === "luck" }],
  ] satisfies [string, Options][])("stops the others when it %s", async (_, options) => {
    const deeds: Deeds = { long: { do: "wait", milliseconds: 60_000 }, bad: { do: "fail" }, next: echo(1) };
    const { outcomes, log } = await runDeeds(deeds, options);
    expect(outcomes).toMatchObject({
      long: { status: "stopped" },
      bad: { status: "failed" },
      next: { status: "stopped" },
    });
    expect(log).toContain("bad failed");
    expect(log).not.toContain("next started");
  });

  test("stops nobody when only other failures do", async () => {
    const { outcomes } = await runDeeds({ bad: { do: "fail" }, next: echo(1) }, { isFatal: () => false });
    expect(outcomes.next).toEqual(finished(1));
  });
});

describe("stopping", () => {
  test("asks each job, ends a thread that does not listen, and begins no other", async () => {
    const controller = new AbortController();
    let begun = 0;
    const onEvent = ({ kind }: PoolEvent<unknown, string>) => {
      if (kind === "progress" && ++begun === 2) controller.abort();
    };
    const deeds: Deeds = { wait: { do: "wait", milliseconds: 60_000 }, spin: { do: "spin" }, next: echo(1) };
    const { outcomes, log } = await runDeeds(deeds, { signal: controller.signal, onEvent });
    expect(Object.values(outcomes)).toEqual(Array(3).fill({ status: "stopped" }));
    expect(log).toEqual(expect.arrayContaining(["wait stopped", "spin stopped"]));
    expect(log).not.toContain("next started");
  });

  test("a wish from before does nothing at all", async () => {
    const { outcomes, log } = await runDeeds({ a: echo(1) }, { signal: AbortSignal.abort() });
    expect([outcomes, log]).toEqual([{ a: { status: "stopped" } }, []]);
  });

  test("gives up a postponed job", async () => {
    const controller = new AbortController();
    const onEvent = ({ kind }: PoolEvent<unknown, string>) => {
      if (kind === "postponed") controller.abort();
    };
    const options = { signal: controller.signal, onEvent, postpone: () => true };
    const { outcomes } = await runDeeds({ bad: { do: "fail" } }, options);
    expect(outcomes.bad).toEqual({ status: "stopped" });
  });

  test("an event handler that throws ends the pool", async () => {
    const onEvent = () => {
      throw new Error("deaf");
    };
    await expect(runDeeds({ a: { do: "spin" }, b: { do: "spin" } }, { onEvent })).rejects.toThrow("deaf");
  });
});
