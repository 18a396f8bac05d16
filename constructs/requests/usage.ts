import type { PlatformEnvironment } from "../environment";
import { parseBytes } from "../model/quantity";
import type { ResolvedApplication, ResolvedService } from "../model/resolved";
import type { ServiceCategory } from "../model/service";

/** What a quota may count, of all applications of a team in all environments. */
export interface Usage {
  readonly databases: number;
  readonly caches: number;
  readonly queues: number;
  readonly buckets: number;
  readonly domains: number;
  /** Environments that run an application of the team. */
  readonly environments: number;
  /** Servers of data services, standbys included. */
  readonly servers: number;
  /** Disks of data services in GiB, those of standbys included. */
  readonly storageGib: number;
}

/** What is counted, in words. */
export const COUNTED: Readonly<Record<keyof Usage, string>> = {
  databases: "databases",
  caches: "caches",
  queues: "queues",
  buckets: "buckets",
  domains: "domains",
  environments: "environments",
  servers: "servers of data services",
  storageGib: "GiB of disks of data services",
};

const CATEGORIES: Readonly<Record<ServiceCategory, "buckets" | "caches" | "databases" | "queues">> = {
  bucket: "buckets",
  database: "databases",
  queue: "queues",
  cache: "caches",
};

const GIB = 2 ** 30;

export function usageOf(environments: readonly PlatformEnvironment[], owner: string): Usage {
  const used = {
    databases: 0,
    caches: 0,
    queues: 0,
    buckets: 0,
    domains: 0,
    environments: 0,
    servers: 0,
    storageGib: 0,
  };
  for (const environment of environments) {
    const applications = environment.applications.filter((one) => one.owner === owner);
    if (applications.length > 0) used.environments += 1;
    for (const application of applications) {
      used.domains += new Set(application.routes.map(({ host }) => host)).size;
      for (const service of application.services.filter(isOwn)) add(used, environment, application, service);
    }
  }
  return used;
}

function isOwn({ sizing }: ResolvedService): boolean {
  return sizing.placement !== "external";
}

function add(
  used: { -readonly [K in keyof Usage]: number },
  { cloud }: PlatformEnvironment,
  application: ResolvedApplication,
  service: ResolvedService,
): void {
  const { category } = service.service;
  if (category !== undefined) used[CATEGORIES[category]] += 1;
  const { compute, disk } = cloud.describeService(application, service);
  const nodes = compute?.nodes ?? 0;
  used.servers += nodes;
  const bytes = disk === undefined ? undefined : parseBytes(service.sizing.storage);
  used.storageGib += ((bytes ?? 0) / GIB) * Math.max(1, nodes);
}
