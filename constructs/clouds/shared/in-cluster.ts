import type { Construct } from "constructs";
import { mysqlServer } from "../../kubernetes/in-cluster/mysql";
import { rabbitmqCluster } from "../../kubernetes/in-cluster/rabbitmq";
import { redisServer, USERNAME } from "../../kubernetes/in-cluster/redis";
import { s3Server } from "../../kubernetes/in-cluster/s3-server";
import type { InClusterForm, InClusterFormWithUsers, InClusterRequest } from "../../kubernetes/in-cluster/form";
import { ADMINISTRATOR as MYSQL_ADMINISTRATOR } from "../../kubernetes/in-cluster/mysql";
import { ADMINISTRATOR as RABBITMQ_ADMINISTRATOR } from "../../kubernetes/in-cluster/rabbitmq";
import type { PartSource } from "../../model/connection";
import type { AnyService } from "../../services/kinds";
import type { ProvidedService, ServiceWish } from "./service";
import { createUsers, type PasswordMaker } from "./users";

/** What S3 clients are told where there is no region. Every name does, if the server has the same. */
const REGION = "us-east-1";

/**
 * A service as pods of the application's namespace. The cloud does for it what it does for services of its own: it makes
 * passwords, and keeps them where they are in no plan and no state.
 */
export function provideInCluster(
  scope: Construct,
  wish: ServiceWish<AnyService>,
  cells: { passwords(wish: ServiceWish<AnyService>): PasswordMaker },
): ProvidedService<never> {
  const { name, resolved, service, sizing, workloads } = wish;
  const request: InClusterRequest = { application: resolved, service: name, workloads, sizing };
  const generate = cells.passwords(wish);
  const one = (username: string, generation: number): PartSource => {
    const description = `User ${username} of service ${name} of ${wish.application} in ${wish.environment}`;
    return generate(scope, { username, description, generation });
  };
  switch (service.kind) {
    case "mysql": {
      const password = one(MYSQL_ADMINISTRATOR, FIRST);
      return withUsers(scope, wish, mysqlServer({ ...request, ...service.spec, password }), generate);
    }
    case "rabbitmq": {
      const password = one(RABBITMQ_ADMINISTRATOR, FIRST);
      return withUsers(scope, wish, rabbitmqCluster({ ...request, ...service.spec, password }), generate);
    }
    case "redis":
      return shared(redisServer({ ...request, ...service.spec, password: one(USERNAME, sizing.passwords) }));
    case "bucket":
      return shared(
        s3Server({
          ...request,
          bucket: name,
          region: REGION,
          accessKeyId: { value: name },
          secretAccessKey: one(name, sizing.passwords),
          backend: { posix: service.spec },
        }),
      );
  }
}

/** Servers take the administrator's password when they make their first files: another one would only lock him out. */
const FIRST = 1;

function withUsers(
  scope: Construct,
  wish: ServiceWish<AnyService>,
  { administrator, connection, objects }: InClusterFormWithUsers,
  generate: PasswordMaker,
): ProvidedService<never> {
  return { ...createUsers(scope, wish, { administrator, shared: connection }, generate), objects, grants: [] };
}

function shared({ connection, objects }: InClusterForm): ProvidedService<never> {
  return { connection: () => connection, objects, grants: [] };
}
