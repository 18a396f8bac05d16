import { aws } from "../../../../constructs/clouds/aws";
import { azure } from "../../../../constructs/clouds/azure";
import type { Cloud } from "../../../../constructs/clouds/cloud";
import { google } from "../../../../constructs/clouds/google";
import { local } from "../../../../constructs/clouds/local";
import { environment, type EnvironmentSpec } from "../../../../constructs/environment";
import { postgresql, type PostgresqlSpec } from "../../../../constructs/kinds/postgresql";
import { application } from "../../../../constructs/model/application";
import { loadEnvironments } from "../../../../constructs/model/load";
import type { Service, ServiceSizing } from "../../../../constructs/model/service";
import { http } from "../../../../constructs/model/workload";
import { movesOf } from "../../../../constructs/portability/moves";
import { ingress } from "../../../../constructs/routing/ingress";
import { redis } from "../../../../constructs/services/redis";
import { rehearsalOf } from "../../../../stacks/rehearse";
import { AWS_PROPS } from "../../../support/aws-environment";
import { AZURE_PROPS } from "../../../support/azure-environment";
import { GOOGLE_PROPS } from "../../../support/google-environment";
import { ok } from "../../../support/preflight/answers";
import { checklistOf } from "../../../support/preflight/checklists";
import { reportBetween, type Synthesis, synthesisOf } from "../../report/support/syntheses";

/* Whole environments with PostgreSQL: what is said of it by its types, by who reads plans, destroys, accounts and pipelines. */

const store = (services: Readonly<Record<string, Service>>) =>
  application({
    name: "store",
    owner: "team-store",
    services,
    workloads: { api: http({ image: "registry.example.com/api:v1", needs: Object.keys(services) }) },
  });

/** An environment that is not protected, so that what may go goes. */
const staging = (
  cloud: Cloud,
  { spec, db, services }: { spec?: PostgresqlSpec; db?: ServiceSizing; services?: Record<string, Service> } = {},
): EnvironmentSpec =>
  environment({
    name: "staging",
    cloud,
    routing: ingress(),
    profile: "small",
    contact: "platform@example.com",
    costCenter: "store",
    applications: [{ application: store(services ?? { db: postgresql(spec) }), ...(db && { services: { db } }) }],
  });

const onAzure = (more?: Parameters<typeof staging>[1]): EnvironmentSpec => staging(azure(AZURE_PROPS), more);

const without = onAzure({ services: { cache: redis() } });

const texts = (synthesis: Synthesis, stack: string): string =>
  JSON.stringify([...(synthesis.stacks[stack]?.resources.values() ?? [])]);

