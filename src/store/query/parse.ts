/**
 * The WHERE expressions of SQL, as a tree. Precedence, loosest first: OR, AND, NOT, comparisons, + −, * /, sign.
 * A word that is no column is a text where a value is compared with: `status = failed`.
 */
import { nearest } from "../../spec/near.ts";
import type { Cell } from "../run-row.ts";
import { beyondError, queryError, quotesMend, type Token, tokensOf } from "./tokens.ts";

/** Operators between two values. */
export type BinaryOperator = "AND" | "OR" | "=" | "<>" | "<" | "<=" | ">" | ">=" | "+" | "-" | "*" | "/";

/** A node of a query; `at` is its offset in the text. */
export type Expression =
  | { readonly kind: "value"; readonly value: Cell; readonly bare: boolean; readonly at: number }
  | { readonly kind: "column"; readonly name: string; readonly at: number }
  | { readonly kind: "not" | "negate" | "isNull"; readonly of: Expression; readonly at: number }
  | {
      readonly kind: "binary";
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
      readonly at: number;
    }
  | { readonly kind: "like"; readonly of: Expression; readonly pattern: Expression; readonly at: number }
  | {
      readonly kind: "in";
      readonly of: Expression;
      readonly list: readonly Expression[];
      readonly at: number;
    };

/** Parses a query. @param columns every name that is one. @throws StoreError naming the place and near names. */
export function parseQuery(query: string, columns: readonly string[]): Expression {
  const parser = new Parser(tokensOf(query), new Set(columns));
  const expression = parser.or();
  parser.expectEnd();
  return expression;
}

const comparisons = ["=", "<>", "<", "<=", ">", ">="] as const;

/** Recursive descent over the tokens, one method a level of precedence. */
class Parser {
  private readonly tokens: readonly Token[];
  private readonly columns: ReadonlySet<string>;
  private next = 0;

  constructor(tokens: readonly Token[], columns: ReadonlySet<string>) {
    this.tokens = tokens;
    this.columns = columns;
  }

  or(): Expression {
    return this.chain(["OR"], () => this.and());
  }

  expectEnd(): void {
    const { kind, text, at } = this.token;
    if (kind !== "end") throw queryError(at, `need AND, OR or the end, got ${text}`, quotesMend);
  }

  private and(): Expression {
    return this.chain(["AND"], () => this.not());
  }

  private not(): Expression {
    const { at } = this.token;
    return this.accept("NOT") ? { kind: "not", of: this.not(), at } : this.predicate();
  }

  private predicate(): Expression {
    const left = this.sum(false);
    const { at } = this.token;
    const operator = comparisons.find((symbol) => this.accept(symbol));
    if (operator !== undefined) return { kind: "binary", operator, left, right: this.sum(true), at };
    if (this.accept("IS")) return this.negated(() => this.isNull(left, at));
    const hasRest =
      ["NOT", "IN", "BETWEEN", "LIKE"].includes(this.token.text) && this.token.kind === "keyword";
    return hasRest ? this.negated(() => this.membership(left)) : left;
  }

  private negated(rest: () => Expression): Expression {
    const { at } = this.token;
    const isNegated = this.accept("NOT");
    const of = rest();
    return isNegated ? { kind: "not", of, at } : of;
  }

  private isNull(of: Expression, at: number): Expression {
    this.expect("NULL");
    return { kind: "isNull", of, at };
  }

  private membership(of: Expression): Expression {
    const { at } = this.token;
    if (this.accept("LIKE")) return { kind: "like", of, pattern: this.sum(true), at };
    if (this.accept("IN")) return { kind: "in", of, list: this.list(), at };
    this.expect("BETWEEN");
    const low = this.sum(true);
    this.expect("AND");
    const above: Expression = { kind: "binary", operator: ">=", left: of, right: low, at };
    const below: Expression = { kind: "binary", operator: "<=", left: of, right: this.sum(true), at };
    return { kind: "binary", operator: "AND", left: above, right: below, at };
  }

  private list(): readonly Expression[] {
    this.expect("(");
    const list = [this.sum(true)];
    while (this.accept(",")) list.push(this.sum(true));
    this.expect(")");
    return list;
  }

  /** @param mayBeText whether a word that is no column is a text. */
  private sum(mayBeText: boolean): Expression {
    return this.chain(["+", "-"], () => this.chain(["*", "/"], () => this.signed(mayBeText)));
  }

  private signed(mayBeText: boolean): Expression {
    const { at } = this.token;
    if (this.accept("+")) return this.signed(mayBeText);
    return this.accept("-") ? { kind: "negate", of: this.signed(mayBeText), at } : this.primary(mayBeText);
  }

  private primary(mayBeText: boolean): Expression {
    const { kind, text, at } = this.token;
    if (this.accept("(")) {
      const inner = this.or();
      this.expect(")");
      return inner;
    }
    this.next++;
    if (kind === "number") return { kind: "value", value: Number(text), bare: false, at };
    if (kind === "text") return { kind: "value", value: text, bare: false, at };
    if (kind === "keyword" && constants.has(text))
      return { kind: "value", value: constants.get(text)!, bare: false, at };
    if (kind === "word" || kind === "name") return this.column(kind, text, at, mayBeText);
    throw queryError(at, `need a column or a value, got ${text}`, quotesMend);
  }

  private column(kind: "word" | "name", text: string, at: number, mayBeText: boolean): Expression {
    if (this.columns.has(text)) return { kind: "column", name: text, at };
    if (this.token.text === "(" && this.token.kind === "operator")
      throw beyondError(at, `the function ${text}`);
    if (kind === "word" && mayBeText) return { kind: "value", value: this.hyphenated(text), bare: true, at };
    throw queryError(at, `no column is named ${text}`, nameMend(text, this.columns));
  }

  /** Goes on with a word over its hyphens, as in embedding-published-sign: nothing stands between the pieces. */
  private hyphenated(text: string): string {
    const [hyphen, piece] = [this.token, this.tokens[this.next + 1]];
    const isGlued = hyphen.at === this.tokens[this.next - 1]!.end && hyphen.end === piece?.at;
    if (hyphen.text !== "-" || !isGlued || !["word", "keyword"].includes(piece.kind)) return text;
    this.next += 2;
    return this.hyphenated(`${text}-${piece.text}`);
  }

  private chain(operators: readonly BinaryOperator[], operand: () => Expression): Expression {
    let left = operand();
    for (;;) {
      const { at } = this.token;
      const operator = operators.find((symbol) => this.accept(symbol));
      if (operator === undefined) return left;
      left = { kind: "binary", operator, left, right: operand(), at };
    }
  }

  private get token(): Token {
    return this.tokens[this.next]!;
  }

  private accept(text: string): boolean {
    const { kind } = this.token;
    const isIt = (kind === "keyword" || kind === "operator") && this.token.text === text;
    if (isIt) this.next++;
    return isIt;
  }

  private expect(text: string): void {
    if (!this.accept(text))
      throw queryError(this.token.at, `need ${text}, got ${this.token.text}`, quotesMend);
  }
}

const constants: ReadonlyMap<string, Cell> = new Map<string, Cell>([
  ["NULL", null],
  ["TRUE", true],
  ["FALSE", false],
]);

/** `Did you mean model.neurons?` for neurons, or for a misspelling. */
export function nameMend(name: string, columns: Iterable<string>): string {
  const all = [...columns];
  const endings = all.filter((column) => column.endsWith(`.${name}`));
  const near = endings.length > 0 ? endings.slice(0, 4).join(" or ") : nearest(name, all);
  return near === null ? "toy-cis runs --json lists the columns of each run." : `Did you mean ${near}?`;
}
