import { NotUnderstood } from "../../../constructs/preflight/answers";
import type { Answer, Check, Finding } from "../../../constructs/preflight/check";
import { SUBSCRIPTION } from "../../support/azure-environment";
import { environmentWith, HUB, INVOICES, ORDERS, PG_ZONE, UPLOADS, ZONE } from "../../support/imported-azure";
import { fails, ok } from "../../support/preflight/answers";
import { check, checklistOf } from "../../support/preflight/checklists";

/* What is asked of servers and containers of Azure before they are imported. Answers have the form of what az prints. */

const BLOCK = "10.20.3.0/28";
const NETWORK = `/subscriptions/${SUBSCRIPTION}/resourceGroups/production/providers/Microsoft.Network/virtualNetworks/production-network`;

const outside = checklistOf(
  environmentWith({
    orders: { imported: { id: ORDERS, keeps: [BLOCK, ZONE] } },
    invoices: { imported: { id: INVOICES } },
    uploads: { imported: { id: UPLOADS, with: ["lifecycle"] } },
  }),
);
const inside = checklistOf(
  environmentWith({
    orders: { imported: { id: ORDERS } },
    invoices: { imported: { id: INVOICES, keeps: [BLOCK, PG_ZONE] } },
    uploads: { imported: { id: UPLOADS } },
  }),
);

function judged(one: Check, answers: readonly Answer[]): Finding {
  expect(one.ask).toHaveLength(answers.length);
  try {
    return one.judge(answers);
  } catch (error) {
    if (error instanceof NotUnderstood) return { verdict: "unclear", found: error.message };
    throw error;
  }
}

const server = (change: object = {}) => ({
  location: "Germany West Central",
  version: "8.4",
  replicationRole: "None",
  highAvailability: { mode: "ZoneRedundant", state: "Healthy" },
  network: {
    delegatedSubnetResourceId: `${HUB}/subnets/mysql`,
    privateDnsZoneResourceId: ZONE.toLowerCase(),
    publicNetworkAccess: "Disabled",
  },
  tags: null,
  ...change,
});
const databases = (...names: readonly string[]) => ok(names.map((name) => ({ name, charset: "utf8mb4" })));
const peerings = (peeringState = "Connected") => ok([{ id: HUB, peeringState }]);

const tags = (change: object) => ({
  ...{ environment: "production", "managed-by": "terraform" },
  ...{ "goldenpath:application": "store", "goldenpath:service": "orders" },
  ...change,
});

const MYSQL = "imports/mysql/legacy-orders";
const POSTGRESQL = "imports/postgres/legacy-invoices";
const STORAGE = "imports/storage/legacyuploads";

it("is asked once of each, in its own group, and of no free name", () => {
  const { checks } = outside;
  expect(checks.filter(({ kind }) => kind === "imports").map(({ id }) => id)).toEqual([
    MYSQL,
    POSTGRESQL,
    STORAGE,
    "imports/zone/legacy.private.mysql.database.azure.com",
  ]);
  const [show = []] = check(outside, MYSQL).ask;
  expect(show.join(" ")).toBe(
    `az mysql flexible-server show --name legacy-orders --resource-group Legacy --subscription ${SUBSCRIPTION} --output json`,
  );
  const accounts = checks.filter(({ id }) => id.startsWith("names/storage/")).map(({ id }) => id);
  expect(accounts).not.toEqual([]);
  expect(accounts.join(" ")).not.toContain("legacy");
});