describe("on Azure", () => {
  const base = synthesisOf([onAzure()]);
  const saysOf = (head: EnvironmentSpec): string[] =>
    reportBetween(base, synthesisOf([head])).risks.map(({ level, says }) => `${level}: ${says}`);

  test("its zone is in the network, and its port is open to pods, where an application has it and nowhere else", () => {
    const zone = "privatelink.postgres.database.azure.com";
    const other = synthesisOf([without]);
    expect(texts(base, "staging-cluster")).toContain(zone);
    expect(texts(base, "staging-cluster")).toContain('"5432"');
    expect(texts(other, "staging-cluster")).not.toContain(zone);
    expect(texts(other, "staging-cluster")).not.toContain('"5432"');
    expect(JSON.stringify(base.stacks["staging"]?.providers)).toContain("Microsoft.DBforPostgreSQL");
    expect(JSON.stringify(other.stacks["staging"]?.providers)).not.toContain("Microsoft.DBforPostgreSQL");
  });

  test("model.json says of its types what is lost with them, and says nothing where there is none", () => {
    const types = base.model.environments?.["staging"]?.resourceTypes ?? {};
    expect(Object.keys(types).sort()).toEqual([
      "azurerm_postgresql_flexible_server",
      "azurerm_postgresql_flexible_server_configuration",
      "azurerm_postgresql_flexible_server_database",
    ]);
    expect(types["azurerm_postgresql_flexible_server_database"]?.lost).toEqual({ holds: "its tables" });
    expect(JSON.stringify(types)).not.toContain("operations");
    expect(synthesisOf([without]).model.environments?.["staging"]).not.toHaveProperty("resourceTypes");
  });

  test("a report tells that its data go when it is taken out, though the model after it has none of it", () => {
    const says = saysOf(without);
    expect(
      says.filter((line) => /^critical: .*lost with it: its databases, and copies that it made/.test(line)),
    ).toHaveLength(1);
    expect(says.filter((line) => /^critical: .*lost with it: its tables/.test(line))).toHaveLength(1);
    expect(says.join("\n")).not.toContain("nothing is known here of its type");
  });

  test("a report tells that another database is another one, and a higher version none", () => {
    expect(saysOf(onAzure({ spec: { database: "other" } })).join("\n")).toMatch(/critical: .*replaced.*its tables/);
    const higher = saysOf(onAzure({ spec: { version: "18" } }));
    expect(higher.join("\n")).not.toMatch(/lost with it/);
    expect(higher).toEqual([
      expect.stringContaining("the server is away while it is upgraded"),
      expect.stringContaining("gets another version: PostgreSQL 17 → PostgreSQL 18"),
    ]);
  });

  test("a report tells that a lower version is another, empty server", () => {
    const [from, to] = [synthesisOf([onAzure({ spec: { version: "18" } })]), base];
    const says = reportBetween(from, to).risks.map((risk) => `${risk.level}: ${risk.says}`);
    expect(says.join("\n")).toMatch(/critical: .*is replaced by a new one; lost with it: its databases/);
  });

  test("a report tells of another machine, and of parameters, that the server is away", () => {
    const says = saysOf(onAzure({ db: { size: "medium" } }));
    expect(says.some((line) => line.includes("changes over to another machine"))).toBe(true);
    expect(says.some((line) => line.includes("reads this parameter at its start alone"))).toBe(true);
    expect(says.join("\n")).not.toMatch(/lost with it/);
  });

  test("a rehearsal of the destroy knows its types: what is left, and which name is free", () => {
    const { names, remains, unknown } = rehearsalOf([onAzure()], "staging");
    expect(unknown.join("\n")).not.toContain("postgresql");
    expect(names.map(({ name }) => name).filter((name) => name.endsWith(".postgres.database.azure.com"))).toHaveLength(
      1,
    );
    expect(remains.filter(({ what }) => what.startsWith("backups of staging-store-db"))).toHaveLength(1);
  });

  test("the checklist of the account asks for its resource provider, and whether the location offers it", () => {
    const { checks } = checklistOf(onAzure());
    const offers = checks.find(({ id }) => id === "offers/postgresql/17/B_Standard_B2s");
    expect(offers?.ask.map((words) => words.join(" "))).toEqual([
      expect.stringContaining("postgres flexible-server list-skus --location germanywestcentral"),
    ]);
    expect(checks.find(({ id }) => id === "services/providers")?.holds).toContain("Microsoft.DBforPostgreSQL");
    expect(
      checklistOf(without)
        .checks.map(({ id, holds }) => `${id} ${holds}`)
        .join("\n"),
    ).not.toContain("PostgreSQL");
  });

  test("an offer is judged by version, machine and standby", () => {
    const [offer] = checklistOf(onAzure()).checks.filter(({ id }) => id.startsWith("offers/postgresql"));
    const verdict = (answer: unknown) => offer?.judge([ok(answer)]);
    const entry = (version: string, sku: string) => ({
      supportedServerVersions: [{ name: version }],
      supportedServerEditions: [{ supportedServerSkus: [{ name: sku, supportedHaMode: ["ZoneRedundant"] }] }],
    });
    expect(verdict([entry("17", "standard_b2s")])).toMatchObject({ verdict: "passed" });
    expect(verdict([entry("16", "Standard_B2s")])).toMatchObject({ verdict: "failed" });
    expect(verdict([entry("17", "Standard_D2ads_v5")])).toMatchObject({ verdict: "failed" });
  });
});

describe("on every cloud", () => {
  const CLOUDS = { aws: aws(AWS_PROPS), google: google(GOOGLE_PROPS), azure: azure(AZURE_PROPS) };

  test.each(Object.entries(CLOUDS))(
    "no part of it is a type that a report or a rehearsal does not know: %s",
    (_, cloud) => {
      const spec = staging(cloud);
      const { unknown } = rehearsalOf([spec], "staging");
      expect(unknown.filter((line) => line.includes("is not known here"))).toEqual([]);
      const says = reportBetween(synthesisOf([spec]), synthesisOf([staging(cloud, { services: { cache: redis() } })]));
      expect(says.risks.map((risk) => risk.says).join("\n")).not.toContain("nothing is known here of its type");
      expect(says.risks.some(({ says: text }) => text.includes("lost with it: its databases"))).toBe(true);
    },
  );

  test.each(Object.entries(CLOUDS))("the same application is planned in the cluster too: %s", (_, cloud) => {
    const spec = staging(cloud, { db: { placement: "in-cluster", highAvailability: false } });
    const [loaded] = loadEnvironments([spec]);
    expect(loaded?.applications[0]?.services[0]?.sizing.placement).toBe("in-cluster");
    // The cloud's own types are not spoken of where it does not run it.
    expect(loaded?.cloud.resourceTypes?.([])).toEqual({});
  });

  test("a move between any two says what becomes of it", () => {
    const there = { ...CLOUDS, local: local({ storageClass: "local-path" }) };
    const specs = Object.entries(there).map(([name, cloud]) => ({
      ...staging(cloud),
      name: `on-${name}`,
      ...(name === "local" && { sealedSecrets: true }),
    }));
    const moves = specs.flatMap((spec) => movesOf(spec, specs));
    expect(moves.length).toBeGreaterThan(5);
    const text = JSON.stringify(moves);
    for (const product of [
      "Amazon RDS for PostgreSQL",
      "Cloud SQL for PostgreSQL",
      "Azure Database for PostgreSQL, flexible server",
    ])
      expect(text).toContain(product);
  });
});
