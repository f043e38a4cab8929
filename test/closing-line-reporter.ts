/** Counts what a run of the tests did, in the form that continuous integration reads: `N passed, N failed`. */
import { writeFileSync } from "node:fs";
import type { Reporter, TestModule } from "vitest/node";

/**
 * Leaves `N passed, N failed[, N skipped]` in the file that TOY_CIS_CLOSING_LINE names, or prints it when none is
 * named. `npm test` names one and prints the line itself, after everything that vitest has to say.
 */
export default class ClosingLineReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const line = closingLine(modules, unhandledErrors.length);
    const file = process.env.TOY_CIS_CLOSING_LINE;
    if (file) writeFileSync(file, line);
    else process.once("exit", () => console.log(`\n${line}`));
  }
}

/** The counts of a run as text. A file that fails to load runs no test, and must still count as a failure. */
export function closingLine(modules: readonly TestModule[], unhandledErrors: number): string {
  const count = { passed: 0, failed: unhandledErrors, skipped: 0, pending: 0 };
  for (const module of modules) {
    if (module.errors().length > 0) count.failed++;
    for (const suite of module.children.allSuites()) if (suite.errors().length > 0) count.failed++;
    for (const test of module.children.allTests()) count[test.result().state]++;
  }
  const skipped = count.skipped + count.pending;
  return `${count.passed} passed, ${count.failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}
