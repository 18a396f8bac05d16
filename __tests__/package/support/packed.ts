import { readFileSync } from "node:fs";
import { join } from "node:path";

/** This repository. */
export const ROOT = join(__dirname, "..", "..", "..");

/** Says where the packed package is, from the set-up of the suite to its tests. */
export const VARIABLE = "GOLDENPATH_PACKED";

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

/** Folder with the package as `npm pack` made it: the tarball, npm's list of its files, and `package/`, its content. */
export function packedIn(): string {
  const folder = process.env[VARIABLE];
  if (folder === undefined) throw new Error("nothing is packed; run it in the project package: npm run test:package");
  return folder;
}

/** The package as npm would get it from a registry. */
export function tarball(): string {
  const [packed] = JSON.parse(readFileSync(join(packedIn(), "packed.json"), "utf8")) as readonly Packed[];
  return join(packedIn(), packed?.filename ?? "");
}

export const packedFiles = (): string[] =>
  (JSON.parse(readFileSync(join(packedIn(), "packed.json"), "utf8")) as readonly Packed[])
    .flatMap(({ files }) => files)
    .map(({ path }) => path);

export interface Manifest {
  readonly main: string;
  readonly types: string;
  readonly bin?: Readonly<Record<string, string>> | string;
  readonly typesVersions: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  readonly exports: Readonly<Record<string, Readonly<Record<"types" | "default", string>> | string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta: Readonly<Record<string, { readonly optional: boolean }>>;
}

export const readManifest = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
