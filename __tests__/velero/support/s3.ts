import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { guarded } from "../../cluster/support/guarded";
import { freePort, type Program, startProgram, waitUntil } from "../../real/support/program";
import { buildS3Server, s3Binary } from "../../real/support/servers/s3";

/** A store of objects on loopback, where a bucket is a folder. */
export interface Store {
  readonly url: string;
  readonly region: string;
  readonly bucket: string;
  /** Folder with the objects of the bucket. */
  readonly objects: string;
  /** What programs sign in with, as the SDK of AWS reads it. */
  readonly env: Readonly<Record<string, string>>;
  readonly program: Program;
}

const REGION = "eu-central-1";
const BUCKET = "velero";
/** Of this server alone, which ends with the tests. */
const ADMIN = { user: "copies", password: "copies-of-a-test" };

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    () => true,
    () => false,
  );

export async function startStore(folder: string, started: Program[]): Promise<Store> {
  buildS3Server();
  const objects = join(folder, "objects", BUCKET);
  mkdirSync(objects, { recursive: true });
  const address = `127.0.0.1:${await freePort()}`;
  const program = startProgram(guarded([s3Binary(), "posix", join(folder, "objects")]), {
    log: join(folder, "s3.log"),
    env: {
      ...{ VGW_PORT: address, VGW_REGION: REGION },
      ...{ ROOT_ACCESS_KEY_ID: ADMIN.user, ROOT_SECRET_ACCESS_KEY: ADMIN.password },
    },
  });
  started.push(program);
  const url = `http://${address}`;
  await waitUntil("the store answers", () => answers(url), { details: program.log });
  return {
    ...{ url, region: REGION, bucket: BUCKET, objects, program },
    env: { AWS_ACCESS_KEY_ID: ADMIN.user, AWS_SECRET_ACCESS_KEY: ADMIN.password, AWS_EC2_METADATA_DISABLED: "true" },
  };
}
