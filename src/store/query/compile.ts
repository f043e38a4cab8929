/**
 * A query as a function of rows, with SQL's three truths: a comparison with null is unknown (null), AND and OR take
 * what is certain, and a row is found only where the query is true. Types are checked once, against all rows.
 */
import { type Cell, cellOf, knownColumns, type RunRow } from "../run-row.ts";
import { type BinaryOperator, type Expression, nameMend, parseQuery } from "./parse.ts";
import { queryError, quotesMend } from "./tokens.ts";

type Type = "number" | "text" | "truth";

/** A part of a query, ready to run. `types` are those it can have besides null; none when it is always null. */
interface Compiled {
  readonly types: ReadonlySet<Type>;
  readonly run: (row: RunRow) => Cell;
}

/**
 * The rows for which a WHERE expression of SQL is true, in their order.
 * @throws StoreError naming the place: no SQL, an unknown column (with the near one), types that cannot be compared.
 * @example selectRuns(rows, "lossPerP < 0.07 AND labels.mixing.kind IN ('none', 'symmetric')")
 */
export function selectRuns(rows: readonly RunRow[], query: string): readonly RunRow[] {
  const columns = knownColumns(rows);
  const { run } = ofType("truth", parseQuery(query, columns), compiler(rows, columns));
  return rows.filter((row) => run(row) === true);
}

type Compiler = (expression: Expression) => Compiled;

function compiler(rows: readonly RunRow[], columns: readonly string[]): Compiler {
  const types = (name: string): ReadonlySet<Type> => {
    const cells = rows.map((row) => cellOf(row, name));
    return new Set(cells.flatMap((cell) => typeOf(cell) ?? []));
  };
  const compile: Compiler = (expression) => {
    switch (expression.kind) {
      case "value": {
        const { value } = expression;
        return { types: new Set(typeOf(value) === null ? [] : [typeOf(value)!]), run: () => value };
      }
      case "column": {
        const { name } = expression;
        return { types: types(name), run: (row) => cellOf(row, name) };
      }
      case "not":
        return unary("truth", expression.of, compile, (value) => value !== true);
      case "negate":
        return unary("number", expression.of, compile, (value) => -(value as number));
      case "isNull": {
        const { run } = compile(expression.of);
        return { types: truth, run: (row) => run(row) === null };
      }
      case "binary":
        return binary(expression, compile, columns);
      case "like":
        return like(expression, compile);
      case "in":
        return isIn(expression, compile, columns);
    }
  };
  return compile;
}

const truth: ReadonlySet<Type> = new Set(["truth"]);
const number: ReadonlySet<Type> = new Set(["number"]);

const typeNames = { number: "a number", text: "a text", truth: "true or false" } as const;

function typeOf(value: Cell): Type | null {
  if (value === null) return null;
  return typeof value === "number" ? "number" : typeof value === "string" ? "text" : "truth";
}

/** Compiles an expression that must be able to have a type. */
function ofType(type: Type, expression: Expression, compile: Compiler): Compiled {
  const compiled = compile(expression);
  if (compiled.types.size === 0 || compiled.types.has(type)) return compiled;
  const got = [...compiled.types].map((other) => typeNames[other]).join(" or ");
  const mend = type === "truth" ? "Compare it with something, as in lossPerP < 0.07." : quotesMend;
  throw queryError(expression.at, `need ${typeNames[type]}, got ${got}`, mend);
}

function unary(type: Type, of: Expression, compile: Compiler, apply: (value: Cell) => Cell): Compiled {
  const { run } = ofType(type, of, compile);
  return {
    types: new Set([type]),
    run: (row) => {
      const value = run(row);
      return typeOf(value) === type ? apply(value) : null;
    },
  };
}

type Binary = Extract<Expression, { kind: "binary" }>;

