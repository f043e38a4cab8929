import { describe, expect, test } from "vitest";
import type { RunRow } from "../run-row.ts";
import { selectRuns } from "./compile.ts";
import { BeyondQueryError } from "./tokens.ts";

const rows: readonly RunRow[] = [
  {
    id: "a",
    status: "finished",
    seed: 0,
    "model.neurons": 50,
    "model.tied": false,
    lossPerP: 0.06,
    linear: 0.02,
  },
  {
    id: "b",
    status: "finished",
    seed: 1,
    "model.neurons": 40,
    "model.tied": true,
    lossPerP: 0.08,
    linear: null,
  },
  { id: "c", status: "failed", seed: 2, "model.neurons": 50, "model.tied": false, message: "it's 50% NaN_" },
  { id: "d", status: "interrupted", seed: 3, "labels.mixing.kind": "embedding-published-sign" },
];
const found = (query: string) =>
  selectRuns(rows, query)
    .map(({ id }) => id)
    .join("");

describe("conditions", () => {
  test.each([
    ["lossPerP < 0.07", "a"],
    ["lossPerP <= .08 and seed >= 1", "b"],
    ["seed = 1 OR seed == 2", "bc"],
    ["seed <> 1 AND seed != 2", "ad"],
    ["NOT seed > 0", "a"],
    ["not (seed = 1 or seed = 2)", "ad"],
    ["seed = 0 OR seed = 1 AND lossPerP > 1", "a"],
    ["(seed = 0 OR seed = 1) AND lossPerP > 0.07", "b"],
    ["seed IN (1, 3, 5)", "bd"],
    ["seed NOT IN (1, 3)", "ac"],
    ["seed BETWEEN 1 AND 2", "bc"],
    ["seed NOT BETWEEN 1 AND 2 AND seed < 9", "ad"],
    ["status LIKE 'f%'", "abc"],
    ["status LIKE 'fin_shed'", "ab"],
    ["status NOT LIKE '%ed'", ""],
    ["message LIKE '%50% NaN_'", "c"],
    ["message = 'it''s 50% NaN_'", "c"],
    ["status = failed", "c"],
    ["status in (failed, interrupted)", "cd"],
    ["labels.mixing.kind = embedding-published-sign", "d"],
    ['"model.neurons" = 50', "ac"],
    ["model.tied", "b"],
    ["NOT model.tied", "ac"],
    ["model.tied = true", "b"],
    ["linear / lossPerP > 0.3", "a"],
    ["2 * seed + 1 = 7 - 2 * 2", "b"],
    ["-seed < -1", "cd"],
    ["seed - -1 = 1", "a"],
    ["1e-1 > lossPerP", "ab"],
    ["'finished' = status", "ab"],
    ["seed = seed", "abcd"],
  ])("%s", (query, ids) => expect(found(query)).toBe(ids));
});

describe("what is missing is unknown, and unknown is not true", () => {
  test.each([
    ["linear IS NULL", "bcd"],
    ["linear IS NOT NULL", "a"],
    ["NOT linear = 0.02", ""],
    ["linear = NULL", ""],
    ["linear <> NULL OR seed = 3", "d"],
    ["(linear = 1) IS NULL", "bcd"],
    ["NOT (linear = 1 AND seed = 9)", "abcd"],
    ["linear > 0 OR TRUE", "abcd"],
    ["seed IN (0, NULL)", "a"],
    ["seed NOT IN (0, NULL)", ""],
    ["lossPerP / (seed - 1) IS NULL", "bcd"],
    ["data.k = 1 OR data.k IS NULL", "abcd"],
  ])("%s", (query, ids) => expect(found(query)).toBe(ids));
});

describe("mistakes name the place and the mend", () => {
  test.each([
    ["neurons = 50", "query, character 1: no column is named neurons. Did you mean model.neurons?"],
    ["seed = 1 AND losPerP < 1", "query, character 14: no column is named losPerP. Did you mean lossPerP?"],
    ["model.embedding = none", "no column is named model.embedding. Did you mean model.embedding.kind?"],
    ["constructor = 1", "no column is named constructor."],
    [
      "lossPerP < liner",
      "query, character 12: need a number to compare with, got the word liner. Did you mean linear?",
    ],
    [
      "seed = '1'",
      "query, character 8: need a number to compare with, got a text. Compare values of one type.",
    ],
    ["status + 1 = 2", "query, character 1: need a number, got a text. Write texts in single quotes: 'x'."],
    ["seed LIKE '1%'", "query, character 1: need a text, got a number."],
    [
      "seed",
      "query, character 1: need true or false, got a number. Compare it with something, as in lossPerP < 0.07.",
    ],
    ["seed = 1 AND", "query, character 13: need a column or a value, got the end."],
    ["seed = 1 seed", "query, character 10: need AND, OR or the end, got seed."],
    ["(seed = 1", "query, character 10: need ), got the end."],
    ["seed IN 1", "query, character 9: need (, got 1."],
    ["seed BETWEEN 1", "query, character 15: need AND, got the end."],
    ["seed IS 1", "query, character 9: need NULL, got 1."],
    ["status = 'finished", "query, character 10: need a closing ', got none. Close the quotes."],
    [
      "id = 00ab12",
      "query, character 6: need a number or a text, got 00ab12. Write texts in single quotes: 'x'.",
    ],
    ["seed = 1 & 2", "query, character 10: need SQL, got &."],
    ["   ", "query, character 4: need a column or a value, got the end."],
  ])("%s", (query, message) => expect(() => found(query)).toThrow(message));

  test.each([
    [
      "abs(seed) = 1",
      "character 1: need a condition such as lossPerP < 0.07 AND model.neurons = 50, got the function abs.",
    ],
    [
      "seed::text = '1'",
      "character 5: need a condition such as lossPerP < 0.07 AND model.neurons = 50, got ::.",
    ],
    ["CASE WHEN seed = 1 THEN true END", "got CASE. The rest of SQL needs DuckDB."],
    ["seed % 2 = 0", "got %."],
  ])("SQL beyond conditions: %s", (query, message) => {
    expect(() => found(query)).toThrow(BeyondQueryError);
    expect(() => found(query)).toThrow(message);
  });
});

test("a column of mixed types compares where the types agree", () => {
  const mixed = [
    { id: "a", "data.p": 0.01 },
    { id: "b", "data.p": "[0.01,0.02]" },
  ];
  const ids = (query: string) => selectRuns(mixed, query).map(({ id }) => id);
  expect(ids("data.p < 1")).toEqual(["a"]);
  expect(ids("data.p LIKE '[%'")).toEqual(["b"]);
});
