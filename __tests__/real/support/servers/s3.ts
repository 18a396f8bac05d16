import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import type { Certificates } from "../certificates";
import type { Network } from "../network";
import { type Server, SERVER_USER, startServer } from "../server";

const PORT = 7070;
const REGION = "eu-central-1";

const ADMIN = { username: "s3-admin", password: "s3/admin+secret=40%" };

const MODULE = join(__dirname, "..", "versitygw");
const CACHE = join(__dirname, "..", "..", "..", "..", ".cache");

/** Another pin is another file. */
export function s3Binary(): string {
  const pins = ["go.mod", "go.sum"].map((file) => readFileSync(join(MODULE, file)));
  const hash = createHash("sha256").update(Buffer.concat(pins)).digest("hex").slice(0, 16);
  return join(CACHE, `versitygw-${hash}`);
}

/** Compiles the S3 server at its pinned version: a minute of computing where Go has compiled none of it before. */
export function buildS3Server(): void {
  const file = s3Binary();
  if (existsSync(file)) return;
  mkdirSync(CACHE, { recursive: true });
  const env = { ...process.env, GOFLAGS: "", GOTOOLCHAIN: "local", CGO_ENABLED: "0" };
  const flags = ["-mod=readonly", "-trimpath", "-buildvcs=false", "-ldflags=-s -w"];
  // In its place when it is complete: another run may be waiting for it.
  const temporary = `${file}.${process.pid}`;
  execFileSync("go", ["build", ...flags, "-o", temporary, "github.com/versity/versitygw/cmd/versitygw"], {
    cwd: MODULE,
    env,
    stdio: "pipe",
  });
  renameSync(temporary, file);
}

export interface S3Server extends Server {
  readonly region: string;
  /** The content of an object, or `undefined`. */
  readonly object: (bucket: string, key: string) => string | undefined;
}

/** An S3 server that speaks TLS only, with these buckets: folders, in which objects are files. */
export async function startS3(
  folder: string,
  {
    network,
    certificates,
    buckets,
  }: { readonly network: Network; readonly certificates: Certificates; readonly buckets: readonly string[] },
): Promise<S3Server> {
  const root = join(folder, "root");
  for (const path of [root, ...buckets.map((name) => join(root, name))]) {
    mkdirSync(path, { recursive: true });
    chownSync(path, SERVER_USER, SERVER_USER);
  }
  const server = await startServer({
    network,
    command: [s3Binary(), "posix", root],
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
    object: (bucket, key) => {
      const path = join(root, bucket, key);
      return existsSync(path) ? readFileSync(path, "utf8") : undefined;
    },
  };
}
