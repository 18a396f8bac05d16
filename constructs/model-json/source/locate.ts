import type ts from "typescript";
import { declarationOf, type Declared, exportOf } from "./declarations";
import type { SourceFiles } from "./files";

/** Where a value is written. Without a line it is computed somewhere in the file. */
export interface Place {
  readonly file: string;
  readonly line?: number;
  /** What is written there, where it is a literal. */
  readonly literal?: string;
  /** Where the literal stands, from its first character to behind its last. */
  readonly span?: Span;
  /** The name of the field by which it stands in an object. */
  readonly name?: Name;
}

/** A part of a file. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Name extends Span {
  readonly file: string;
  readonly line: number;
  /** Whether the value has no other text: `{ replicas }`. */
  readonly isShort: boolean;
}

/** An expression, and what the parameters of the functions around it stand for. */
export interface Bound {
  readonly node: ts.Expression;
  readonly calls: Calls;
}

/** The arguments that each function was called with, where the call is known. */
export type Calls = ReadonlyMap<
  ts.SignatureDeclaration,
  { readonly args: readonly ts.Expression[]; readonly calls: Calls }
>;

/** Steps after which nobody would find it either. */
const DEEPEST = 200;

const literalText = (node: ts.Expression): string =>
  "text" in node && typeof node.text === "string" ? node.text : node.getText();

const spanOf = (node: ts.Node): Span => ({ start: node.getStart(), end: node.getEnd() });

export class Locator {
  constructor(
    private readonly files: SourceFiles,
    /** Whether a file, or a package, is the library: its functions take what is written and add defaults. */
    private readonly isLibrary: (fileOrPackage: string) => boolean,
  ) {}

  /**
   * Finds where a part of an expression's value is written.
   *
   * @returns nothing where the expression has no such part
   */
  locate(bound: Bound, path: readonly string[], depth = 0): Place | undefined {
    const { ts } = this.files;
    const node = this.#bare(bound.node);
    const { calls } = bound;
    const next = (expression: ts.Expression, rest: readonly string[], inside = calls): Place | undefined =>
      this.locate({ node: expression, calls: inside }, rest, depth + 1);
    if (depth > DEEPEST) return this.#computed(node);
    if (ts.isIdentifier(node)) {
      if (node.text === "undefined") return undefined;
      return this.#declared(declarationOf(this.files, node.text, node), { node, calls }, path, depth);
    }
    if (ts.isPropertyAccessExpression(node)) return next(node.expression, [node.name.text, ...path]);
    if (ts.isElementAccessExpression(node)) {
      const { argumentExpression: key } = node;
      return ts.isStringLiteralLike(key) || ts.isNumericLiteral(key)
        ? next(node.expression, [key.text, ...path])
        : this.#computed(node);
    }
    if (ts.isCallExpression(node)) return this.#call(node, { node, calls }, path, depth);
    if (ts.isObjectLiteralExpression(node))
      return path.length === 0 ? this.#here(node) : this.#member(node, calls, path, depth);
    if (ts.isArrayLiteralExpression(node)) {
      const [index, ...rest] = path;
      if (index === undefined) return this.#here(node);
      const element = node.elements[Number(index)];
      const known = node.elements.slice(0, Number(index) + 1).every((one) => !ts.isSpreadElement(one));
      return known && element !== undefined ? next(element, rest) : this.#computed(node);
    }
    const branches = this.#branches(node);
    if (branches !== undefined) {
      const found = branches.map((branch) => next(branch, path)).filter((place) => place !== undefined);
      return found.length > 1 ? this.#computed(node) : found[0];
    }
    if (path.length > 0) return this.#isLiteral(node) ? undefined : this.#computed(node);
    if (!this.#isLiteral(node)) return this.#computed(node);
    return { ...this.#here(node), literal: literalText(node), span: spanOf(node) };
  }

  /** The expressions of which one is the value: `a ? b : c`, `a && b`, `a ?? b`. */
  #branches(node: ts.Expression): readonly ts.Expression[] | undefined {
    const { ts } = this.files;
    if (ts.isConditionalExpression(node)) return [node.whenTrue, node.whenFalse];
    if (!ts.isBinaryExpression(node)) return undefined;
    const { left, right, operatorToken } = node;
    if (operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken) return [right];
    const either = [ts.SyntaxKind.BarBarToken, ts.SyntaxKind.QuestionQuestionToken];
    return either.includes(operatorToken.kind) ? [left, right] : undefined;
  }

  /** Member of an object literal: the last one that says a key counts. */
  #member(node: ts.ObjectLiteralExpression, calls: Calls, path: readonly string[], depth: number): Place | undefined {
    const { ts } = this.files;
    const [key = "", ...rest] = path;
    for (const property of [...node.properties].reverse()) {
      if (ts.isSpreadAssignment(property)) {
        const found = this.locate({ node: property.expression, calls }, path, depth + 1);
        if (found !== undefined) return found;
        continue;
      }
      const name = this.#nameOf(property.name);
      if (name === undefined) return this.#computed(property);
      if (name !== key) continue;
      const isShort = ts.isShorthandPropertyAssignment(property);
      if (!isShort && !ts.isPropertyAssignment(property)) return this.#computed(property);
      const value = isShort ? property.name : property.initializer;
      const found = this.locate({ node: value, calls }, rest, depth + 1);
      if (found === undefined || rest.length > 0) return found;
      const line = this.files.lineOf(property.name);
      const file = property.getSourceFile().fileName;
      return { ...found, name: { ...spanOf(property.name), file, line, isShort } };
    }
    return undefined;
  }

