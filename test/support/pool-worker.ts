/** A worker thread for the pool's tests: each job says what is to happen to it. */
import { setTimeout } from "node:timers/promises";
import { StoppedError, serveJobs } from "../../src/store/index.ts";

/** What is to happen. `thread` answers with the thread that did the job. */
export type Deed =
  | { readonly do: "echo"; readonly value: unknown }
  | { readonly do: "fail" | "exit" | "crash" | "return-function" | "spin" }
  | { readonly do: "wait"; readonly milliseconds: number }
  /** Fails until the file is there, and makes it. */
  | { readonly do: "fail-once"; readonly value: string };

const failed = new Set<string>();

serveJobs<Deed, unknown, string>(async (deed, { signal, report }) => {
  report(`begun ${deed.do}`);
  switch (deed.do) {
    case "echo":
      return deed.value;
    case "fail":
      throw Object.assign(new RangeError("job: need luck, got none. Try again."), { reason: "luck" });
    case "fail-once":
      if (failed.has(deed.value)) return deed.value;
      failed.add(deed.value);
      throw new Error("once");
    case "exit":
      return process.exit(7);
    case "crash":
      globalThis.setTimeout(() => {
        throw new Error("out of the blue");
      });
      await setTimeout(5000);
      return null;
    case "return-function":
      return () => {};
    case "spin":
      for (;;);
    case "wait":
      await setTimeout(deed.milliseconds, null, { signal }).catch(() => {
        throw new StoppedError("dir", 3);
      });
      return deed.milliseconds;
  }
});
