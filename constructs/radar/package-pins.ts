import type { Pin } from "./pin";

/** What a `package.json` says of the versions that it needs. */
export interface PackageVersions {
  readonly engines?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/**
 * Packages that a package needs where it runs, and each version of Node.js that it works with.
 *
 * @param where the file, or whose it is
 */
export function packagePins({ engines = {}, dependencies, peerDependencies }: PackageVersions, where: string): Pin[] {
  const lines = (engines.node ?? "").split("||").map((range) => range.trim());
  return [
    ...lines.filter((range) => range !== "").map((version): Pin => ({ kind: "program", name: "node", version, where })),
    ...Object.entries({ ...peerDependencies, ...dependencies }).map(([name, version]): Pin => ({
      kind: "package",
      name,
      version,
      where,
    })),
  ];
}
