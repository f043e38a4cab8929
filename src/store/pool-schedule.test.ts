import { describe, expect, test } from "vitest";
import { createSchedule, type PoolOutcome } from "./pool-schedule.ts";

const done: PoolOutcome<number> = { status: "finished", result: 1 };
const job = (key: string, ...after: string[]) => ({ key, input: null, after });
const failure = { name: "Error", message: "bad", reason: null, stack: null };

describe("a schedule", () => {
  test("gives jobs in order, and waits for what a job waits for", async () => {
    const { next, settle } = createSchedule<null, number>([job("b", "a"), job("a"), job("c")]);
    expect((await next())?.key).toBe("a");
    expect((await next())?.key).toBe("c");
    const third = next();
    settle("c", done);
    settle("a", done);
    expect((await third)?.key).toBe("b");
    settle("b", done);
    expect(await next()).toBeNull();
  });

  test("a failure fails each follower once, along every way", async () => {
    const jobs = [job("a"), job("b", "a"), job("c", "a", "b"), job("d", "b", "c"), job("e")];
    const { next, settle, outcomes } = createSchedule<null, number>(jobs);
    await next();
    const following = settle("a", { status: "failed", failure });
    expect(following.map(([key]) => key).sort()).toEqual(["b", "c", "d"]);
    expect([...outcomes.values()].map(({ status }) => status)).toEqual(Array(4).fill("failed"));
    expect((await next())?.key).toBe("e");
  });

  test("a job put back goes behind all others; after a stop it is stopped", async () => {
    const { next, putBack, stop, outcomes } = createSchedule<null, number>([job("a"), job("b")]);
    await next();
    putBack("a");
    expect((await next())?.key).toBe("b");
    expect((await next())?.key).toBe("a");
    stop();
    putBack("a");
    expect(await next()).toBeNull();
    expect(outcomes.get("a")).toEqual({ status: "stopped" });
  });

  test("a follower of a stopped job is stopped", async () => {
    const { next, settle, outcomes } = createSchedule<null, number>([job("a"), job("b", "a")]);
    await next();
    settle("a", { status: "stopped" });
    expect(outcomes.get("b")).toEqual({ status: "stopped" });
    expect(await next()).toBeNull();
  });
});
