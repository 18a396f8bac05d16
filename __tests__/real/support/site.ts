import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Certificates, makeCertificates } from "./certificates";
import type { Mount } from "./container";
import { type Network, startNetwork } from "./network";

/** The servers' name in their certificate. */
export const HOST = "data.example.internal";
/** Another name of the same address, for which they have no certificate. */
export const OTHER_HOST = "other.example.internal";

/** Where servers and pods meet: a network with names, and certificates. */
export interface Site {
  readonly folder: string;
  readonly network: Network;
  readonly certificates: Certificates;
  /** The names, as the kubelet mounts them into each container. */
  readonly hosts: Mount;
  /** Leaves it to the site to stop something. */
  readonly add: <T extends { readonly stop: () => Promise<void> }>(started: T) => T;
  /** Ends everything that was started, and removes every file. */
  readonly stop: () => Promise<void>;
}

/** A site for the tests of one file. `prepare` starts its servers. */
export function useSite(prepare: (site: Site) => Promise<void>): () => Site {
  let site: Site | undefined;
  beforeAll(async () => {
    site = await startSite();
    await prepare(site);
  }, 120_000);
  afterAll(() => site?.stop());
  return () => {
    if (site === undefined) throw new Error("no site before the tests");
    return site;
  };
}

async function startSite(): Promise<Site> {
  const folder = mkdtempSync(join(tmpdir(), "goldenpath-site-"));
  chmodSync(folder, 0o755);
  const hosts = join(folder, "hosts");
  writeFileSync(hosts, `127.0.0.1 localhost ${HOST} ${OTHER_HOST}\n`);
  const certificates = makeCertificates(join(folder, "tls"), ["localhost", HOST]);
  const network = await startNetwork(join(folder, "network.log"));
  const started: { readonly stop: () => Promise<void> }[] = [network];
  return {
    folder,
    network,
    certificates,
    hosts: { path: "/etc/hosts", source: hosts, readOnly: true },
    add: (one) => {
      started.push(one);
      return one;
    },
    stop: async () => {
      await Promise.all(started.map((one) => one.stop()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
