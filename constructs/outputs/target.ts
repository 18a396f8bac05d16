import { posix } from "node:path";
import { InvalidInput, oneOf, type Path, type Problem } from "../model/problem";
import { refers } from "../rendering/placeholder";
import type { RenderedEnvironment } from "../rendering/rendered-environment";
import type { Deployment, Files, Output, OutputAddress, OutputPart } from "./output";

/** What a program says of an output that it has rendered. */
export interface TargetProps<Options> {
  readonly options: Options;
  /** Names of the environments it is for. @default - all of them */
  readonly environments?: readonly string[];
  /** Folder that the files go to, from the root of the program. @default "." */
  readonly folder?: string;
  /**
   * Folders, from the root, with nothing in them but what this target renders: anything else there is stale, and is
   * removed. @default - none
   */
  readonly owned?: readonly string[];
}

/** An output with its options: something that a program renders and keeps. Made by `target`. */
export interface OutputTarget extends Pick<TargetProps<unknown>, "environments" | "owned"> {
  /** Name of the output. */
  readonly name: string;
  /** What the program says of it, for other outputs that say the same: the portal is of the catalog's APIs. */
  readonly options: unknown;
  /** Folder that its files go to, from the root. */
  readonly folder: string;
  /** Folders, from the root, in which only this output has files, if it has any, and files that are its alone. */
  readonly cleared: readonly string[];
  /** Files by their paths from the root. */
  files(environments: readonly RenderedEnvironment[]): Files;
  /** Where elements are in them: `addresses` of the output. */
  addresses(environments: readonly RenderedEnvironment[]): readonly OutputAddress[];
  /** Environments that jobs of it deploy, of those that it is for: `deployments` of the output. */
  deployments(environments: readonly RenderedEnvironment[]): readonly Deployment[];
  /** Parts of one of its files, by its path from the root: `parts` of the output. */
  parts(file: string, text: string): readonly OutputPart[];
}

/** A file that was rendered, and by which target. */
export interface RenderedFile {
  readonly target: OutputTarget;
  /** Path from the root. */
  readonly file: string;
  readonly text: string;
}

/** Ties an output, of this package or of anybody's, to the options it has in a program. */
export const target = <Options>(output: Output<Options>, props: TargetProps<Options>): OutputTarget => ({
  name: output.name,
  options: props.options,
  folder: posix.normalize(props.folder ?? "."),
  environments: props.environments,
  owned: props.owned,
  cleared: (output.owned?.(props.options) ?? []).map((folder) => posix.join(props.folder ?? ".", folder)),
  addresses: (environments) => output.addresses?.(environments, props.options) ?? [],
  deployments: (environments) =>
    output.deployments?.(
      environments.filter(({ name }) => props.environments?.includes(name) ?? true),
      props.options,
    ) ?? [],
  parts: (file, text) => output.parts?.(posix.relative(props.folder ?? ".", file), text) ?? [{ called: "file", text }],
  files: (environments) =>
    Object.fromEntries(
      Object.entries(output.render(environments, props.options)).map(([file, text]) => [
        posix.join(props.folder ?? ".", file),
        text,
      ]),
    ),
});

const problem = (path: Path, rest: Pick<Problem, "got" | "why" | "fix">): Problem => ({
  path: ["outputs", ...path],
  ...rest,
});

const twice = (file: string, name: string, other: string): Problem =>
  problem([name, file], { why: `rendered by ${other} too`, fix: "give one of the two another folder" });

/** What is stale in an owned folder is removed, so it may hold nothing else. */
const OWNED = "everything in it that nothing renders would be removed";

const isOutside = (file: string): boolean => posix.isAbsolute(file) || file === ".." || file.startsWith("../");

const isBelow = (file: string, folder: string): boolean =>
  file.startsWith(`${posix.normalize(folder).replace(/\/$/, "")}/`);

/** The texts of what was rendered, by their paths. */
export const filesOf = (rendered: readonly RenderedFile[]): Files =>
  Object.fromEntries(rendered.map(({ file, text }) => [file, text]));

/** All targets rendered, each for the environments that it names: as `renderEach`, by their paths. */
export const renderTargets = (environments: readonly RenderedEnvironment[], targets: readonly OutputTarget[]): Files =>
  filesOf(renderEach(environments, targets));

/**
 * All targets rendered, each for the environments that it names.
 *
 * @throws InvalidInput with every problem: an environment that is not there, a file that two render, a file or an owned folder outside of the
 * root, and a text with what only Terraform knows
 */
export function renderEach(
  environments: readonly RenderedEnvironment[],
  targets: readonly OutputTarget[],
): readonly RenderedFile[] {
  const names = environments.map(({ name }) => name);
  const wrong = targets.flatMap(({ name, environments: asked = [], owned = [] }) => [
    ...asked
      .filter((environment) => !names.includes(environment))
      .map((got) => problem([name, "environments"], { got, fix: `use ${oneOf(names)}` })),
    ...owned
      .filter((folder) => isOutside(posix.normalize(folder)) || posix.normalize(folder) === ".")
      .map((got) => problem([name, "owned"], { got, why: OWNED, fix: "name a folder in the program's folder" })),
  ]);
  if (wrong.length > 0) throw new InvalidInput(wrong);
  const rendered = targets.flatMap((one) => {
    const { environments: asked = names } = one;
    const files = one.files(environments.filter(({ name }) => asked.includes(name)));
    return Object.entries(files).map(([file, text]) => ({ target: one, file, text }));
  });
  const owners = new Map<string, string>();
  const unused = targets.flatMap(({ name, owned = [] }) =>
    owned
      .filter((folder) => !rendered.some((one) => one.target.name === name && isBelow(one.file, folder)))
      .map((got) => problem([name, "owned"], { got, why: "nothing is rendered there", fix: "name where files go" })),
  );
  const problems = rendered.flatMap(({ target: { name }, file, text }) => {
    const other = owners.get(file);
    owners.set(file, name);
    return [...(other === undefined ? [] : [twice(file, name, other)]), ...problemsOf(name, file, text)];
  });
  if (unused.length + problems.length > 0) throw new InvalidInput([...unused, ...problems]);
  return rendered;
}

function problemsOf(name: string, file: string, text: string): Problem[] {
  return [
    ...(isOutside(file)
      ? [problem([name, file], { why: "is outside of the program's folder", fix: "name a folder in it" })]
      : []),
    ...(refers(text)
      ? [
          problem([name, file], {
            why: "has a value that only Terraform knows",
            fix: "render what needs no such value",
          }),
        ]
      : []),
  ];
}