describe("a MySQL server in a subnet of its own", () => {
  const network = (change: object) => server({ network: { ...server().network, ...change } });
  test.each<[what: string, answers: readonly Answer[], verdict: Finding["verdict"], found: RegExp]>([
    [
      "all as it is said",
      [ok(server()), databases("orders"), peerings()],
      "passed",
      /^MySQL 8\.4 in germanywestcentral, utf8mb4$/,
    ],
    [
      "gone",
      [fails("(ResourceNotFound) The Resource was not found"), databases(), peerings()],
      "failed",
      /none of this name/,
    ],
    [
      "imported already",
      [ok(server({ tags: tags({}), version: "9" })), databases(), peerings()],
      "passed",
      /this environment's own/,
    ],
    [
      "another environment's",
      [ok(server({ tags: tags({ environment: "staging" }) })), databases("orders"), peerings()],
      "failed",
      /^goldenpath has it already, of environment staging, application store, service orders: connect to it/,
    ],
    [
      "another service's",
      [ok(server({ tags: tags({ "goldenpath:service": "ledger" }) })), databases("orders"), peerings()],
      "failed",
      /service ledger: connect to it/,
    ],
    [
      "other code's",
      [ok(server({ tags: { environment: "production", "managed-by": "terraform" } })), databases("orders"), peerings()],
      "unclear",
      /^Terraform has it already, of environment production: take it out of that state/,
    ],
    [
      "another version",
      [ok(server({ version: "8.0.21" })), databases("orders"), peerings()],
      "failed",
      /its version is 8\.0\.21, and the plan would make it 8\.4/,
    ],
    [
      "another region",
      [ok(server({ location: "West Europe" })), databases("orders"), peerings()],
      "failed",
      /it is in westeurope/,
    ],
    [
      "a replica",
      [ok(server({ replicationRole: "Replica" })), databases("orders"), peerings()],
      "failed",
      /replica of another server/,
    ],
    [
      "no standby",
      [ok(server({ highAvailability: { mode: "Disabled" } })), databases("orders"), peerings()],
      "failed",
      /it has no standby/,
    ],
    ["another database", [ok(server()), databases("shop"), peerings()], "failed", /it has no database orders/],
    [
      "public access",
      [ok(network({ delegatedSubnetResourceId: null })), databases("orders"), peerings()],
      "failed",
      /stands in no subnet/,
    ],
    [
      "another zone",
      [ok(network({ privateDnsZoneResourceId: `${ZONE}x` })), databases("orders"), peerings()],
      "failed",
      /not that of keeps/,
    ],
    [
      "a network that is peered from one side",
      [ok(server()), databases("orders"), peerings("Initiated")],
      "failed",
      /is not peered with/,
    ],
    ["a network that is not peered", [ok(server()), databases("orders"), ok([])], "failed", /is not peered with/],
    [
      "a network that comes later",
      [ok(server()), databases("orders"), fails("(ResourceNotFound) virtualNetworks/production-network was not found")],
      "unclear",
      /has to be peered/,
    ],
    [
      "no right to see peerings",
      [ok(server()), databases("orders"), fails("(AuthorizationFailed)")],
      "unclear",
      /AuthorizationFailed/,
    ],
  ])("%s", (_what, answers, verdict, found) => {
    expect(judged(check(outside, MYSQL), answers)).toEqual({ verdict, found: expect.stringMatching(found) });
  });
});

it("of a MySQL server in the environment's own subnet, asks for that alone", () => {
  const own = (subnet: string) => ok(server({ network: { delegatedSubnetResourceId: subnet } }));
  const judge = (answer: Answer) => judged(check(inside, MYSQL), [answer, databases("orders"), ok([])]);
  expect(judge(own(`${NETWORK.toLowerCase()}/subnets/mysql`)).verdict).toBe("passed");
  expect(judge(own(`${HUB}/subnets/mysql`))).toMatchObject({
    verdict: "failed",
    found: expect.stringMatching(/keeps/),
  });
});

describe("a PostgreSQL server", () => {
  const outsideOf = (change: object = {}) =>
    server({
      version: "17",
      authConfig: { passwordAuth: "Enabled" },
      network: { publicNetworkAccess: "Enabled" },
      ...change,
    });
  const utf8 = ok([{ name: "app_db", charset: "UTF8" }]);
  test.each<[what: string, answers: readonly Answer[], verdict: Finding["verdict"], found: RegExp]>([
    ["public, which ends", [ok(outsideOf()), utf8, ok([])], "unclear", /^public access is switched off by the deploy/],
    [
      "private",
      [ok(outsideOf({ network: { publicNetworkAccess: "Disabled" } })), utf8, ok([])],
      "passed",
      /PostgreSQL 17/,
    ],
    [
      "without a standby, which comes with the plan",
      [ok(outsideOf({ network: {}, highAvailability: { mode: "Disabled" } })), utf8, ok([])],
      "passed",
      /PostgreSQL 17/,
    ],
    [
      "in a subnet",
      [ok(outsideOf({ network: { delegatedSubnetResourceId: `${HUB}/subnets/pg` } })), utf8, ok([])],
      "failed",
      /no private endpoint: say/,
    ],
    [
      "by Entra alone",
      [
        ok(outsideOf({ network: {}, authConfig: { passwordAuth: "Disabled", activeDirectoryAuth: "Enabled" } })),
        utf8,
        ok([]),
      ],
      "failed",
      /nobody signs in to it by a password.*shut out/,
    ],
    [
      "of another encoding",
      [ok(outsideOf({ network: {} })), ok([{ name: "app_db", charset: "LATIN1" }]), ok([])],
      "failed",
      /is LATIN1, not UTF8/,
    ],
  ])("%s", (_what, answers, verdict, found) => {
    expect(judged(check(outside, POSTGRESQL), answers)).toEqual({ verdict, found: expect.stringMatching(found) });
  });

  it("in a subnet of its own is compared with what it keeps", () => {
    const network = { delegatedSubnetResourceId: `${HUB}/subnets/pg`, privateDnsZoneArmResourceId: PG_ZONE };
    expect(judged(check(inside, POSTGRESQL), [ok(outsideOf({ network })), utf8, peerings()]).verdict).toBe("passed");
  });
});

