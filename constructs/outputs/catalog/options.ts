/** What a program says of its catalog beside the model. Keys with a slash are an application and a name in it: `my-app/backend`. */
export interface CatalogOptions {
  /** Where the program is on GitHub. @default - entities lead to no code */
  readonly repository?: CatalogRepository;
  /**
   * Folders of code, by application and by the last part of an image's name: the `images` of the workflows are of this form. `.` is
   * all of the repository.
   * @default - none
   */
  readonly code?: Readonly<Record<string, Readonly<Record<string, { readonly folder: string }>>>>;
  /** Files and folders in which an application is written, from the root of the repository, by its name. @default - none */
  readonly written?: Readonly<Record<string, readonly string[]>>;
  /** Files that describe APIs, by workload. @default - what the model knows of each API, as text */
  readonly apis?: Readonly<Record<string, CatalogApi>>;
  /**
   * Folders with a `mkdocs.yml`, by application, from the folder of `catalog-info.yaml`: TechDocs shows what it lists. `.` is that
   * folder itself.
   * @default - Backstage shows no documents
   */
  readonly documents?: Readonly<Record<string, string>>;
  /** Types of components, by workload: `website`. @default - `service`, `worker`, `cron-job` or `release-job` */
  readonly types?: Readonly<Record<string, string>>;
  /**
   * Names of entities that are not made of the model's, by application, by application and name, or of a volume with that of its
   * workload between (`my-app/backend/uploads`): those that a catalog has already, and one of two that would meet. @default - `my-app`, `my-app-backend`
   */
  readonly names?: Readonly<Record<string, string>>;
  /** Who owns a domain, by its name. @default - the owner of its applications, where they have one */
  readonly domains?: Readonly<Record<string, CatalogDomain>>;
  /**
   * `elsewhere` where teams and people come from another source, such as GitHub or a directory: owners are then named, and no
   * entities of them are rendered. @default "rendered"
   */
  readonly teams?: "rendered" | "elsewhere";
  /** Renders a file CODEOWNERS from the same owners. @default - none */
  readonly codeowners?: CatalogCodeowners;
}

export interface CatalogRepository {
  /** `acme/platform` */
  readonly slug: string;
  /** @default "main" */
  readonly branch?: string;
}

/** A file that describes an API. */
export interface CatalogApi {
  readonly type: "asyncapi" | "graphql" | "grpc" | "openapi";
  /** Path from the folder of `catalog-info.yaml`: `api/openapi.yaml`. Backstage reads it when it reads the catalog. */
  readonly file: string;
}

export interface CatalogDomain {
  /** Name of a team. */
  readonly owner: string;
  /** @default - its name */
  readonly title?: string;
  /** @default - nothing is said */
  readonly description?: string;
}

export interface CatalogCodeowners {
  /** @default ".github/CODEOWNERS" */
  readonly file?: ".github/CODEOWNERS" | "CODEOWNERS";
  /** Rules that come first, and so count where no other does: `{ pattern: "*", owners: ["@acme/platform"] }`. @default - none */
  readonly first?: readonly CodeownerRule[];
  /** Rules that come last, and so count whatever the model says: `{ pattern: "/environments/policy.ts", owners: ["@acme/security"] }`. @default - none */
  readonly last?: readonly CodeownerRule[];
}

export interface CodeownerRule {
  readonly pattern: string;
  readonly owners: readonly string[];
}
