import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { FRAMES } from "./frames";
import type { Document, Fence } from "./markdown";

/** Languages of blocks that are no TypeScript, each with the reason why nothing compiles them. */
export const NOT_COMPILED: Readonly<Record<string, string>> = {
  diff: "a change to a file, which does not stand by itself",
  hcl: "Terraform, which tests run from the stacks",
  js: "a piece of a client program; whole ones are in __tests__/real/clients, and npm run test:real runs them",
  json: "data",
  mermaid: "a picture",
  php: "a piece of a client program; whole ones are in __tests__/real/clients, and npm run test:real runs them",
  sh: "commands; what they name is looked for",
  text: "what a program printed, or a picture",
  yaml: "data",
};

interface Sample {
  /** Where it stands: `docs/guide/routing.md:12`. */
  readonly place: string;
  readonly text: string;
}

interface Read {
  readonly samples: readonly Sample[];
  readonly problems: readonly string[];
}

/** TypeScript of documents as modules, and blocks of which nobody could say what they are. */
export function samplesOf(documents: readonly Document[]): Read {
  const read = documents.flatMap(({ file, fences }) => fences.map((fence) => sample(`${file}:${fence.line}`, fence)));
  return { samples: read.flatMap(({ samples }) => samples), problems: read.flatMap(({ problems }) => problems) };
}

function sample(place: string, { info, text }: Fence): Read {
  const [language = "", ...words] = info.split(/\s+/);
  if (language in NOT_COMPILED) return { samples: [], problems: [] };
  if (language !== "ts") {
    const problem = `${place}: got language "${language}"; say ts, or one of ${Object.keys(NOT_COMPILED).join(", ")}`;
    return { samples: [], problems: [problem] };
  }
  const [word, ...more] = words;
  if (word === undefined) return { samples: [{ place, text }], problems: [] };
  if (word.startsWith("of=") && more.length === 0) return part(place, word.slice("of=".length), text);
  const frame = FRAMES[word.replace(/^frame=/, "")];
  if (!word.startsWith("frame=") || frame === undefined || more.length > 0) {
    const problem = `${place}: got "${info}"; say ts for a module, of=<file> for lines of one, or one of ${Object.keys(FRAMES).join(", ")} as its frame`;
    return { samples: [], problems: [problem] };
  }
  return { samples: [{ place, text: frame.replace("…", () => `\n${text}\n`) }], problems: [] };
}

const ROOT = join(__dirname, "..", "..", "..");

/** Lines of a file of this repository, which is compiled where it is: `ts of=examples/own-kind/queue/index.ts`. */
function part(place: string, file: string, text: string): Read {
  const path = join(ROOT, file);
  if (existsSync(path) && readFileSync(path, "utf8").includes(text)) return { samples: [], problems: [] };
  return { samples: [], problems: [`${place}: is not in ${file} as it stands there; copy it anew`] };
}

/** What TypeScript says of the samples, compiled as files at the root of this repository. */
export function compile(samples: readonly Sample[], root: string): string[] {
  const files = new Map(samples.map(({ place, text }, index) => [join(root, `sample-${index}.ts`), { place, text }]));
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), (path) => ts.sys.readFile(path)) as {
    config: { compilerOptions: object };
  };
  const { options } = ts.convertCompilerOptionsFromJson(
    { ...config.compilerOptions, types: ["node"], paths: packagePaths(root) },
    root,
  );
  const host = ts.createCompilerHost(options);
  const onDisk = { fileExists: host.fileExists.bind(host), readFile: host.readFile.bind(host) };
  host.fileExists = (path) => files.has(path) || onDisk.fileExists(path);
  host.readFile = (path) => files.get(path)?.text ?? onDisk.readFile(path);
  const cache = ts.createModuleResolutionCache(root, (name) => name, options);
  // No sample sees a type of a provider's bindings, and reading these takes most of the time of a type check.
  host.resolveModuleNameLiterals = (names, from, redirected, its, file) =>
    names.map(({ text }) =>
      text.startsWith("@cdktf/provider-")
        ? { resolvedModule: undefined }
        : ts.resolveModuleName(
            text,
            from,
            its,
            host,
            cache,
            redirected,
            ts.getImpliedNodeFormatForFile(file.fileName, undefined, host, its),
          ),
    );
  const program = ts.createProgram([...files.keys()], options, host);
  return [...files].flatMap(([path, { place }]) => {
    const source = program.getSourceFile(path);
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    return found.map(({ messageText }) => `${place}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`);
  });
}

/** What `goldenpath` and its parts are in this tree, by the package's own exports. */
export function packagePaths(root: string): Record<string, string[]> {
  const { exports } = JSON.parse(ts.sys.readFile(join(root, "package.json")) ?? "{}") as {
    exports: Record<string, { types: string } | string>;
  };
  return Object.fromEntries(
    Object.entries(exports).flatMap(([name, target]) =>
      typeof target === "string"
        ? []
        : [[name.replace(/^\./, "goldenpath"), [target.types.replace(/^\.\/dist\/(.*)\.d\.ts$/, "./$1.ts")]]],
    ),
  );
}
