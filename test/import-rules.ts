/**
 * The rules of the house for imports and globals, as a pure function of source texts.
 *
 * Floors: a folder of src/ imports only folders below it, file by file; cli/ sees src/ through index files alone.
 * Hosts: src/ names no DOM object, no clock and no hidden random generator; `node:` stays where Node is the point.
 * Bits: folders whose numbers are stored use no host transcendental, since hosts differ in the last bit.
 * Limit: a global reached through an alias of `globalThis` is not seen.
 */
import { dirname, join } from "node:path/posix";
import ts from "typescript";

/** Source texts by path from the package's root, with forward slashes. */
export type Sources = Readonly<Record<string, string>>;

/** One breach of a rule. */
export interface Breach {
  readonly file: string;
  readonly rule:
    | "cycle"
    | "upward"
    | "index"
    | "node"
    | "dom"
    | "clock"
    | "random"
    | "host-math"
    | "dependency";
  readonly detail: string;
}

/** The floors of src/, lowest first. */
export const floors = [
  ...["wasm", "numeric", "formats", "spec", "engine", "data", "model", "train"],
  ...["evaluate", "baseline", "analyse", "figure", "sweep", "study", "report", "store"],
] as const;

/** Folders made for Node. */
const nodeFolders = ["src/store/", "cli/"];
/** Folders whose numbers reach stored weights, labels or run ids. */
const storedFolders = ["numeric", "engine", "data", "model", "train"].map((floor) => `src/${floor}/`);
const domNames = new Set([
  ...[
    "document",
    "window",
    "navigator",
    "location",
    "history",
    "localStorage",
    "sessionStorage",
    "indexedDB",
  ],
  ...["alert", "fetch", "XMLHttpRequest", "HTMLElement", "Element", "Node", "customElements", "self"],
  ...["requestAnimationFrame", "cancelAnimationFrame", "postMessage", "getComputedStyle", "matchMedia"],
]);
const clockNames = new Set(["Date", "performance"]);
const hostTranscendentals = new Set([
  ...[
    "acos",
    "acosh",
    "asin",
    "asinh",
    "atan",
    "atan2",
    "atanh",
    "cbrt",
    "cos",
    "cosh",
    "exp",
    "expm1",
    "hypot",
  ],
  ...["log", "log10", "log1p", "log2", "pow", "sin", "sinh", "tan", "tanh"],
]);

/** Every breach in `sources`. `packages` are the names that package.json declares for those who install it. */
export function breaches(sources: Sources, packages: readonly string[]): Breach[] {
  const imports = importsOf(sources);
  return [
    ...cycles(imports),
    ...imports.flatMap((edge) => [...edgeBreaches(edge), ...dependencyBreaches(edge, packages)]),
    ...globalBreaches(sources),
  ];
}

interface ImportEdge {
  readonly from: string;
  /** The file's path for a relative import, the specifier as written for any other. */
  readonly to: string;
  readonly relative: boolean;
}

const sourceFile = (path: string, text: string) =>
  ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);

function importsOf(sources: Sources): ImportEdge[] {
  return Object.entries(sources).flatMap(([from, text]) =>
    specifiersOf(sourceFile(from, text)).map((specifier) => {
      const relative = specifier.startsWith(".");
      return { from, to: relative ? join(dirname(from), specifier) : specifier, relative };
    }),
  );
}

