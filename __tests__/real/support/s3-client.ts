import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "./container";
import { inNetwork } from "./network";
import type { S3Server } from "./servers/s3";
import { HOST, type Site } from "./site";

const PROGRAM = join(__dirname, "s3-ask.mjs");

export interface S3Request {
  readonly method: "DELETE" | "GET" | "POST" | "PUT";
  /** `/uploads/a key`: as it is, and not as a URL has it. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
}

export interface S3Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Asks as a client of an application would, with the sign-in of the server. */
export async function askS3(site: Site, server: S3Server, requests: readonly S3Request[]): Promise<S3Answer[]> {
  const [file, ca] = [join(site.folder, "s3-requests.json"), join(site.folder, "s3-ca.pem")];
  writeFileSync(ca, site.certificates.bundle);
  const { username: id, password: secret } = server.admin;
  const told = requests.map(({ body, ...one }) => ({ ...one, body: body?.toString("base64") }));
  const endpoint = `https://localhost:${server.port}`;
  writeFileSync(file, JSON.stringify({ endpoint, region: server.region, id, secret, ca, requests: told }));
  const { code, output } = await run(inNetwork(site.network, [process.execPath, PROGRAM, file]), 60);
  if (code !== 0) throw new Error(`${HOST}: ${output}`);
  return (JSON.parse(output) as (Omit<S3Answer, "body"> & { readonly body: string })[]).map(({ body, ...one }) => ({
    ...one,
    body: Buffer.from(body, "base64"),
  }));
}
