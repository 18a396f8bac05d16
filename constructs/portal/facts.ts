import type { PageFacts } from "../page/facts";
import type { Day } from "../services/pinned-version";

/** A file of the repository that a page is made of. */
export interface PortalFile {
  /** Path from the root of the repository: `api/openapi.yaml`. */
  readonly file: string;
  readonly text: string;
}

/** A file that describes what a workload answers. */
export interface PortalApi extends PortalFile {
  readonly type: "asyncapi" | "graphql" | "grpc" | "openapi";
}

/** Everything that the portal of a program is made of; nothing in it is from elsewhere. */
export interface PortalFacts {
  /** What people call it: `Acme platform`. */
  readonly title: string;
  readonly on: Day;
  /** The environments that it is of, in the program's order. */
  readonly environments: readonly PageFacts[];
  /** Names of the program's others. */
  readonly others: readonly string[];
  /** Runbooks as Markdown, by their paths: `staging/my-app/HighErrorRate.md`. */
  readonly runbooks: Readonly<Record<string, string>>;
  /** Files that describe APIs, by application and workload: `my-app/backend`. */
  readonly apis: Readonly<Record<string, PortalApi>>;
  /** What the code of a workload says of itself, as Markdown: its `README.md`. By application and workload. */
  readonly readmes: Readonly<Record<string, PortalFile>>;
  /** Addresses of code, by application and workload. */
  readonly sources: Readonly<Record<string, string>>;
}