/** What a file imports: declarations, re-exports, `import(…)` and `import("…").Type`. Type imports count too. */
function specifiersOf(file: ts.SourceFile): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const specifier = specifierOf(node);
    if (specifier && ts.isStringLiteralLike(specifier)) found.push(specifier.text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function specifierOf(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
    return node.arguments[0];
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return node.argument.literal;
  return undefined;
}

/** Cycles of files, each once, named by the path that closes it. */
function cycles(imports: readonly ImportEdge[]): Breach[] {
  const targets = new Map<string, string[]>();
  for (const { from, to, relative } of imports)
    if (relative) targets.set(from, [...(targets.get(from) ?? []), to]);
  const state = new Map<string, "open" | "done">();
  const found: Breach[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (state.get(file) === "open") {
      const detail = [...path.slice(path.indexOf(file)), file].join(" → ");
      found.push({ file, rule: "cycle", detail });
    }
    if (state.has(file)) return;
    state.set(file, "open");
    for (const target of targets.get(file) ?? []) visit(target, [...path, file]);
    state.set(file, "done");
  };
  for (const file of targets.keys()) visit(file, []);
  return found;
}

const floorOf = (path: string) => floors.findIndex((floor) => path.startsWith(`src/${floor}/`));

function edgeBreaches(edge: ImportEdge): Breach[] {
  const { from, to } = edge;
  const breach = (rule: Breach["rule"]): Breach[] => [{ file: from, rule, detail: `${from} imports ${to}` }];
  if (to.startsWith("node:"))
    return nodeFolders.some((folder) => from.startsWith(folder)) ? [] : breach("node");
  if (!edge.relative) return [];
  if (from.startsWith("cli/")) return cliBreach(to) ? breach("index") : [];
  if (!to.startsWith("src/")) return breach("upward");
  const crosses = dirname(from) !== dirname(to) && floorOf(from) !== floorOf(to);
  if (from !== "src/index.ts" && crosses && to.endsWith("/index.ts")) return breach("index");
  return from !== "src/index.ts" && floorOf(to) > floorOf(from) ? breach("upward") : [];
}

/** cli/ imports its own files, `src/index.ts` and `src/FLOOR/index.ts`. */
const cliBreach = (to: string) => !to.startsWith("cli/") && !/^src\/([^/]+\/)?index\.ts$/.test(to);

function dependencyBreaches(edge: ImportEdge, packages: readonly string[]): Breach[] {
  if (edge.relative || edge.to.startsWith("node:")) return [];
  const name = edge.to.split("/", edge.to.startsWith("@") ? 2 : 1).join("/");
  const detail = `${edge.from} imports ${name}, which package.json does not declare for those who install it`;
  return packages.includes(name) ? [] : [{ file: edge.from, rule: "dependency", detail }];
}

/** What each file reads from its host. Names are resolved, so that a parameter called `document` is no breach. */
function globalBreaches(sources: Sources): Breach[] {
  const program = programOf(sources);
  const checker = program.getTypeChecker();
  return Object.keys(sources)
    .filter((path) => path.startsWith("src/"))
    .flatMap((path) => {
      const found: Breach[] = [];
      const visit = (node: ts.Node): void => {
        const breach = globalBreach(node, path, checker);
        if (breach) found.push(breach);
        ts.forEachChild(node, visit);
      };
      visit(program.getSourceFile(path)!);
      return found;
    });
}

/** A program without any library, so that whatever resolves was declared in the sources themselves. */
function programOf(sources: Sources): ts.Program {
  const options: ts.CompilerOptions = {
    noLib: true,
    noResolve: true,
    target: ts.ScriptTarget.ES2022,
    types: [],
  };
  const files = new Map(Object.entries(sources).map(([path, text]) => [path, sourceFile(path, text)]));
  const host: ts.CompilerHost = {
    getSourceFile: (path) => files.get(path),
    fileExists: (path) => files.has(path),
    readFile: (path) => sources[path],
    getDefaultLibFileName: () => "",
    writeFile: () => undefined,
    getCurrentDirectory: () => "",
    getCanonicalFileName: (path) => path,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
  };
  return ts.createProgram([...files.keys()], options, host);
}

function globalBreach(node: ts.Node, file: string, checker: ts.TypeChecker): Breach | undefined {
  const line = node.getSourceFile().getLineAndCharacterOfPosition(node.getStart()).line + 1;
  const breach = (rule: Breach["rule"], what: string) => ({
    file,
    rule,
    detail: `${file}:${line} uses ${what}`,
  });
  const stored = storedFolders.some((folder) => file.startsWith(folder));
  if (stored && isInexactPower(node)) return breach("host-math", node.getText());
  if (!ts.isIdentifier(node) || !isReference(node)) return undefined;
  if (checker.resolveName(node.text, node, ts.SymbolFlags.Value, false)) return undefined;
  const name = node.text;
  if (domNames.has(name)) return breach("dom", name);
  if (clockNames.has(name)) return breach("clock", name);
  if (name === "crypto") return breach("random", name);
  if (name === "Math") return mathBreach(node, stored, breach);
  return undefined;
}

/** `Math.random` anywhere, host transcendentals where numbers are stored; and `Math` taken whole, which hides which. */
function mathBreach(
  node: ts.Identifier,
  stored: boolean,
  breach: (rule: Breach["rule"], what: string) => Breach,
): Breach | undefined {
  const { parent } = node;
  if (!ts.isPropertyAccessExpression(parent)) return breach("host-math", "Math without naming a member");
  const member = parent.name.text;
  if (member === "random") return breach("random", "Math.random");
  return stored && hostTranscendentals.has(member) ? breach("host-math", `Math.${member}`) : undefined;
}

/** Whether an identifier reads a value: not a property's name, not a declaration's own name, not a type. */
function isReference(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isTypeReferenceNode(parent) || ts.isQualifiedName(parent) || ts.isImportSpecifier(parent))
    return false;
  if (ts.isPropertyAssignment(parent) || ts.isBindingElement(parent)) return parent.initializer === node;
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  return !("name" in parent && parent.name === node);
}

/** `**`, unless both sides are literals and the power is a whole number or a power of two: those are exact. */
function isInexactPower(node: ts.Node): boolean {
  if (!ts.isBinaryExpression(node)) return false;
  const operator = node.operatorToken.kind;
  if (operator === ts.SyntaxKind.AsteriskAsteriskEqualsToken) return true;
  if (operator !== ts.SyntaxKind.AsteriskAsteriskToken) return false;
  const [base, exponent] = [literal(node.left), literal(node.right)];
  if (base === undefined || exponent === undefined || !Number.isInteger(exponent)) return true;
  return base !== 2 && !(exponent >= 0 && Number.isSafeInteger(base ** exponent));
}

function literal(node: ts.Expression): number | undefined {
  if (ts.isParenthesizedExpression(node)) return literal(node.expression);
  if (ts.isNumericLiteral(node)) return Number(node.text);
  const isMinus = ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.MinusToken;
  const value = isMinus ? literal(node.operand) : undefined;
  return value === undefined ? undefined : -value;
}
