import { planSubnets } from "../../../../../constructs/clouds/azure/subnets";
import { environment } from "../../../../../constructs/environment";
import type { Imported } from "../../../../../constructs/model/imported";
import { loadEnvironments } from "../../../../../constructs/model/load";
import type { ServiceSizing } from "../../../../../constructs/model/service";
import { SUBSCRIPTION } from "../../../../support/azure-environment";
import {
  environmentWith,
  INVOICES,
  ORDERS,
  PG_ZONE,
  type Sizings,
  UPLOADS,
  ZONE,
} from "../../../../support/imported-azure";
import { problemsOf } from "../../../../support/input";
import { type Block, stack, type StackJson, synthesizeEnvironments } from "../../../../support/reference";

const BLOCK = "10.20.3.0/28";

const applicationStack = (services: Sizings): StackJson =>
  stack(synthesizeEnvironments([environment(environmentWith(services))]), "production");

/** The only resource of a type whose name of a construct begins so. */
function only(json: StackJson, type: string, start: string): Block {
  const [found, ...more] = Object.entries(json.resource[type] ?? {}).filter(([name]) => name.includes(start));
  if (found === undefined || more.length > 0) throw new Error(`${more.length} more of ${type} ${start}`);
  return found[1];
}

const conditions = ({ lifecycle }: Block): readonly string[] =>
  (lifecycle as { postcondition: readonly { condition: string }[] }).postcondition.map(({ condition }) => condition);

const dataOf = (json: StackJson) =>
  (json as { readonly data?: Readonly<Record<string, Readonly<Record<string, Block>>>> }).data ?? {};

describe("what cannot be right is refused, with its path and what to do", () => {
  const at = (services: Sizings) => problemsOf(environmentWith(services));
  const mysqlWith = (keeps: readonly string[]): ServiceSizing => ({ imported: { id: ORDERS, keeps } });

  test.each<[what: string, services: Sizings, problems: readonly RegExp[]]>([
    ["nothing wrong", { orders: mysqlWith([BLOCK, ZONE]), invoices: { imported: { id: INVOICES } } }, []],
    [
      "a server of another subscription",
      { orders: { imported: { id: ORDERS.replace(SUBSCRIPTION, SUBSCRIPTION.replaceAll("1", "9")) } } },
      [/orders\.imported\.id: .*not of subscription 1{8}-.*az resource move/],
    ],
    [
      "a name in place of an id",
      { orders: { imported: { id: "legacy-orders" } } },
      [/orders\.imported\.id: got "legacy-orders"; use the id of a MySQL flexible server/],
    ],
    [
      // The provider takes an id as it is spelt, and no other.
      "words of an id in small letters",
      { orders: { imported: { id: ORDERS.replace("resourceGroups", "resourcegroups") } } },
      [/orders\.imported\.id: .*use the id of a MySQL flexible server/],
    ],
    [
      "a server of the other engine",
      { invoices: { imported: { id: ORDERS } } },
      [/invoices\.imported\.id: .*use the id of a PostgreSQL flexible server/],
    ],
    [
      "an account without its container",
      { uploads: { imported: { id: UPLOADS.split("/blob")[0] ?? "" } } },
      [/uploads\.imported\.id: .*use the id of a container/],
    ],
    ["a block without a zone", { orders: mysqlWith([BLOCK]) }, [/orders\.imported\.keeps: .*it has no zone; say both/]],
    ["a zone without a block", { orders: mysqlWith([ZONE]) }, [/orders\.imported\.keeps: .*it has no block; say both/]],
    [
      "a zone of another engine",
      { orders: mysqlWith([BLOCK, PG_ZONE]) },
      [/keeps\[1\]: .*use the block of the subnet/],
    ],
    [
      "two zones",
      { orders: mysqlWith([BLOCK, ZONE, ZONE.replace("legacy.", "older.")]) },
      [/keeps: .*it has several zones/],
    ],
    [
      "a public block",
      { orders: mysqlWith(["20.1.2.0/28", ZONE]) },
      [/keeps\[0\]: got "20\.1\.2\.0\/28"; use a private block/],
    ],
    [
      "a block with host bits",
      { orders: mysqlWith(["10.1.2.3/28", ZONE]) },
      [/keeps\[0\]: got "10\.1\.2\.3\/28"; use an IPv4 block whose host bits are zero/],
    ],
    [
      "a word that nothing has",
      { uploads: { imported: { id: UPLOADS, with: ["policy"] } } },
      [/uploads\.imported\.with\[0\]: got "policy".*use "lifecycle"/],
    ],
    [
      "two containers of one account",
      { uploads: { imported: { id: UPLOADS } }, other: { imported: { id: UPLOADS.replace("/uploads", "/other") } } },
      [
        /other\.imported\.id: .*service "uploads".*has \/subscriptions\/.*\/legacyuploads already, which is taken over with it/,
      ],
    ],
  ])("%s", (_what, services, problems) => {
    const found = at(services);
    expect(found).toEqual(problems.map((problem): unknown => expect.stringMatching(problem)));
  });
});

