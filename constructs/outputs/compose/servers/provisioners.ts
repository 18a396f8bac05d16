import { refuseTogether } from "../../../model/problem";
import type { ResolvedApplication, ResolvedService } from "../../../model/resolved";
import { provisionerTable } from "../../../services/provisioner-table";
import type { ConfigurationFolder } from "../configuration";
import { bucketInCompose } from "./bucket";
import { mysqlInCompose } from "./mysql";
import { rabbitmqInCompose } from "./rabbitmq";
import { redisInCompose } from "./redis";
import type { LocalServer } from "./server";

/** What runs the data services of local development. */
export const COMPOSE = provisionerTable(
  "compose",
  {
    mysql: mysqlInCompose,
    redis: redisInCompose,
    rabbitmq: rabbitmqInCompose,
    bucket: bucketInCompose,
  },
  { describe: { container: "string" }, provide: { service: "object", connection: "object", secrets: "object" } },
);

export interface NamedServer extends LocalServer {
  /** Name of the service in the application. */
  readonly name: string;
  /** Name of the container. */
  readonly host: string;
}

/** The name of a data service's container: its kind's for the default one, or its own. A volume's name begins with it. */
export const serverName = ({ isDefault, ...service }: ResolvedService): string =>
  isDefault ? COMPOSE.get(service).describe(service).container : service.name;

/** The container of each data service. */
export const localServers = (application: ResolvedApplication, folder: ConfigurationFolder): NamedServer[] =>
  refuseTogether(application.services, (resolved) => {
    const { name, service, sizing, isDefault } = resolved;
    const host = serverName(resolved);
    const request = { application: application.name, name, service, sizing, host, alone: isDefault, folder };
    return { name, host, ...COMPOSE.get(resolved).provide(request) };
  });
