import type { MysqlRequest } from "./mysql";
import type { RabbitmqRequest } from "./rabbitmq";

/*
 * What runs a data service wherever nobody else does: in the cluster, and in local development. All are the projects' own
 * images.
 */

/** The image of 8.0 is the last there will be: nobody mends it any more. */
export const MYSQL_IMAGES: Readonly<Record<MysqlRequest["version"], string>> = {
  "8.4": "docker.io/library/mysql:8.4.11",
  "8.0": "docker.io/library/mysql:8.0.46",
};

/** The same minor version as ElastiCache has. */
export const VALKEY_IMAGE = "docker.io/valkey/valkey:8.1.10";

/** The image of 3.13 is the last there will be: its community support is over. */
export const RABBITMQ_IMAGES: Readonly<Record<RabbitmqRequest["version"], string>> = {
  "4.2": "docker.io/library/rabbitmq:4.2.8-management",
  "3.13": "docker.io/library/rabbitmq:3.13.7-management",
};

/** Apache-2.0; this version was read for what is said here of its settings, and is the one that tests run. */
export const S3_SERVER_IMAGE = "ghcr.io/versity/versitygw:v1.8.0";
