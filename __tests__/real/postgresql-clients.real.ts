import { join } from "node:path";
import { postgresql } from "../../constructs/kinds/postgresql";
import { find } from "../support/resolved";
import type { Result } from "./support/container";
import { nodeClients, phpClients, postgresqlImage, trusting } from "./support/images";
import { runPod, type RunPod } from "./support/run-pod";
import { type Postgresql, startPostgresql } from "./support/servers/postgresql";
import { deploy, type Deployed } from "./support/shop";
import { HOST, OTHER_HOST, useSite } from "./support/site";
import type { Placed } from "./support/test-cloud";
import { runUsersJob } from "./support/users-job";

/*
 * Clients of PostgreSQL as applications use them, in the containers of rendered workloads, with nothing but the URL that their edge
 * brought, the same text for both: see `clients/`.
 */

const DB = "orders-db";

let server: Postgresql;
let shop: Deployed;
const site = useSite(async (site) => {
  const { folder, network, certificates } = site;
  const options = { network, version: "17", certificates, databases: ["app_db"] } as const;
  server = site.add(await startPostgresql(join(folder, "postgresql"), options));
  shop = changed();
  const { code, output } = await runUsersJob(site, shop, DB, postgresqlImage);
  if (code !== 0) throw new Error(output);
});

/** The application with its database as it is, but for one thing. */
function changed(change: Partial<Placed> = {}): Deployed {
  const { bundle: caBundle } = site().certificates;
  const placed = { service: postgresql(), server, host: HOST, caBundle, parts: { database: "app_db" }, ...change };
  return deploy({ services: { [DB]: placed } });
}

const CLIENTS = [
  ["PDO", { workload: "api", image: phpClients, command: ["php", "/app/postgresql.php"] }],
  ["pg", { workload: "web", image: nodeClients, command: ["node", "/app/postgresql.mjs"] }],
] as const;

type Client = (typeof CLIENTS)[number][1];

function run({ workload: container, image, command }: Client, deployed = shop, more: Partial<RunPod> = {}) {
  const { spec } = find(deployed.objects, "Deployment", `shop-${container}`).spec.template;
  return runPod(site(), { ...deployed, spec, container, image, command, ...more });
}

/** Neither wrote nor read anything, and says why. */
function expectRefused({ code, output }: Result, reason: RegExp): void {
  expect(output).toMatch(reason);
  expect(output).not.toMatch(/^written by/m);
  expect(code).not.toBe(0);
}

/** The URL with another one in place of what it says of TLS. */
const saying =
  (said: string): RunPod["variables"] =>
  (rendered) => {
    const url = rendered["DATABASE_URL"] ?? "";
    expect(url).toMatch(/[?]sslmode=verify-full&sslrootcert=\/etc\/goldenpath\/ca\/orders-db[.]pem$/);
    return { ...rendered, DATABASE_URL: url.replace(/[?].*/, said) };
  };

describe.each(CLIENTS)("%s", (name, client) => {
  test("writes and reads with the URL as it is", async () => {
    const { code, output } = await run(client);
    expect({ code, output }).toEqual({ code: 0, output: `written by ${name}\n` });
  });

  test("refuses a server of another authority", async () => {
    const { stranger } = site().certificates;
    expectRefused(
      await run(client, changed({ caBundle: stranger })),
      /certificate verify failed|unable to get local issuer certificate/,
    );
  });

  test("refuses a server that has another name in its certificate", async () => {
    expectRefused(
      await run(client, changed({ host: OTHER_HOST })),
      /does not match host name|does not match certificate's altnames/,
    );
  });

  test("is refused with a URL that says no TLS", async () => {
    expectRefused(await run(client, shop, { variables: saying("?sslmode=disable") }), /no pg_hba[.]conf entry/);
  });

  test("with a file that is not there goes no further", async () => {
    const missing = saying("?sslmode=verify-full&sslrootcert=/etc/goldenpath/ca/none.pem");
    expectRefused(await run(client, shop, { variables: missing }), /does not exist|ENOENT/);
  });
});

describe("where the connection brings no bundle", () => {
  const unbundled = () => changed({ caBundle: undefined });
  const [[, pdo], [, pg]] = CLIENTS;

  test("pg takes what Node trusts", async () => {
    const image = trusting(pg.image, site().certificates.systemBundle);
    expect(await run(pg, unbundled(), { image })).toMatchObject({ code: 0, output: "written by pg\n" });
  });

  test("libpq asks for a file, and does not go on without", async () => {
    const image = trusting(pdo.image, site().certificates.systemBundle);
    expectRefused(await run(pdo, unbundled(), { image }), /root certificate file .* does not exist/);
  });

  test("libpq is told the image's by the URL", async () => {
    const image = trusting(pdo.image, site().certificates.systemBundle);
    const told: RunPod["variables"] = (rendered) => ({
      ...rendered,
      DATABASE_URL: `${rendered["DATABASE_URL"] ?? ""}&sslrootcert=/etc/ssl/certs/ca-certificates.crt`,
    });
    expect(await run(pdo, unbundled(), { image, variables: told })).toMatchObject({
      code: 0,
      output: "written by PDO\n",
    });
  });
});
