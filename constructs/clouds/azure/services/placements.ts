import type { Lacks } from "../../../model/environment";
import type { Placements } from "./managed";

/**
 * Who can run each kind of service here, the default first. A managed bucket is Blob storage with a gateway in the cluster
 * that speaks S3; RabbitMQ is not to be had from Azure.
 */
export const placements: Placements = {
  mysql: ["managed", "in-cluster"],
  redis: ["managed", "in-cluster"],
  rabbitmq: ["in-cluster"],
  bucket: ["managed", "in-cluster"],
};

/** What is ignored of a managed service's sizing. */
export const lacks: Lacks = {
  redis: { backupDays: "Azure Managed Redis keeps the last copy alone, to restart from" },
};
