import ts from "typescript";

/** What a file imports, by specifier: whether a type alone, which is gone when the program runs. */
export type Imports = ReadonlyMap<string, "type" | "value">;

/** Imports and re-exports of a source. Where one is for a value and another for a type, the value counts. */
export function importsIn(text: string): Imports {
  const found = new Map<string, "type" | "value">();
  for (const statement of ts.createSourceFile("source.ts", text, ts.ScriptTarget.Latest).statements) {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) continue;
    const { moduleSpecifier } = statement;
    if (moduleSpecifier === undefined || !ts.isStringLiteral(moduleSpecifier)) continue;
    const kind = isOfTypes(statement) ? "type" : "value";
    if (found.get(moduleSpecifier.text) !== "value") found.set(moduleSpecifier.text, kind);
  }
  return found;
}

function isOfTypes(statement: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  const names = (elements: readonly { readonly isTypeOnly: boolean }[]): boolean =>
    elements.length > 0 && elements.every(({ isTypeOnly }) => isTypeOnly);
  if (ts.isExportDeclaration(statement)) {
    const { exportClause, isTypeOnly } = statement;
    return (
      isTypeOnly || (exportClause !== undefined && ts.isNamedExports(exportClause) && names(exportClause.elements))
    );
  }
  const { importClause } = statement;
  if (importClause === undefined) return false;
  const { phaseModifier, name, namedBindings } = importClause;
  const named = namedBindings !== undefined && ts.isNamedImports(namedBindings) && names(namedBindings.elements);
  return phaseModifier === ts.SyntaxKind.TypeKeyword || (name === undefined && named);
}

/** Sets of two and more that reach each other (Tarjan's algorithm), each in the order of its names. */
export function cycles(edges: ReadonlyMap<string, Iterable<string>>): string[][] {
  const index = new Map<string, number>();
  const stack: string[] = [];
  const found: string[][] = [];
  const visit = (node: string): number => {
    const own = index.size;
    let least = own;
    index.set(node, own);
    stack.push(node);
    for (const next of edges.get(node) ?? []) {
      if (!index.has(next)) least = Math.min(least, visit(next));
      else if (stack.includes(next)) least = Math.min(least, index.get(next) ?? own);
    }
    if (least === own) {
      const component = stack.splice(stack.indexOf(node));
      if (component.length > 1) found.push(component.sort());
    }
    return least;
  };
  for (const node of edges.keys()) if (!index.has(node)) visit(node);
  return found.sort((one, other) => (one.join() < other.join() ? -1 : 1));
}
