/** Folders that containers mount, from the folder of `compose.yaml`. The paths below it are this output's own. */
export interface ConfigurationFolder {
  /** nginx and the script that makes its certificate, which finds the names in `conf.d` beside it. */
  readonly front: string;
  readonly nginx: string;
  readonly certificate: string;
  /** What the containers of one kind of data service mount: `mysql`. */
  readonly service: (container: string) => string;
  /** What workloads mount, in a folder for each volume: `<workload>/<volume>`. */
  readonly mounts: string;
  /** What the profile `observability` reads. Nothing else is in it. */
  readonly observability: string;
}

export const configurationFolder = (root: string): ConfigurationFolder => ({
  front: `${root}/nginx`,
  nginx: `${root}/nginx/conf.d`,
  certificate: `${root}/nginx/ssl`,
  service: (container) => `${root}/${container}`,
  mounts: `${root}/mounts`,
  observability: `${root}/observability`,
});

/** @default of `ComposeInput.configuration` */
export const CONFIGURATION = "compose";