describe("a container that is dropped", () => {
  const dropping = (imported: Imported) => {
    const spec = environmentWith({ uploads: { imported } });
    return problemsOf({ ...spec, applications: spec.applications.map((one) => ({ ...one, drops: ["uploads"] })) });
  };

  it("takes its account with it, which is asked for a word of its own", () => {
    expect(dropping({ id: UPLOADS, with: ["lifecycle"] })).toEqual([
      expect.stringMatching(
        /uploads\.imported\.with: got \["lifecycle"\], uploads is in drops, and the storage account legacyuploads is deleted with it: every other container, share, queue and table in it too; .*say "account" in with/,
      ),
    ]);
    expect(dropping({ id: UPLOADS })).toHaveLength(1);
    expect(dropping({ id: UPLOADS, with: ["account"] })).toEqual([]);
    expect(problemsOf(environmentWith({ uploads: { imported: { id: UPLOADS } } }))).toEqual([]);
  });
});

describe("a MySQL server in a subnet of its own, a PostgreSQL server outside of the network, and a container", () => {
  const json = applicationStack({
    orders: { imported: { id: ORDERS, keeps: [BLOCK, ZONE] } },
    invoices: { imported: { id: INVOICES } },
    uploads: { imported: { id: UPLOADS, with: ["lifecycle"] } },
  });
  const group = `/subscriptions/${SUBSCRIPTION}/resourceGroups/Legacy`;
  const servers = ["azurerm_mysql_flexible_server", "azurerm_postgresql_flexible_server"] as const;

  it("stay in their resource group, and what is made around them is in the application's", () => {
    for (const type of servers) expect(only(json, type, "")["resource_group_name"]).toBe("Legacy");
    expect(only(json, "azurerm_mysql_flexible_database", "")["resource_group_name"]).toBe("Legacy");
    expect(only(json, "azurerm_storage_account", "uploads")["resource_group_name"]).toBe("Legacy");
    expect(only(json, "azurerm_private_endpoint", "invoices")["resource_group_name"]).toMatch(/azurerm_resource_group/);
    const alerts = Object.values(json.resource["azurerm_monitor_metric_alert"] ?? {});
    expect(alerts).not.toEqual([]);
    for (const { resource_group_name: of } of alerts) expect(of).toMatch(/azurerm_resource_group/);
  });

  // An alert on health looks at nothing outside of its scopes, and a role is to be had nowhere else.
  it("are within the scopes of their alerts on health and of the gateway's role", () => {
    const scopes = (one: string) => only(json, "azurerm_monitor_activity_log_alert", one)["scopes"];
    expect([scopes("orders"), scopes("invoices")]).toEqual([[group], [group]]);
    const role = only(json, "azurerm_role_definition", "uploads");
    expect(role).toMatchObject({ scope: group, assignable_scopes: [group] });
    expect(only(json, "azurerm_role_definition", "other")["scope"]).toMatch(/azurerm_resource_group/);
  });

  it("keep their administrator by the name that it has, with a password of this program", () => {
    const text = JSON.stringify(json);
    for (const type of servers) {
      expect(only(json, type, "")).not.toHaveProperty("administrator_login");
      expect(only(json, type, "")).toMatchObject({ administrator_password_wo_version: 1 });
      expect(text).toMatch(new RegExp(`${type}\\.\\w+\\.administrator_login`));
    }
    expect(text).not.toContain("dbadmin");
  });

  it("are reached where they stand: by their block, or by an endpoint", () => {
    const blocks = JSON.stringify(Object.values(json.resource["kubernetes_network_policy_v1"] ?? {}));
    expect(blocks).toContain(BLOCK);
    expect(blocks).not.toContain(planSubnets("10.10.0.0/16").mysql);
    expect(Object.keys(json.resource["azurerm_private_endpoint"] ?? {})).toHaveLength(3);
  });

  it("have their subnet looked at, whose block policies open to", () => {
    const [subnet = {}] = Object.values(dataOf(json)["azurerm_subnet"] ?? {});
    expect(subnet["name"]).toMatch(
      /^\$\{element\(split\("\/", azurerm_mysql_flexible_server\.\w+\.delegated_subnet_id\), 10\)\}$/,
    );
    expect(conditions(subnet)).toEqual([`\${(join(" ", sort(self.address_prefixes))) == "${BLOCK}"}`]);
  });

  it("say in conditions what of where they stand is not known before", () => {
    const at = (type: string) => conditions(only(json, type, "")).slice(2);
    const subnet = 'try(lower(self.delegated_subnet_id), "")';
    expect(at("azurerm_mysql_flexible_server")).toEqual([
      `\${${subnet} != ""}`,
      `\${${subnet} == "" || try(lower(self.private_dns_zone_id), "") == "${ZONE.toLowerCase()}"}`,
      `\${${subnet} == "" || try(split("/", ${subnet})[2], "") == "${SUBSCRIPTION}"}`,
      '${try(lower(self.replication_role), "") != "replica"}',
      "${length(self.high_availability) == 1}",
    ]);
    expect(at("azurerm_postgresql_flexible_server")).toEqual([
      `\${${subnet} == ""}`,
      '${try(lower(self.source_server_id), "") == ""}',
      "${try(length(self.administrator_login), 0) > 0}",
    ]);
  });

  // Of another one azurerm makes another resource, which prevent_destroy stops without a word of what to do.
  it("have to be in the environment's location, and keep theirs", () => {
    const said = [...servers, "azurerm_storage_account"].map((type) => {
      const block = only(json, type, type === "azurerm_storage_account" ? "uploads" : "");
      const { postcondition, ignore_changes } = block["lifecycle"] as {
        readonly postcondition: readonly { readonly condition: string; readonly error_message: string }[];
        readonly ignore_changes: readonly string[];
      };
      const of = postcondition.filter(({ condition }) => condition.includes("self.location"));
      return [ignore_changes.includes("location"), ...of.map((one) => [one.condition, one.error_message])];
    });
    const condition = '${lower(replace(self.location, " ", "")) == "germanywestcentral"}';
    const of = (what: string): unknown =>
      expect.stringMatching(
        new RegExp(`^${what} is in \\$\\{self\\.location\\}, and the environment in germanywestcentral\\. `),
      );
    expect(said).toEqual([
      [true, [condition, of("MySQL server legacy-orders")]],
      [true, [condition, of("PostgreSQL server legacy-invoices")]],
      [true, [condition, of("Storage account legacyuploads")]],
    ]);
    expect(JSON.stringify(only(json, "azurerm_storage_account", "other"))).not.toContain("self.location");
  });

  it("are looked at before, so that none of another version is upgraded by its import", () => {
    const before = (type: string) => conditions(Object.values(dataOf(json)[type] ?? {})[0] ?? {});
    const ours = (service: string) =>
      `(try(self.tags["goldenpath:service"], "") == "${service}" && try(self.tags["goldenpath:application"], "") == "store")`;
    expect(before("azurerm_mysql_flexible_server")).toEqual([`\${self.version == "8.4" || ${ours("orders")}}`]);
    expect(before("azurerm_postgresql_flexible_server")).toEqual([`\${self.version == "17" || ${ours("invoices")}}`]);
    for (const type of servers) {
      expect(only(json, type, "")["depends_on"]).toEqual([expect.stringMatching(new RegExp(`^data\\.${type}\\.`))]);
    }
  });

  it("have rules that end versions in the container alone, where the account has others", () => {
    const rules = (one: string) =>
      JSON.stringify(
        (only(json, "azurerm_storage_management_policy", one)["rule"] as readonly Block[])[1]?.["filters"],
      );
    expect(rules("uploads")).toMatch(/"prefix_match":\["\$\{azurerm_storage_container\.\w+\.name\}\/"\]/);
    expect(rules("other")).not.toContain("prefix_match");
  });

  it("are locked where they are", () => {
    const locks = Object.values(json.resource["azurerm_management_lock"] ?? {});
    expect(locks.map(({ lock_level }) => lock_level)).toEqual(Array<string>(4).fill("CanNotDelete"));
  });
});