  #call(node: ts.CallExpression, { calls }: Bound, path: readonly string[], depth: number): Place | undefined {
    const { ts } = this.files;
    const declared = this.#callee(node.expression);
    if (this.#isOfLibrary(declared)) {
      if (path.length === 0) return this.#here(node);
      const [argument] = node.arguments;
      return argument === undefined ? undefined : this.locate({ node: argument, calls }, path, depth + 1);
    }
    if (declared?.is !== "function") return this.#computed(node);
    const { declaration } = declared;
    const { body } = declaration;
    if (body === undefined) return this.#computed(node);
    const only = body.kind === ts.SyntaxKind.Block ? onlyReturn(ts, body as ts.Block) : body;
    if (only === undefined) return this.#computed(body);
    const inside = new Map(calls).set(declaration, { args: node.arguments, calls });
    return this.locate({ node: only, calls: inside }, path, depth + 1);
  }

  /** Whether it is a function of the library, or one that a function of the library has made: `const mysql = serviceBuilder(…)`. */
  #isOfLibrary(declared: Declared | undefined): boolean {
    const { ts } = this.files;
    if (declared?.is === "package") return this.isLibrary(declared.specifier);
    if (declared?.is === "function") return this.isLibrary(declared.declaration.getSourceFile().fileName);
    if (declared?.is !== "value" || declared.path.length > 0) return false;
    const made = this.#bare(declared.expression);
    if (!ts.isCallExpression(made)) return false;
    return this.isLibrary(made.getSourceFile().fileName) || this.#isOfLibrary(this.#callee(made.expression));
  }

  #callee(node: ts.Expression): Declared | undefined {
    const { ts } = this.files;
    if (ts.isIdentifier(node)) return this.#meant(declarationOf(this.files, node.text, node));
    if (!ts.isPropertyAccessExpression(node)) return undefined;
    return this.#of(this.#callee(node.expression), node.name.text);
  }

  /** Another name of a function, as in `const { web } = parts`, is that function. */
  #meant(declared: Declared | undefined): Declared | undefined {
    if (declared?.is !== "value") return declared;
    const expression = this.#bare(declared.expression);
    if (this.files.ts.isCallExpression(expression)) return declared;
    const meant = this.#callee(expression);
    const [name, ...more] = declared.path;
    if (more.length > 0) return undefined;
    return name === undefined ? meant : this.#of(meant, name);
  }

  /** What a module or a package exports. */
  #of(declared: Declared | undefined, name: string): Declared | undefined {
    if (declared?.is === "package") return declared;
    return declared?.is === "module" ? this.#exported(declared.file, name) : undefined;
  }

  #exported(file: string, name: string): Declared | undefined {
    return exportOf(this.files, file, `./${file.split("/").at(-1) ?? ""}`, name);
  }

  #declared(declared: Declared | undefined, bound: Bound, path: readonly string[], depth: number): Place | undefined {
    const { node, calls } = bound;
    switch (declared?.is) {
      case "value":
        return this.locate({ node: declared.expression, calls }, [...declared.path, ...path], depth + 1);
      case "parameter": {
        const call = calls.get(declared.of);
        if (call === undefined) return this.#computed(node);
        const { initializer, dotDotDotToken } = declared.of.parameters[declared.at] ?? {};
        if (dotDotDotToken !== undefined) return this.#computed(node);
        const argument = call.args[declared.at];
        if (argument === undefined && initializer === undefined) return undefined;
        const given =
          argument === undefined ? { node: initializer ?? node, calls } : { node: argument, calls: call.calls };
        return this.locate(given, [...declared.path, ...path], depth + 1);
      }
      case "module": {
        const [name = "", ...rest] = path;
        return this.#declared(this.#exported(declared.file, name), bound, rest, depth + 1);
      }
      default:
        return this.#computed(node);
    }
  }

  #bare(node: ts.Expression): ts.Expression {
    const { ts } = this.files;
    const wrapped =
      ts.isParenthesizedExpression(node) ||
      ts.isAsExpression(node) ||
      ts.isSatisfiesExpression(node) ||
      ts.isNonNullExpression(node);
    return wrapped ? this.#bare(node.expression) : node;
  }

  #nameOf(name: ts.PropertyName): string | undefined {
    const { ts } = this.files;
    if (ts.isIdentifier(name) || ts.isStringLiteralLike(name) || ts.isNumericLiteral(name)) return name.text;
    if (!ts.isComputedPropertyName(name)) return undefined;
    return ts.isStringLiteralLike(name.expression) ? name.expression.text : undefined;
  }

  #isLiteral(node: ts.Expression): boolean {
    const { ts } = this.files;
    if (ts.isPrefixUnaryExpression(node)) return ts.isNumericLiteral(node.operand);
    const constants = [ts.SyntaxKind.TrueKeyword, ts.SyntaxKind.FalseKeyword, ts.SyntaxKind.NullKeyword];
    return ts.isLiteralExpression(node) || constants.includes(node.kind);
  }

  #here(node: ts.Node): Place {
    return { file: node.getSourceFile().fileName, line: this.files.lineOf(node) };
  }

  #computed(node: ts.Node): Place {
    return { file: node.getSourceFile().fileName };
  }
}

/** The expression that a function returns, where it does nothing but declare constants before. */
function onlyReturn(typescript: typeof ts, { statements }: ts.Block): ts.Expression | undefined {
  const last = statements.at(-1);
  const before = statements.slice(0, -1);
  if (last === undefined || !typescript.isReturnStatement(last)) return undefined;
  return before.every((statement) => typescript.isVariableStatement(statement)) ? last.expression : undefined;
}
