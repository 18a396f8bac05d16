import type { Document } from "./markdown";

/** What of a repository a command may name. */
export interface Known {
  /** Scripts of `package.json`. */
  readonly scripts: ReadonlySet<string>;
  /** Programs that `npx` finds without a download. */
  readonly programs: ReadonlySet<string>;
  /** What `npm pack` writes here, such as `goldenpath-1.2.3.tgz`. */
  readonly tarball: string;
  readonly exists: (path: string) => boolean;
}

/** Commands in code that this repository does not have: scripts of npm, programs of npx, files that a shell runs, packages of another version. */
export function unknownCommands(
  documents: readonly Document[],
  { scripts, programs, tarball, exists }: Known,
): string[] {
  return documents.flatMap((document) =>
    code(document).flatMap(({ text, line }) => {
      const found = (form: RegExp) => [...text.matchAll(form)].map(([, name = ""]) => name);
      return [
        ...found(/\bnpm run (?:--?[\w-]+ )*([\w:-]+)/g).filter((name) => !scripts.has(name)),
        ...found(/\bnpx (?:--?[\w-]+ )*([\w@/.-]+)/g).filter((name) => !programs.has(name)),
        ...found(/\bbash ([\w./-]+)/g).filter((path) => !exists(path)),
        ...found(/\b(goldenpath-\d[\w.-]*\.tgz)\b/g).filter((file) => file !== tarball),
      ].map((name) => `${document.file}:${line}: "${name}" is not there`);
    }),
  );
}

/** First names of paths that only this repository has. */
const OWN = /^(?:\.ci|__tests__|cli|constructs|docker|docs|environments|helm|scripts|stacks)\/[\w./-]*$/;

/** Paths in sentences, such as `constructs/model/workload.ts`, of which there is no file or folder. */
export function lostPaths(documents: readonly Document[], exists: (path: string) => boolean): string[] {
  return documents.flatMap(({ file, inlineCode }) =>
    inlineCode
      .filter(({ text }) => OWN.test(text) && !exists(text))
      .map(({ text, line }) => `${file}:${line}: there is no ${text}`),
  );
}

/** Documents that a source file names, such as `docs/operations/state.md`, and that are not there. */
export const lostDocuments = (file: string, text: string, exists: (path: string) => boolean): string[] =>
  [...text.matchAll(/(?<![\w/.-])docs\/[\w/-]+\.md\b/g)]
    .filter(([path]) => !exists(path))
    .map(([path]) => `${file}: there is no ${path}`);

const code = ({ fences, inlineCode }: Document) => [
  ...inlineCode,
  ...fences.flatMap(({ text, line }) => text.split("\n").map((each, index) => ({ text: each, line: line + index }))),
];
