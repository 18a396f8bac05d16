import type { InClusterForm, InClusterFormWithUsers, InClusterRequest } from "../../in-cluster/form";
import { ADMINISTRATOR as MYSQL_ADMINISTRATOR, mysqlServer } from "../../in-cluster/mysql";
import { ADMINISTRATOR as RABBITMQ_ADMINISTRATOR, rabbitmqCluster } from "../../in-cluster/rabbitmq";
import { redisServer, USERNAME } from "../../in-cluster/redis";
import { S3_REGION } from "../../in-cluster/s3-names";
import { s3Server } from "../../in-cluster/s3-server";
import type { PartSource } from "../../model/connection";
import type { AnyService } from "../../services/kinds";
import { CONFIGURED_BY_FILE, mysqlParameters } from "../../services/mysql/parameters";

/** A service as it runs in the cluster. `password` is that of `firstUser`. */
export function inClusterForm(
  request: InClusterRequest,
  service: AnyService,
  password: PartSource,
): InClusterForm | InClusterFormWithUsers {
  switch (service.kind) {
    case "mysql":
      return mysqlServer({ ...request, ...service.spec, password, settings: mysqlParameters(CONFIGURED_BY_FILE) });
    case "redis":
      return redisServer({ ...request, ...service.spec, password });
    case "rabbitmq":
      return rabbitmqCluster({ ...request, ...service.spec, password });
    case "bucket":
      return s3Server({
        ...request,
        bucket: request.service,
        region: S3_REGION,
        accessKeyId: { value: firstUser(request, service) },
        secretAccessKey: password,
        backend: { posix: service.spec },
      });
  }
}

/** Whom a server knows from the start: its administrator, or the one user whom all workloads share. */
export function firstUser(request: Pick<InClusterRequest, "service">, { kind }: AnyService): string {
  switch (kind) {
    case "mysql":
      return MYSQL_ADMINISTRATOR;
    case "redis":
      return USERNAME;
    case "rabbitmq":
      return RABBITMQ_ADMINISTRATOR;
    case "bucket":
      return request.service;
  }
}
