import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  MYSQL_IMAGES,
  RABBITMQ_IMAGES,
  S3_SERVER_IMAGE,
  VALKEY_IMAGE,
} from "../../../../constructs/kubernetes/in-cluster/images";

test("every image is pinned to a patch", () => {
  const images = [...Object.values(MYSQL_IMAGES), ...Object.values(RABBITMQ_IMAGES), VALKEY_IMAGE, S3_SERVER_IMAGE];
  for (const image of images) expect(image).toMatch(/:v?\d+\.\d+\.\d+(-[a-z]+)?$/);
});

test("the S3 server is of the version that the tests with real servers compile", () => {
  const module = readFileSync(join(__dirname, "../../../real/support/versitygw/go.mod"), "utf8");
  const pinned = /github\.com\/versity\/versitygw (v\S+)/.exec(module)?.[1];
  expect(S3_SERVER_IMAGE.split(":")[1]).toBe(pinned);
});
