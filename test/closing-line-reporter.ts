import type { Reporter, TestModule } from "vitest/node";

/** Prints `N passed, N failed[, N skipped]` alone on the last line, the form that CI reads. */
export default class ClosingLineReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const count = { passed: 0, failed: unhandledErrors.length, skipped: 0, pending: 0 };
    for (const module of modules) {
      // A file that fails to load runs no test, and must still count as a failure.
      if (module.errors().length > 0) count.failed++;
      for (const test of module.children.allTests()) count[test.result().state]++;
    }
    const skipped = count.skipped + count.pending;
    const line = `${count.passed} passed, ${count.failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
    // After the default reporter's summary, which is written synchronously in the same event.
    setImmediate(() => console.log(`\n${line}`));
  }
}