function binary(expression: Binary, compile: Compiler, columns: readonly string[]): Compiled {
  const { operator, left, right } = expression;
  if (operator === "AND" || operator === "OR") {
    const [a, b] = [ofType("truth", left, compile).run, ofType("truth", right, compile).run];
    const decisive = operator === "OR";
    return { types: truth, run: (row) => connect(a(row), () => b(row), decisive) };
  }
  if (isArithmetic(operator)) {
    const [a, b] = [ofType("number", left, compile).run, ofType("number", right, compile).run];
    return { types: number, run: (row) => calculate(operator, a(row), b(row)) };
  }
  const [a, b] = comparable(left, right, compile, columns);
  return { types: truth, run: (row) => compare(operator, a.run(row), b.run(row)) };
}

/** AND is decided by a false, OR by a true; otherwise an unknown makes the whole unknown. */
function connect(a: Cell, second: () => Cell, decisive: boolean): Cell {
  if (a === decisive) return decisive;
  const b = second();
  if (b === decisive) return decisive;
  return typeof a === "boolean" && typeof b === "boolean" ? !decisive : null;
}

const isArithmetic = (operator: BinaryOperator): operator is "+" | "-" | "*" | "/" =>
  ["+", "-", "*", "/"].includes(operator);

function calculate(operator: "+" | "-" | "*" | "/", a: Cell, b: Cell): Cell {
  if (typeof a !== "number" || typeof b !== "number") return null;
  if (operator === "/") return b === 0 ? null : a / b;
  return operator === "+" ? a + b : operator === "-" ? a - b : a * b;
}

type Comparison = Exclude<BinaryOperator, "AND" | "OR" | "+" | "-" | "*" | "/">;

function compare(operator: Comparison, a: Cell, b: Cell): Cell {
  if (a === null || b === null || typeof a !== typeof b) return null;
  switch (operator) {
    case "=":
      return a === b;
    case "<>":
      return a !== b;
    case "<":
      return a < b;
    case "<=":
      return a <= b;
    case ">":
      return a > b;
    case ">=":
      return a >= b;
  }
}

/** Both sides, which must be able to have a type in common. */
function comparable(
  left: Expression,
  right: Expression,
  compile: Compiler,
  columns: readonly string[],
): readonly [Compiled, Compiled] {
  const [a, b] = [compile(left), compile(right)];
  if (a.types.size === 0 || b.types.size === 0 || [...a.types].some((type) => b.types.has(type)))
    return [a, b];
  const [need, got] = [a, b].map(({ types }) => [...types].map((type) => typeNames[type]).join(" or "));
  const isWord = right.kind === "value" && right.bare;
  const mend = isWord ? nameMend(`${right.value}`, columns) : "Compare values of one type.";
  throw queryError(
    right.at,
    `need ${need} to compare with, got ${isWord ? `the word ${right.value}` : got}`,
    mend,
  );
}

/** LIKE: % is any text, _ any one character; case counts, as in standard SQL. */
function like({ of, pattern }: Extract<Expression, { kind: "like" }>, compile: Compiler): Compiled {
  const [text, wanted] = [ofType("text", of, compile).run, ofType("text", pattern, compile).run];
  return {
    types: truth,
    run: (row) => {
      const [a, b] = [text(row), wanted(row)];
      return typeof a === "string" && typeof b === "string" ? likeExpression(b).test(a) : null;
    },
  };
}

function likeExpression(pattern: string): RegExp {
  const source = pattern
    .replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")
    .replaceAll("%", ".*")
    .replaceAll("_", ".");
  return new RegExp(`^${source}$`, "su");
}

/** IN is a chain of = joined by OR, so a null in the list makes "not found" unknown. */
function isIn(
  { of, list, at }: Extract<Expression, { kind: "in" }>,
  compile: Compiler,
  columns: readonly string[],
): Compiled {
  const tests = list.map(
    (right) => binary({ kind: "binary", operator: "=", left: of, right, at }, compile, columns).run,
  );
  return {
    types: truth,
    run: (row) => tests.reduce<Cell>((found, test) => connect(found, () => test(row), true), false),
  };
}
