import { poolConfig } from "../../kubernetes/fpm-pool";
import { InvalidInput } from "../../model/problem";
import { httpPort, type ResolvedApplication, type ResolvedPhpFpm } from "../../model/resolved";
import { placedIn, type RenderedEnvironment } from "../../rendering/rendered-environment";
import type { Files, Output } from "../output";
import { composeAddresses } from "./addresses";
import { IGNORED, MAKE_CERTIFICATE, makeCertificate } from "./certificate";
import { composeDocument, type ComposeInput, localApplication } from "./compose";
import { CONFIGURATION, configurationFolder } from "./configuration";
import { mountedFiles } from "./mounts";
import { composeNginx } from "./nginx";
import { profileFiles } from "./observability/files";
import { checkObservability } from "./observability/options";
import { profile } from "./observability/profile";
import { composeFileParts } from "./parts-of-files";
import { localServers } from "./servers/provisioners";
import { composeText } from "./text";

export interface ComposeOptions extends Pick<ComposeInput, "sources" | "configuration" | "observability"> {
  /** Name of the application, which one of the environments has. */
  readonly application: string;
  /**
   * Files of PHP-FPM's pool, by the names of workloads, for the Dockerfiles that copy them. From the folder of
   * `compose.yaml`, without `./`. @default - none
   */
  readonly pools?: Readonly<Record<string, string>>;
}

/** An application on a developer's machine: `compose.yaml`, and the files that its containers mount. */
export const compose: Output<ComposeOptions> = {
  name: "compose",
  description: "a Compose file of an application for local development, with the configuration of its containers",
  owned: ({ configuration = CONFIGURATION }) => [configurationFolder(configuration).observability],
  parts: composeFileParts,
  addresses: (environments, options) => {
    const application = onlyOne(environments, options.application);
    return composeAddresses(application, measuringNames(application, options));
  },
  render: (environments, options) => {
    const application = onlyOne(environments, options.application);
    return {
      "compose.yaml": composeText(composeDocument({ ...options, application })),
      ...observabilityFiles(application, options),
      ...mounted(application, options.configuration ?? CONFIGURATION),
      ...poolFiles(application, options.pools ?? {}),
    };
  },
};

function measuringNames(
  application: ResolvedApplication,
  { observability = "off", configuration = CONFIGURATION }: ComposeOptions,
): string[] {
  if (observability === "off") return [];
  const folder = configurationFolder(configuration);
  return Object.keys(profile({ application, servers: localServers(application, folder), folder }).services);
}

function observabilityFiles(
  application: ResolvedApplication,
  { observability = "off", configuration = CONFIGURATION }: ComposeOptions,
): Files {
  if (observability === "off") return {};
  checkObservability(observability);
  const local = localApplication(application, observability);
  return profileFiles({ application: local, folder: configurationFolder(configuration), observability });
}

/** A machine has one of each application. */
function onlyOne(environments: readonly RenderedEnvironment[], name: string): ResolvedApplication {
  const [{ application }, ...others] = placedIn(environments, name, ["compose", "application"]);
  if (others.length === 0) return application;
  const names = [application, ...others.map((one) => one.application)].map(({ environment }) => environment);
  const fix = "name one environment of the target";
  throw new InvalidInput([{ path: ["compose", "environments"], got: names, why: "are several", fix }]);
}

/** What containers mount, where the application has such containers. */
function mounted(application: ResolvedApplication, configuration: string): Files {
  const folder = configurationFolder(configuration);
  const { routes, workloads } = application;
  return {
    ...Object.fromEntries(localServers(application, folder).flatMap(({ files = {} }) => Object.entries(files))),
    ...(workloads.some((workload) => httpPort(workload) !== undefined) && {
      [`${folder.nginx}/default.conf`]: composeNginx(application),
    }),
    ...mountedFiles(workloads, folder),
    ...(routes.length > 0 && {
      [`${folder.certificate}/${MAKE_CERTIFICATE}`]: makeCertificate(),
      [`${folder.certificate}/.gitignore`]: IGNORED,
    }),
  };
}

const POOL = "; Rendered from the model; what is written here by hand is overwritten.\n";

function poolFiles({ name, workloads }: ResolvedApplication, pools: NonNullable<ComposeOptions["pools"]>): Files {
  const pooled = workloads.filter((workload): workload is ResolvedPhpFpm => workload.kind === "php-fpm");
  const fix = `use the name of a workload of ${name} that is PHP-FPM`;
  const problems = Object.keys(pools)
    .filter((pool) => !pooled.some((workload) => workload.name === pool))
    .map((pool) => ({ path: ["compose", "pools", pool], why: "no such workload", fix }));
  if (problems.length > 0) throw new InvalidInput(problems);
  return Object.fromEntries(
    pooled.flatMap((workload): [string, string][] => {
      const file = pools[workload.name];
      return file === undefined ? [] : [[file, POOL + poolConfig(workload)]];
    }),
  );
}
