/*
 * Images of ours in more than one place. Digests are of the indexes of all platforms, as two independent sources wrote them
 * down: no registry was asked from here.
 */

/** The server in the cluster, and the client that makes its users. */
export const MYSQL_8_4_IMAGE =
  "docker.io/library/mysql:8.4.11@sha256:85b9bf2e29cf836ecb8c2a15a935d4ba0c606631dff1dd79531a11983c638f2a";

/** A shell with curl: for the users of RabbitMQ, and for old versions of objects. */
export const CURL_IMAGE =
  "docker.io/curlimages/curl:8.16.0@sha256:463eaf6072688fe96ac64fa623fe73e1dbe25d8ad6c34404a669ad3ce1f104b6";
