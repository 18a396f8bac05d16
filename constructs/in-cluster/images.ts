import { MYSQL_8_4_IMAGE } from "../model/own-images";
import type { MysqlRequest } from "./mysql";
import type { RabbitmqRequest } from "./rabbitmq";

/*
 * What runs a data service wherever nobody else does: in the cluster, and in local development. All are the projects' own
 * images. Of digests `own-images.ts` says where they are from.
 */

/** The image of 8.0 is the last there will be: nobody mends it any more. */
export const MYSQL_IMAGES: Readonly<Record<MysqlRequest["version"], string>> = {
  "8.4": MYSQL_8_4_IMAGE,
  "8.0": "docker.io/library/mysql:8.0.46@sha256:7dcddc01f13bab2f15cde676d44d01f61fc9f99fe7785e86196dfc07d358ae2b",
};

/** The same minor version as ElastiCache has. */
export const VALKEY_IMAGE =
  "docker.io/valkey/valkey:8.1.10@sha256:640c5e62cea04b6d6f2084232651d0cc70362d31f4f805e7be94dbed6855e8f2";

/**
 * The image of 3.13 is the last there will be: its community support is over. That of 4.2 has no digest yet, as only one
 * source names one.
 */
export const RABBITMQ_IMAGES: Readonly<Record<RabbitmqRequest["version"], string>> = {
  "4.2": "docker.io/library/rabbitmq:4.2.8-management",
  "3.13":
    "docker.io/library/rabbitmq:3.13.7-management@sha256:e582c0bc7766f3342496d8485efb5a1df782b5ce3886ad017e2eaae442311f69",
};

/** Apache-2.0; this version was read for what is said here of its settings, and is the one that tests run. */
export const S3_SERVER_IMAGE =
  "ghcr.io/versity/versitygw:v1.8.0@sha256:30292fc2eeacc67a36993b01f7a7a5e3361a19cced0e80c1d71cfa2a4b0a2499";