describe("a container and its account", () => {
  const account = (change: object = {}) =>
    ok({ location: "germanywestcentral", kind: "StorageV2", isHnsEnabled: null, tags: {}, ...change });
  const containers = (...more: readonly string[]) =>
    ok(["uploads", ...more].map((name) => ({ name, hasLegalHold: false })));
  const rules = ok({ policy: { rules: [{ name: "old-logs" }] } });
  const none = fails("(ManagementPolicyNotFound) No ManagementPolicy found for account legacyuploads");
  test.each<[what: string, of: typeof inside, answers: readonly Answer[], verdict: Finding["verdict"], found: RegExp]>([
    ["all as it is said", inside, [account(), containers(), none], "passed", /^StorageV2 in/],
    ["rules that are taken over", outside, [account(), containers(), rules], "unclear", /rules are replaced: old-logs/],
    ["rules that are not", inside, [account(), containers(), rules], "failed", /name "lifecycle" in with/],
    ["rules that are not there", outside, [account(), containers(), none], "failed", /take "lifecycle" out of with/],
    ["other containers", inside, [account(), containers("photos"), none], "unclear", /other containers.*photos/],
    ["no such container", inside, [account(), ok([]), none], "failed", /it has no container uploads/],
    ["no such account", inside, [fails("(ResourceNotFound) was not found"), ok([]), none], "failed", /no such account/],
    [
      "a hierarchical namespace",
      inside,
      [account({ isHnsEnabled: true }), containers(), none],
      "failed",
      /hierarchical/,
    ],
    [
      "another environment's",
      inside,
      [account({ tags: tags({ environment: "staging", "goldenpath:service": "uploads" }) }), containers(), none],
      "failed",
      /already, of environment staging, application store, service uploads/,
    ],
    [
      "imported already",
      inside,
      [account({ kind: "Storage", tags: tags({ "goldenpath:service": "uploads" }) }), containers(), none],
      "passed",
      /own/,
    ],
    ["an old kind", inside, [account({ kind: "Storage" }), containers(), none], "failed", /upgrade it/],
    [
      "objects that nobody may delete",
      inside,
      [account(), ok([{ name: "uploads", hasImmutabilityPolicy: true }]), none],
      "failed",
      /may not be deleted/,
    ],
    [
      "no right to see its rules",
      inside,
      [account(), containers(), fails("(AuthorizationFailed)")],
      "unclear",
      /AuthorizationFailed/,
    ],
  ])("%s", (_what, of, answers, verdict, found) => {
    expect(judged(check(of, STORAGE), answers)).toEqual({ verdict, found: expect.stringMatching(found) });
  });
});

describe("the private zone of a server in a subnet of its own", () => {
  const zone = check(outside, "imports/zone/legacy.private.mysql.database.azure.com");
  const linked = (...ids: readonly string[]) => ok(ids.map((id) => ({ virtualNetwork: { id } })));
  const networks = (...ids: readonly string[]) => ok(ids.map((id) => ({ id })));
  test.each<[what: string, answers: readonly Answer[], verdict: Finding["verdict"]]>([
    ["is linked", [linked(HUB, NETWORK.toUpperCase()), networks()], "passed"],
    ["is not linked", [linked(HUB), networks(NETWORK)], "failed"],
    ["waits for the network", [linked(HUB), networks(HUB)], "not asked"],
    ["is closed to who asks", [fails("(AuthorizationFailed)"), networks(NETWORK)], "unclear"],
  ])("%s", (_what, answers, verdict) => {
    expect(judged(zone, answers).verdict).toBe(verdict);
  });

  it("is asked in its own group, and linked by a command that is printed", () => {
    expect(zone.ask[0]?.join(" ")).toContain(
      `--resource-group Legacy --zone-name legacy.private.mysql.database.azure.com`,
    );
    expect(zone.otherwise.run[0]).toContain(`--virtual-network ${NETWORK} --registration-enabled false`);
  });
});
