import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "cli/**/*.test.ts", "test/**/*.test.ts"],
    reporters: ["default", "./test/closing-line-reporter.ts"],
    testTimeout: 60_000,
    // Left to itself vitest keeps a processor free, which is half of a machine of two.
    maxWorkers: "100%",
  },
});
