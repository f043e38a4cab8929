/** DuckDB over runs, by the real package: the checkout's where it is installed, else one that npm fetches for the test. */
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { specOf, writeRun } from "../../test/support/run-writer.ts";
import { scratchFolder } from "../../test/support/scratch-folder.ts";
import { runId } from "../spec/identity.ts";
import { quoteColumns } from "./duckdb.ts";
import {
  type DuckDbModule,
  duckDbPackage,
  listRuns,
  loadDuckDb,
  missingDuckDb,
  queryDuckDb,
  type RunRow,
  selectRuns,
  selectWithDuckDb,
} from "./index.ts";

let out = "";
let duckDb: DuckDbModule | null = null;
let rows: readonly RunRow[] = [];

beforeAll(async () => {
  out = scratchFolder();
  for (const seed of [0, 1, 2, 3]) await writeRun(join(out, "runs"), seed);
  rows = listRuns(join(out, "runs")).rows;
  duckDb = (await loadDuckDb()) ?? (await fetched(join(out, "package")));
  if (duckDb === null) console.log(`No ${duckDbPackage}, and npm cannot fetch it: its tests were skipped.`);
}, 180_000);
afterAll(() => rmSync(out, { recursive: true }));

/** DuckDB from npm or its cache, in a folder of its own; null without a network. */
async function fetched(folder: string): Promise<DuckDbModule | null> {
  mkdirSync(folder);
  writeFileSync(join(folder, "package.json"), '{ "name": "empty", "private": true }\n');
  const install = [
    "install",
    "--prefer-offline",
    "--fetch-retries=0",
    "--no-audit",
    "--no-fund",
    `${duckDbPackage}@1.5.6-r.1`,
  ];
  try {
    execFileSync("npm", install, { cwd: folder, stdio: "ignore", timeout: 120_000 });
  } catch {
    return null;
  }
  const entry = createRequire(join(folder, "package.json")).resolve(duckDbPackage);
  return await import(pathToFileURL(entry).href);
}

test("dotted columns are put into quotes, texts and comments are left", () => {
  const columns = ["model.neurons", "labels.mixing.std", "loss"];
  expect(quoteColumns("model.neurons > 1 AND loss < 2", columns)).toBe('"model.neurons" > 1 AND loss < 2');
  expect(quoteColumns("r.labels.mixing.std, runs.loss", columns)).toBe('r."labels.mixing.std", runs.loss');
  expect(quoteColumns(`'model.neurons' "model.neurons" -- model.neurons`, columns)).toBe(
    `'model.neurons' "model.neurons" -- model.neurons`,
  );
  expect(quoteColumns("/* model.neurons */ other.thing", columns)).toBe("/* model.neurons */ other.thing");
});

test("where it is missing, the command to install it is named", () => {
  expect(missingDuckDb("query: need DuckDB, got no such package.").message).toBe(
    "query: need DuckDB, got no such package. Install it beside toy-cis: npm install @duckdb/node-api@1.5.6-r.1.",
  );
});

describe("with the package", () => {
  const withDuckDb = (name: string, check: (duckDb: DuckDbModule) => Promise<void>) =>
    test(name, async ({ skip }) => {
      if (duckDb === null) return skip("no DuckDB and no network");
      await check(duckDb);
    });

  withDuckDb("conditions find the same rows in both engines", async (duckDb) => {
    const queries = [
      "seed >= 1 AND seed < 3",
      "loss / 2 > 0.5 OR model.neurons = 4",
      "status LIKE 'fin%' AND NOT seed IN (0, 1)",
      "model.tied OR seed BETWEEN 2 AND 9",
      "labels.mixing.std IS NULL AND lossPerP IS NULL",
      "seed - 1 < 0",
    ];
    for (const query of queries) {
      const found = await selectWithDuckDb(duckDb, rows, query);
      expect(found, query).toEqual(selectRuns(rows, query));
    }
  });

  withDuckDb("functions, aggregates and whole SELECTs", async (duckDb) => {
    expect(await selectWithDuckDb(duckDb, rows, "abs(seed - 2) = 1 -- odd")).toHaveLength(2);
    const sql =
      "SELECT model.neurons, count(*) AS n, avg(loss) AS mean, max(started) AS last FROM runs GROUP BY ALL";
    expect(await queryDuckDb(duckDb, rows, sql)).toEqual([
      { "model.neurons": 3, n: 4, mean: 1.5, last: "1970-01-01T00:00:00.000Z" },
    ]);
    expect(
      await queryDuckDb(
        duckDb,
        rows,
        "SELECT [seed, NULL] AS list, TIMESTAMP '2026-01-02' AS at FROM runs WHERE seed = 2",
      ),
    ).toEqual([{ list: [2, null], at: "2026-01-02T00:00:00.000Z" }]);
  });

  withDuckDb("metrics of the runs", async (duckDb) => {
    const sql =
      "SELECT seed, count(*) AS n, max(m.step) AS last FROM metrics m JOIN runs USING (id) GROUP BY ALL ORDER BY seed LIMIT 1";
    expect(await queryDuckDb(duckDb, rows, sql)).toEqual([{ seed: 0, n: 40, last: 390 }]);
  });

  withDuckDb("no rows have the columns too", async (duckDb) => {
    expect(await queryDuckDb(duckDb, [], "SELECT model.neurons FROM runs")).toEqual([]);
  });

  withDuckDb("DuckDB's own words where it refuses", async (duckDb) => {
    await expect(queryDuckDb(duckDb, rows, "SELECT foo FROM runs")).rejects.toThrow(
      'query: DuckDB says: Binder Error: Referenced column "foo" not found',
    );
    writeFileSync(join(out, "runs", runId(specOf(3)), "metrics.parquet"), "PAR1");
    await expect(queryDuckDb(duckDb, rows, "SELECT count(*) FROM metrics")).rejects.toThrow(
      /^query: DuckDB says: .*metrics\.parquet/,
    );
  });
});
