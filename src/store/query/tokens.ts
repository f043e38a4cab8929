/** A query's text as tokens: SQL's literals, names with dots, operators. Comments and parameters are not read. */
import { StoreError } from "../errors.ts";

/** A piece of a query. `at` and `end` are offsets into its text; keywords are in capitals. */
export interface Token {
  readonly kind: "number" | "text" | "word" | "name" | "keyword" | "operator" | "end";
  readonly text: string;
  readonly at: number;
  readonly end: number;
}

const keywords = new Set(["AND", "OR", "NOT", "IN", "BETWEEN", "LIKE", "IS", "NULL", "TRUE", "FALSE"]);

/** SQL that this query language leaves to a database. */
const beyondWords = new Set(["CASE", "CAST", "EXISTS", "SELECT", "WITH", "FROM", "ILIKE", "SIMILAR", "GLOB"]);
const beyondOperators = new Set(["::", "||", "%", "^", "[", "]", "{", "}", ";"]);

/** `word`: an unquoted name. `name`: one in double quotes, which is a column whatever it spells. */
const pattern =
  /\s+|(?<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)(?<glued>[A-Za-z_]\w*)?|'(?<text>(?:[^']|'')*)'|"(?<name>(?:[^"]|"")*)"|(?<word>[A-Za-z_$]\w*(?:\.\w+)*)|(?<operator><>|!=|<=|>=|==|::|\|\||[<>=()+\-*/,%^[\]{};])/y;

/** A query that is SQL, but more of it than this language has. */
export class BeyondQueryError extends StoreError {}

/** The tokens of a query, the last one of kind `end`. @throws StoreError naming the place. */
export function tokensOf(query: string): readonly Token[] {
  const tokens: Token[] = [];
  const matcher = new RegExp(pattern);
  for (let at = 0; at < query.length; at = matcher.lastIndex) {
    matcher.lastIndex = at;
    const match = matcher.exec(query);
    if (match === null) throw unreadable(query, at);
    const token = tokenOf(match, at);
    if (token !== null) tokens.push(token);
  }
  return [...tokens, { kind: "end", text: "the end", at: query.length, end: query.length }];
}

function tokenOf(match: RegExpExecArray, at: number): Token | null {
  const { number, glued, text, name, word, operator } = match.groups!;
  const place = { at, end: at + match[0].length };
  if (glued !== undefined) throw queryError(at, `need a number or a text, got ${match[0]}`, quotesMend);
  if (number !== undefined) return { kind: "number", text: number, ...place };
  if (text !== undefined) return { kind: "text", text: text.replaceAll("''", "'"), ...place };
  if (name !== undefined) return { kind: "name", text: name.replaceAll('""', '"'), ...place };
  if (operator !== undefined) {
    if (beyondOperators.has(operator)) throw beyondError(at, operator);
    return {
      kind: "operator",
      text: operator === "==" ? "=" : operator === "!=" ? "<>" : operator,
      ...place,
    };
  }
  if (word === undefined) return null;
  const upper = word.toUpperCase();
  if (beyondWords.has(upper)) throw beyondError(at, upper);
  return keywords.has(upper)
    ? { kind: "keyword", text: upper, ...place }
    : { kind: "word", text: word, ...place };
}

/** What to do about a text that was taken for something else. */
export const quotesMend = "Write texts in single quotes: 'x'.";

/** `query, character 5: need …, got …. Mend.` Characters count from 1. */
export function queryError(at: number, problem: string, mend: string): StoreError {
  return new StoreError(`query, character ${at + 1}: ${problem}. ${mend}`);
}

/** The error of a construct that only a database has. */
export function beyondError(at: number, what: string): BeyondQueryError {
  return new BeyondQueryError(
    `query, character ${at + 1}: need a condition such as lossPerP < 0.07 AND model.neurons = 50, got ${what}. ` +
      "The rest of SQL needs DuckDB.",
  );
}

function unreadable(query: string, at: number): StoreError {
  const character = query[at]!;
  return character === "'" || character === '"'
    ? queryError(at, `need a closing ${character}, got none`, "Close the quotes.")
    : queryError(at, `need SQL, got ${character}`, quotesMend);
}
