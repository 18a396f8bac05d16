import type { ResolvedApplication, ResolvedService } from "../../../model/resolved";
import { isKnownService } from "../../../services/kinds";
import type { ConfigurationFolder } from "../configuration";
import { serverName } from "../names";
import { mysqlContainer } from "./mysql";
import { rabbitmqContainer } from "./rabbitmq";
import { redisContainer } from "./redis";
import { s3Container } from "./s3";
import type { LocalServer } from "./server";

export interface NamedServer extends LocalServer {
  /** Of the service in the application. */
  readonly name: string;
  /** Of the container. */
  readonly host: string;
}

/** The container of each data service. */
export const localServers = (application: ResolvedApplication, folder: ConfigurationFolder): NamedServer[] =>
  application.services.map((service) => {
    const host = serverName(service);
    return { name: service.name, host, ...localServer(service, host, folder) };
  });

function localServer(
  { name, service, isDefault }: ResolvedService,
  host: string,
  folder: ConfigurationFolder,
): LocalServer {
  if (!isKnownService(service)) throw new Error(`service ${name}: no container of Compose runs ${service.kind}`);
  const request = { host, name, alone: isDefault, folder };
  switch (service.kind) {
    case "mysql":
      return mysqlContainer({ ...request, spec: service.spec });
    case "redis":
      return redisContainer({ ...request, spec: service.spec });
    case "rabbitmq":
      return rabbitmqContainer({ ...request, spec: service.spec });
    case "bucket":
      return s3Container({ ...request, spec: service.spec });
  }
}
