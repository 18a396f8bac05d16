import type { PinnedVersion } from "../services/pinned-version";

/**
 * What a version is a version of: a Helm chart by its name, an image by its repository, an argument of a Terraform resource, a
 * Terraform provider, a package of npm or Composer, or a program that runs this one.
 */
export type PinKind = "chart" | "image" | "argument" | "provider" | "package" | "program";

/** A version that something names, somewhere. */
export interface Pin {
  readonly kind: PinKind;
  /** `cert-manager`, `docker.io/library/mysql`, `aws_eks_cluster.version`, `aws`, `cdktf`, `node`. */
  readonly name: string;
  /** Its text, as somebody wrote it: `v1.21.1`, `MYSQL_8_4`, `>= 1.11.0`. */
  readonly version: string;
  /** Stack or file that names it. */
  readonly where: string;
}

/** The end of support of something that pins name. */
export interface Fact extends PinnedVersion {
  readonly kind: PinKind;
  /** Names that the pins may have: charts that are released together are one product. */
  readonly names: readonly string[];
}

/** Numbers of a version, whatever is around them: `8.4` of `MYSQL_8_4`, `1.11.0` of `>= 1.11.0`. */
export const numbersOf = (version: string): string =>
  /\d+(?:\.\d+)*/.exec(version.replace(/_(?=\d)/g, "."))?.[0] ?? version;

/** Stands in place of a line: whichever version it is. */
export const EVERY_VERSION = "of any version";

/** Whether a version is one of those that are supported together: `8.4.11` of the line `8.4`. */
export const isOfLine = (version: string, line: string): boolean =>
  line === EVERY_VERSION || `${numbersOf(version)}.`.startsWith(`${line}.`);

/** `library/mysql` of `docker.io/library/mysql`: a mirror has the same path, or a longer one that ends in it. */
const pathOf = (repository: string): string => repository.slice(repository.indexOf("/") + 1);

const isNamed = (pin: Pin, name: string): boolean =>
  pin.name === name || (pin.kind === "image" && `/${pin.name}`.endsWith(`/${pathOf(name)}`));

/** What is known of a pin. `undefined`: nothing is. */
export const factOf = (pin: Pin, facts: readonly Fact[]): Fact | undefined =>
  facts.find(
    ({ kind, names, version }) =>
      kind === pin.kind && names.some((name) => isNamed(pin, name)) && isOfLine(pin.version, version),
  );
