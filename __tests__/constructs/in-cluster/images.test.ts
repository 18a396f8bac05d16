import { readFileSync } from "node:fs";
import { join } from "node:path";
import { versionOf } from "../../../constructs/in-cluster/server-among";
import { NGINX_IMAGE } from "../../../constructs/kubernetes/php-fpm";
import { parseImage } from "../../../constructs/model/image";
import { MIRRORED } from "../../../constructs/model/registries";
import { RCLONE } from "../../../constructs/services/bucket/backups";
import { S3_SERVER } from "../../../constructs/services/bucket/versions";
import { MYSQL_CLIENTS } from "../../../constructs/services/mysql/backups";
import { MYSQL_USERS } from "../../../constructs/services/mysql/users";
import { MYSQL_VERSIONS } from "../../../constructs/services/mysql/versions";
import { RABBITMQ_USERS } from "../../../constructs/services/rabbitmq/users";
import { RABBITMQ_VERSIONS } from "../../../constructs/services/rabbitmq/versions";
import { VALKEY } from "../../../constructs/services/redis/versions";

const IMAGES = [
  ...[
    ...[MYSQL_CLIENTS, ...Object.values(MYSQL_VERSIONS), ...Object.values(RABBITMQ_VERSIONS)],
    ...[VALKEY, S3_SERVER, RCLONE],
  ].map(({ image }) => image),
  MYSQL_USERS.image,
  RABBITMQ_USERS.image,
  NGINX_IMAGE,
];

test("every image is pinned to a patch, and comes from a registry that can have a mirror", () => {
  for (const image of IMAGES) {
    expect(parseImage(image)?.tag).toMatch(/^v?\d+\.\d+\.\d+(-[a-z]+|-\d+\.\d+)?$/);
    expect(MIRRORED).toContain(image.split("/")[0]);
  }
});

test("every image has a digest, but for those whose digest nobody could prove", () => {
  expect(IMAGES.filter((image) => parseImage(image)?.digest === undefined)).toEqual([
    "docker.io/percona/percona-server:8.4.11-11.1",
    "docker.io/library/rabbitmq:4.2.8-management",
    "docker.io/rclone/rclone:1.76.0",
  ]);
});

test("the version that people read is the tag's, not the digest's", () => {
  expect(IMAGES.map(versionOf)).toEqual([
    "8.4.11",
    "8.4.11",
    "8.0.46",
    "4.2.8",
    "3.13.7",
    "8.1.10",
    "1.8.0",
    "1.76.0",
    "8.4.11",
    "8.16.0",
    "1.30.6",
  ]);
});

test("the S3 server is of the version that the tests with real servers compile", () => {
  expect(parseImage(S3_SERVER.image)?.tag).toBe(pinned("versitygw", "github.com/versity/versitygw"));
});

test("so is rclone", () => {
  expect(`v${parseImage(RCLONE.image)?.tag ?? ""}`).toBe(pinned("rclone", "github.com/rclone/rclone"));
});

/** Version of a module in what pins a program of those tests. */
function pinned(program: string, name: string): string | undefined {
  const module = readFileSync(join(__dirname, "../../real/support", program, "go.mod"), "utf8");
  return module
    .split("\n")
    .map((line) =>
      line
        .replace(/^require/, "")
        .trim()
        .split(" "),
    )
    .find(([found]) => found === name)?.[1];
}