test("a MySQL server in the environment's own subnet has to stand there, and policies open to that", () => {
  const json = applicationStack({ orders: { imported: { id: ORDERS } } });
  const [, , , here] = conditions(only(json, "azurerm_mysql_flexible_server", ""));
  expect(here).toMatch(
    /^\$\{contains\(\["", "\/subscriptions\/.*\/virtualnetworks\/production-network\/subnets\/mysql"\], try\(/,
  );
  expect(dataOf(json)).not.toHaveProperty("azurerm_subnet");
});

test("a PostgreSQL server in a subnet of its own takes no endpoint, and is reached by its block", () => {
  const json = applicationStack({ invoices: { imported: { id: INVOICES, keeps: [BLOCK, PG_ZONE] } } });
  expect(Object.keys(json.resource["azurerm_private_endpoint"] ?? {}).join(" ")).not.toContain("invoices");
  expect(JSON.stringify(Object.values(json.resource["kubernetes_network_policy_v1"] ?? {}))).toContain(BLOCK);
  expect(conditions(only(json, "azurerm_postgresql_flexible_server", ""))).toHaveLength(7);
});

describe("what people do about what was there", () => {
  const spec = environment(
    environmentWith({
      orders: { imported: { id: ORDERS } },
      invoices: { imported: { id: INVOICES, keeps: [BLOCK, PG_ZONE] } },
    }),
  );
  const [loaded] = loadEnvironments([spec]);
  const [store] = loaded?.applications ?? [];
  const steps = (name: string) => {
    if (loaded === undefined || store === undefined) throw new Error("no environment");
    const service = store.services.find((one) => one.name === name);
    if (service === undefined) throw new Error(name);
    const { restore } = loaded.cloud.operations?.(loaded) ?? {};
    return restore?.(store, service)?.steps.flatMap(({ run = [] }) => run) ?? [];
  };

  it.each([
    ["orders", "az mysql flexible-server", "legacy-orders"],
    ["invoices", "az postgres flexible-server", "legacy-invoices"],
  ])("names its group, and asks for its administrator: %s", (name, command, server) => {
    const said = steps(name);
    const where = `--subscription ${SUBSCRIPTION} --resource-group Legacy`;
    expect(said.filter((one) => one.includes(command))).not.toEqual([]);
    for (const one of said.filter((line) => line.includes(command))) expect(one).toContain(where);
    expect(said).toContain(
      `ADMINISTRATOR=$(${command} show ${where} --name ${server} --query administratorLogin --output tsv)`,
    );
    expect(said.join("\n")).toContain('--subnet "$SUBNET" --private-dns-zone "$ZONE"');
    expect(said.join("\n")).not.toMatch(/dbadmin|private-endpoint/);
  });
});
