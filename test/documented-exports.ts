/** Finds exports without a docstring. Follows re-exports to where a thing is declared. */
import ts from "typescript";

/** Names that the module at `entry` exports and whose declarations carry no documentation, as `file: name`. */
export function undocumentedExports(program: ts.Program, entry: string): string[] {
  const checker = program.getTypeChecker();
  const file = program.getSourceFile(entry);
  const module = file && checker.getSymbolAtLocation(file);
  if (!module) throw new Error(`documented-exports: ${entry} is no module of the program.`);
  return checker
    .getExportsOfModule(module)
    .map((symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol))
    .filter((symbol) => symbol.getDocumentationComment(checker).length === 0)
    .map((symbol) => `${entry}: ${symbol.name}`);
}
