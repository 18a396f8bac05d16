import { join } from "node:path";
import ts from "typescript";
import { answerNeeds, type PermissionTable } from "../../constructs/addons/permissions";

/*
 * A permission of an add-on's that no cloud has heard of, as an extension would bring it.
 */

const ROOT = join(__dirname, "..", "..");

/** Clouds that do not compile once there is another permission, by the file that has to answer it. */
function refusals(declaration: string): string[] {
  const { config } = ts.readConfigFile(join(ROOT, "tsconfig.json"), (file) => ts.sys.readFile(file)) as {
    config: { compilerOptions: object };
  };
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, ROOT);
  const clouds = ts.sys.readDirectory(join(ROOT, "constructs", "clouds"), [".ts"], undefined, ["*/addon-identity.ts"]);
  expect(clouds.map((file) => file.split("/").at(-2))).toEqual(["aws", "azure", "google", "local"]);
  const extension = join(ROOT, "constructs", "extension.ts");
  const files = ts.createCompilerHost({ ...options, noEmit: true });
  const host: ts.CompilerHost = {
    ...files,
    fileExists: (file) => file === extension || files.fileExists(file),
    getSourceFile: (file, language) =>
      file === extension ? ts.createSourceFile(file, declaration, language) : files.getSourceFile(file, language),
  };
  const program = ts.createProgram([...clouds, extension], { ...options, noEmit: true, skipLibCheck: true }, host);
  return clouds.flatMap((file) => {
    const source = program.getSourceFile(file);
    if (source === undefined) throw new Error(`no ${file}`);
    return program
      .getSemanticDiagnostics(source)
      .map(({ messageText }) => `${file.split("/").at(-2)}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`);
  });
}

const declared = (permissions: string): string =>
  `declare module "./addons/permissions" { interface PermissionValues { ${permissions} } }\nexport {};\n`;

test("a cloud that does not answer a permission does not compile", () => {
  expect(refusals(declared(""))).toEqual([]);
  expect(refusals(declared(`readonly "write-logs": { readonly bucket: string };`))).toEqual(
    ["aws", "azure", "google", "local"].map(
      (cloud) => expect.stringMatching(new RegExp(`^${cloud}: Property '"write-logs"' is missing in type`)) as unknown,
    ),
  );
});

test("an add-on has all of its permissions at once, with what the cloud tells of each", () => {
  const table: PermissionTable<string, string> = {
    "dns-records": (zone) => ({ grants: [`edit ${zone}`, `list ${zone}`], values: {} }),
    "read-secrets": () => ({ grants: ["read"], values: {} }),
  };
  const answer = answerNeeds(table, { permissions: ["read-secrets", "dns-records"] }, "example.com");
  expect(answer).toEqual({
    grants: ["read", "edit example.com", "list example.com"],
    values: { "read-secrets": {}, "dns-records": {} },
  });
});
