export interface AnsibleOptions {
  /** Name of the application that is released. */
  readonly application: string;
  /** Folder that the files go to, from the root of the program. Nothing else may be in it. @default "ansible" */
  readonly folder?: string;
  /** Folder of the application's chart, from the root of the program. It is read where Helm releases. */
  readonly chart: string;
  /**
   * Addresses that have to answer with a success after a release by Helm, by environment. An empty list asks none.
   * @default - each host of a route, by HTTPS
   */
  readonly smoke?: Readonly<Record<string, readonly string[]>>;
  /**
   * Image with Python 3.11 or later and Helm that AWX's execution environment is made from: `registry.example.com/helm@sha256:…`. Needs an
   * environment that Helm releases. @default - no execution environment is rendered
   */
  readonly baseImage?: string;
}
