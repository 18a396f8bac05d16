import { chownSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Certificates } from "../certificates";
import { compile, compiled, type GoProgram } from "../go-program";
import type { Network } from "../network";
import { type Server, SERVER_USER, startServer } from "../server";

const PORT = 7070;
const REGION = "eu-central-1";

const ADMIN = { username: "s3-admin", password: "s3/admin+secret=40%" };

const VERSITYGW: GoProgram = { module: "versitygw", source: "github.com/versity/versitygw/cmd/versitygw" };

export const s3Binary = (): string => compiled(VERSITYGW);
export const buildS3Server = (): void => {
  compile(VERSITYGW);
};

export interface S3Server extends Server {
  readonly region: string;
  /** The content of an object, or `undefined`. */
  readonly object: (bucket: string, key: string) => string | undefined;
  /** Where an object is on the disk. */
  readonly file: (bucket: string, key: string) => string;
}

/** An S3 server that speaks TLS only, with these buckets: folders, in which objects are files. */
export async function startS3(
  folder: string,
  {
    network,
    certificates,
    buckets,
    versions = false,
  }: {
    readonly network: Network;
    readonly certificates: Certificates;
    readonly buckets: readonly string[];
    /** Whether it has a place for old versions, as in the cluster. @default false */
    readonly versions?: boolean;
  },
): Promise<S3Server> {
  const root = join(folder, "root");
  const old = join(folder, "versions");
  for (const path of [root, old, ...buckets.flatMap((name) => [join(root, name), join(old, name)])]) {
    mkdirSync(path, { recursive: true });
    chownSync(path, SERVER_USER, SERVER_USER);
  }
  const server = await startServer({
    network,
    command: [s3Binary(), "posix", ...(versions ? ["--versioning-dir", old] : []), root],
    env: {
      VGW_PORT: `127.0.0.1:${PORT}`,
      VGW_REGION: REGION,
      VGW_CERT: certificates.certificate,
      VGW_KEY: certificates.key,
      ROOT_ACCESS_KEY_ID: ADMIN.username,
      ROOT_SECRET_ACCESS_KEY: ADMIN.password,
    },
    log: join(folder, "s3.log"),
    ready: `:${PORT}`,
  });
  return {
    port: PORT,
    region: REGION,
    admin: ADMIN,
    log: server.log,
    stop: () => server.stop("SIGKILL"),
    file: (bucket, key) => join(root, bucket, key),
    object: (bucket, key) => {
      const path = join(root, bucket, key);
      return existsSync(path) ? readFileSync(path, "utf8") : undefined;
    },
  };
}
