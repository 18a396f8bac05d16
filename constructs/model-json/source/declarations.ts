import type ts from "typescript";
import type { SourceFiles } from "./files";

/** What a name stands for: an expression, a parameter of a function, a function, or what a package exports. */
export type Declared =
  | { readonly is: "value"; readonly expression: ts.Expression; readonly path: readonly string[] }
  | {
      readonly is: "parameter";
      readonly of: ts.SignatureDeclaration;
      readonly at: number;
      readonly path: readonly string[];
    }
  | { readonly is: "function"; readonly declaration: ts.FunctionLikeDeclaration }
  | { readonly is: "module"; readonly file: string }
  | { readonly is: "package"; readonly specifier: string }
  /** Bound by something that nobody follows, such as a default of a pattern: no name of a scope further out is meant. */
  | { readonly is: "unknown" };

/** Parent of a node. By its type every node has one; a file has none. */
const parentOf = (node: ts.Node): ts.Node | undefined => node.parent;

/** Finds what a name stands for where it is used: in the blocks around it, in its file, and by way of imports. */
export function declarationOf(files: SourceFiles, name: string, used: ts.Node): Declared | undefined {
  const { ts } = files;
  for (let scope: ts.Node | undefined = used.parent; scope !== undefined; scope = parentOf(scope)) {
    if (ts.isFunctionLike(scope)) {
      const found = parameter(files, scope, name);
      if (found !== undefined) return found;
    }
    if (bindsByItself(files, scope, name)) return { is: "unknown" };
    if (ts.isBlock(scope) || ts.isSourceFile(scope)) {
      const found = inStatements(files, scope.statements, name);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function parameter(files: SourceFiles, of: ts.SignatureDeclaration, name: string): Declared | undefined {
  for (const [at, { name: binding }] of of.parameters.entries()) {
    const path = pathIn(files, binding, name);
    if (path !== undefined) return { is: "parameter", of, at, path };
    if (binds(files, binding, name)) return { is: "unknown" };
  }
  return undefined;
}

/** Whether a loop or a `catch` binds a name. */
function bindsByItself(files: SourceFiles, scope: ts.Node, name: string): boolean {
  const { ts } = files;
  const declared =
    ts.isForStatement(scope) || ts.isForOfStatement(scope) || ts.isForInStatement(scope)
      ? scope.initializer
      : ts.isCatchClause(scope) && scope.variableDeclaration;
  if (declared === undefined || declared === false) return false;
  if (ts.isVariableDeclaration(declared)) return binds(files, declared.name, name);
  return ts.isVariableDeclarationList(declared) && declared.declarations.some((one) => binds(files, one.name, name));
}

/** Whether a pattern binds a name, in whatever way. */
function binds(files: SourceFiles, binding: ts.BindingName, name: string): boolean {
  const { ts } = files;
  if (ts.isIdentifier(binding)) return binding.text === name;
  return binding.elements.some((element) => !ts.isOmittedExpression(element) && binds(files, element.name, name));
}

/** Where a name is taken out of a value: `{ a: { b } }` takes `b` at `a`, `b`. */
function pathIn(files: SourceFiles, binding: ts.BindingName, name: string): readonly string[] | undefined {
  const { ts } = files;
  if (ts.isIdentifier(binding)) return binding.text === name ? [] : undefined;
  for (const [index, element] of binding.elements.entries()) {
    if (ts.isOmittedExpression(element) || element.dotDotDotToken !== undefined) continue;
    if (element.initializer !== undefined) continue;
    const key = element.propertyName ?? element.name;
    const own = ts.isArrayBindingPattern(binding) ? String(index) : ts.isIdentifier(key) ? key.text : undefined;
    const inner = own === undefined ? undefined : pathIn(files, element.name, name);
    if (own !== undefined && inner !== undefined) return [own, ...inner];
  }
  return undefined;
}

function inStatements(files: SourceFiles, statements: readonly ts.Statement[], name: string): Declared | undefined {
  const { ts } = files;
  for (const statement of statements) {
    if (ts.isVariableStatement(statement)) {
      const isConstant = (statement.declarationList.flags & ts.NodeFlags.Const) !== 0;
      for (const { name: binding, initializer } of statement.declarationList.declarations) {
        if (!binds(files, binding, name)) continue;
        const path = isConstant ? pathIn(files, binding, name) : undefined;
        if (path === undefined || initializer === undefined) return { is: "unknown" };
        const isFunction = ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer);
        return isFunction
          ? { is: "function", declaration: initializer }
          : { is: "value", expression: initializer, path };
      }
    }
    if (ts.isFunctionDeclaration(statement) && statement.name?.text === name) {
      return { is: "function", declaration: statement };
    }
    if (ts.isImportDeclaration(statement)) {
      const found = imported(files, statement, name);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function imported(files: SourceFiles, statement: ts.ImportDeclaration, name: string): Declared | undefined {
  const { ts } = files;
  const { importClause: clause, moduleSpecifier } = statement;
  if (clause === undefined || !ts.isStringLiteral(moduleSpecifier)) return undefined;
  const from = statement.getSourceFile().fileName;
  const target = (exported: string): Declared | undefined => exportOf(files, from, moduleSpecifier.text, exported);
  if (clause.name?.text === name) return target("default");
  const { namedBindings: bindings } = clause;
  if (bindings === undefined) return undefined;
  if (ts.isNamespaceImport(bindings)) return bindings.name.text === name ? target("*") : undefined;
  const element = bindings.elements.find((one) => one.name.text === name);
  return element === undefined ? undefined : target((element.propertyName ?? element.name).text);
}

/** What a file exports by a name, `default`, or `*` for all of it. */
export function exportOf(files: SourceFiles, from: string, specifier: string, name: string): Declared | undefined {
  const { ts } = files;
  const file = files.imported(from, specifier);
  if (file === undefined) return specifier.startsWith(".") ? undefined : { is: "package", specifier };
  if (name === "*") return { is: "module", file };
  const source = files.parse(file);
  if (source === undefined) return undefined;
  const [first] = source.statements;
  if (file.endsWith(".json") && first !== undefined && ts.isExpressionStatement(first)) {
    return { is: "value", expression: first.expression, path: name === "default" ? [] : [name] };
  }
  for (const statement of source.statements) {
    if (ts.isExportAssignment(statement) && name === "default") {
      return { is: "value", expression: statement.expression, path: [] };
    }
    if (!ts.isExportDeclaration(statement)) continue;
    const { exportClause: clause, moduleSpecifier: module } = statement;
    const next = module !== undefined && ts.isStringLiteral(module) ? module.text : undefined;
    if (clause !== undefined && ts.isNamedExports(clause)) {
      const element = clause.elements.find((one) => one.name.text === name);
      if (element === undefined) continue;
      const local = (element.propertyName ?? element.name).text;
      return next === undefined ? inStatements(files, source.statements, local) : exportOf(files, file, next, local);
    }
    if (clause === undefined && next !== undefined) {
      const found = exportOf(files, file, next, name);
      if (found !== undefined && found.is !== "package") return found;
    }
  }
  return inStatements(files, source.statements, name);
}
