import { posix } from "node:path";
import type { Build, ComposeService, Value } from "./document";

/** The code of a workload, to be built and worked on. All paths are from the repository's root, without `./`. */
export interface Source {
  /** Folder of the code, which is what the image is built from. */
  readonly folder: string;
  readonly dockerfile: string;
  /** Stage of the Dockerfile. */
  readonly target: string;
  /** Further folders of the Dockerfile, by the names it has for them. @default - none */
  readonly contexts?: Readonly<Record<string, string>>;
  /** Arguments of the Dockerfile; what is of each developer is a variable of theirs. @default - its own */
  readonly args?: Readonly<Record<string, Value>>;
  /** Where the code is in the container. */
  readonly mountPath: string;
  /** Installed packages, which the image brings and the folder of the code does not: kept in a volume. */
  readonly packages: { readonly path: string; readonly volume: string };
}

export const buildOf = ({ folder, dockerfile, target, contexts = {}, args = {} }: Source): Build => ({
  context: `./${folder}`,
  dockerfile: posix.relative(folder, dockerfile),
  target,
  ...(Object.keys(contexts).length > 0 && {
    additional_contexts: Object.fromEntries(Object.entries(contexts).map(([name, path]) => [name, `./${path}`])),
  }),
  ...(Object.keys(args).length > 0 && { args }),
});

export const mountsOf = ({ folder, mountPath, packages }: Source): NonNullable<ComposeService["volumes"]> => [
  `./${folder}:${mountPath}`,
  `${packages.volume}:${packages.path}`,
];
