import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import type ts from "typescript";

/** TypeScript's own parser, as the repository has it. */
export type TypeScript = typeof ts;

/** The source files of a program, each parsed when it is first asked for. */
export class SourceFiles {
  readonly #parsed = new Map<string, ts.SourceFile | undefined>();

  /** @param root folder that paths start from, absolute */
  constructor(
    readonly ts: TypeScript,
    private readonly root: string,
  ) {}

  /** @param file path from the root */
  parse(file: string): ts.SourceFile | undefined {
    if (!this.#parsed.has(file)) this.#parsed.set(file, this.#read(file));
    return this.#parsed.get(file);
  }

  /** The file that an import leads to, or nothing where it is a package's. */
  imported(from: string, specifier: string): string | undefined {
    if (!specifier.startsWith(".")) return undefined;
    const path = join(this.root, dirname(from), specifier);
    const bare = path.replace(/\.[cm]?js$/, "");
    const tried = [path, ...[".ts", ".tsx", ".mts", ".cts", ".json", "/index.ts"].map((end) => bare + end)];
    const found = tried.find((one) => existsSync(one) && statSync(one).isFile());
    return found === undefined ? undefined : relative(this.root, found);
  }

  lineOf(node: ts.Node): number {
    const source = node.getSourceFile();
    return source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
  }

  /** The call whose function is named at a place, as a stack trace says it. */
  callAt({ file, line, column }: { file: string; line: number; column: number }): ts.CallExpression | undefined {
    const source = this.parse(file);
    if (source === undefined || line > source.getLineStarts().length) return undefined;
    const at = source.getPositionOfLineAndCharacter(line - 1, column - 1);
    const { ts } = this;
    let found: ts.CallExpression | undefined;
    const visit = (node: ts.Node): void => {
      if (at < node.pos || at >= node.end) return;
      if (ts.isCallExpression(node)) {
        const { expression: called } = node;
        const name = ts.isPropertyAccessExpression(called) ? called.name : called;
        if ([called.getStart(source), name.getStart(source)].includes(at)) found = node;
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
    return found;
  }

  #read(file: string): ts.SourceFile | undefined {
    const path = join(this.root, file);
    if (!existsSync(path)) return undefined;
    const text = readFileSync(path, "utf8");
    const { ScriptKind, ScriptTarget } = this.ts;
    const kind = file.endsWith(".json") ? ScriptKind.JSON : undefined;
    return this.ts.createSourceFile(file, text, ScriptTarget.Latest, true, kind);
  }
}
