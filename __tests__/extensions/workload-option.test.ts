import { join, relative } from "node:path";
import ts from "typescript";

/*
 * An option of every workload, as the first steps of adding one: the field in an interface, and nothing else. The compiler has to
 * stop in each file that says what the field is, and in no other.
 */

const ROOT = join(__dirname, "..", "..");

/** What knows of workloads before a cloud does, without the bindings of providers. */
const FOLDERS = ["model", "services", "kubernetes", "routing", "in-cluster", "outputs", "model-json"];

/** A line to add after another one, in a file of the model. */
interface Edit {
  readonly file: string;
  readonly after: string;
  readonly line: string;
}

const IN_SPEC: Edit = {
  file: "constructs/model/workload.ts",
  after: "export interface CommonSpec extends WorkloadAnswer {",
  line: "readonly nice?: number;",
};
const IN_RESOLVED: Edit = {
  file: "constructs/model/resolved.ts",
  after: "interface Common extends AnsweredWorkload {",
  line: "readonly nice: number;",
};

const parsed = new Map<string, ts.SourceFile | undefined>();

/** Files of the library that do not compile after the edits. Each has to speak of the field. */
function refusals(...edits: readonly Edit[]): string[] {
  const { config } = ts.readConfigFile(join(ROOT, "tsconfig.json"), (file) => ts.sys.readFile(file)) as {
    config: { compilerOptions: object };
  };
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, ROOT);
  const files = ts.createCompilerHost({ ...options, noEmit: true });
  const host: ts.CompilerHost = {
    ...files,
    getSourceFile: (file, language) => {
      const edit = edits.find((one) => join(ROOT, one.file) === file);
      if (edit !== undefined) return ts.createSourceFile(file, edited(edit), language);
      if (!parsed.has(file)) parsed.set(file, files.getSourceFile(file, language));
      return parsed.get(file);
    },
  };
  const roots = FOLDERS.flatMap((folder) => ts.sys.readDirectory(join(ROOT, "constructs", folder), [".ts"]));
  expect(roots.length).toBeGreaterThan(150);
  const program = ts.createProgram(roots, { ...options, noEmit: true, skipLibCheck: true }, host);
  return program
    .getSourceFiles()
    .filter(({ fileName }) => roots.includes(fileName))
    .flatMap((source) => {
      const messages = program
        .getSemanticDiagnostics(source)
        .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
      if (messages.length === 0) return [];
      expect(messages.join("\n")).toContain("nice");
      return [relative(ROOT, source.fileName)];
    })
    .sort();
}

function edited({ file, after, line }: Edit): string {
  const parts = (ts.sys.readFile(join(ROOT, file)) ?? "").split(`${after}\n`);
  expect(parts).toHaveLength(2);
  return parts.join(`${after}\n${line}\n`);
}

test("an option that only people can write stops the compiler at its form and at the resolved model", () => {
  expect(refusals(IN_SPEC)).toEqual(["constructs/model/resolved.ts", "constructs/model/validate/workload-shape.ts"]);
}, 60_000);

test("once the resolved model has it, the compiler asks for its default", () => {
  expect(refusals(IN_SPEC, IN_RESOLVED)).toEqual([
    "constructs/model/resolve-workload.ts",
    "constructs/model/validate/workload-shape.ts",
  ]);
}, 60_000);
