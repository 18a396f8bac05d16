import type { EnvironmentSpec } from "../../../constructs/environment";
import { elementPath, elementsOf, isSameElement } from "../../../constructs/model/element";
import { loadEnvironments } from "../../../constructs/model/load";
import { addressTable, type AddressTableProps, type ElementAddresses } from "../../../constructs/outputs/addresses";
import { composeDocument } from "../../../constructs/outputs/compose/compose";
import { renderTargets } from "../../../constructs/outputs/target";
import { renderEnvironments } from "../../../constructs/rendering/render-environment";
import { gatewayApi } from "../../../constructs/routing/gateway-api";
import { ROUTE_KINDS } from "../../../constructs/routing/routing";
import { environments } from "../../../environments";
import { LOCAL_COMPOSE, outputs as targets } from "../../../environments/outputs";
import { synthesizeEnvironments, synthesizeReference } from "../../support/reference";

const SEALED = "AgB" + "x".repeat(700);

/** Environments that have what the shipped ones have not. */
const variants: Readonly<Record<string, (spec: EnvironmentSpec) => EnvironmentSpec>> = {
  "the Gateway API": (spec) => ({ ...spec, routing: gatewayApi() }),
  "releases by Helm": (spec) => ({ ...spec, release: "helm" }),
  "secrets as ciphertext, and registries": (spec) => ({
    ...spec,
    sealedSecrets: true,
    registries: { logins: { ghcr: { registry: "ghcr.io", username: "acme-puller" } } },
    applications: spec.applications.map((one) => ({ ...one, sealed: { "stripe-key": SEALED } })),
  }),
};

const tables = (specs: readonly EnvironmentSpec[], stacks: AddressTableProps["stacks"]) => {
  const all = renderEnvironments(loadEnvironments(specs));
  return all.map((environment) => ({
    environment,
    table: addressTable({ environment, stacks, outputs: { environments: all, targets } }),
  }));
};

const shipped = tables(environments, synthesizeReference().stacks);

const row = (table: readonly ElementAddresses[], path: string): ElementAddresses => {
  const found = table.filter(({ element }) => elementPath(element) === path);
  const [only] = found;
  if (only === undefined || found.length > 1) throw new Error(`${found.length} rows of ${path}`);
  return only;
};

const rolesOf = (table: readonly ElementAddresses[], path: string): string[] =>
  row(table, path).terraform.map(({ role }) => role);

/** Every address of the stacks, as `<stack> <address>`. */
const addressesIn = (stacks: AddressTableProps["stacks"], names: readonly string[]): string[] =>
  names.flatMap((name) => {
    const { resource = {} } = (stacks[name] ?? {}) as { readonly resource?: Record<string, object> };
    return Object.entries(resource).flatMap(([type, blocks]) =>
      Object.keys(blocks).map((one) => `${name} ${type}.${one}`),
    );
  });

describe.each([
  ["the shipped environments", (spec: EnvironmentSpec) => spec] as const,
  ...Object.entries(variants).map(([title, change]) => [title, change] as const),
])("%s", (title, change) => {
  const specs = environments.map(change);
  const { stacks } = title === "the shipped environments" ? synthesizeReference() : synthesizeEnvironments(specs);
  const made = tables(specs, stacks);

  test("every address of every stack is of one element", () => {
    const found = made.flatMap(({ table }) =>
      table.flatMap(({ terraform }) => terraform.map(({ stack, address }) => `${stack} ${address}`)),
    );
    expect(found.length).toBeGreaterThan(900);
    expect(found.sort()).toEqual(addressesIn(stacks, Object.keys(stacks)).sort());
  });

  test("every element has a resource or a reason, and a place or a reason in each output", () => {
    for (const { environment, table } of made) {
      const elements = environment.applications.flatMap(({ application }) => elementsOf(application));
      expect(elements.length).toBeGreaterThan(10);
      for (const element of elements) {
        const [found, ...more] = table.filter((one) => isSameElement(one.element, element));
        expect(more).toEqual([]);
        expect((found?.terraform.length ?? 0) > 0).toBe(found?.noResource === undefined);
        expect(Object.keys(found?.outputs ?? {}).sort()).toEqual(["catalog", "compose", "helm-chart"]);
      }
    }
  });

  test("objects of routes are known by their kind", () => {
    for (const { environment } of made) {
      const { routing, cloud } = environment.environment;
      for (const { application, prepared, released } of environment.applications) {
        const routes = routing.objects(application, cloud.facts(environment.environment));
        const titles = routes.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
        const found = [...prepared, ...released].filter(({ kind }) => ROUTE_KINDS.includes(kind));
        expect(found.map(({ kind, metadata }) => `${kind} ${metadata.name}`).sort()).toEqual(titles.sort());
      }
    }
  });
});

test("what an application shares between its elements is this and nothing else", () => {
  const roles = shipped.flatMap(({ table }) =>
    table.filter(({ element }) => element.kind === "application").flatMap(({ terraform }) => terraform),
  );
  // One that is not here may be of a workload or a service, which `BY_ELEMENT` would have to know.
  const heads = new Set(roles.map(({ role }) => role.split(",")[0]));
  expect([...heads].sort()).toEqual([
    ...["Certificate", "ConfigMap", "ExternalSecret", "Issuer", "LimitRange", "Namespace", "NetworkPolicy"],
    ...[
      "PrometheusRule",
      "ResourceQuota",
      "alarms",
      "data key",
      "kept",
      "kubernetes",
      "ledger",
      "owner",
      "resource group",
      "serving",
    ],
  ]);
});

describe("in words for people", () => {
  const { table } = shipped.find(({ environment }) => environment.name === "staging") ?? { table: [] };

  test("a workload", () => {
    expect(rolesOf(table, "my-app / backend").sort()).toEqual([
      ...["ConfigMap", "ConfigMap", "ConfigMap", "Deployment", "HorizontalPodAutoscaler", "NetworkPolicy"],
      ...["PersistentVolumeClaim", "PodDisruptionBudget", "PodMonitor", "Service", "ServiceAccount"],
      ...["identities", "identities, effect", "identities, role", "identities, role, policy"],
    ]);
    expect(row(table, "my-app / backend").outputs).toMatchObject({
      compose: [
        { address: "backend", role: "container" },
        { address: "backend-fpm-metrics", role: "measures of the pool" },
      ],
      "helm-chart": expect.arrayContaining([
        expect.objectContaining({ address: "templates/deployment.yaml", role: "Deployment my-app-backend" }),
        expect.objectContaining({ address: "templates/hpa.yaml", role: "HorizontalPodAutoscaler my-app-backend-hpa" }),
      ]) as unknown,
    });
  });

  test("a service of the cloud, with the Jobs that make its users", () => {
    const roles = rolesOf(table, "my-app / orders-db");
    expect(roles).toEqual(
      expect.arrayContaining([
        ...["db instance", "parameter group", "security group, from cluster", "users, backend, secret"],
        ...["users: Job", "retired users: Job", "users: ConfigMap"],
      ]),
    );
    expect(row(table, "my-app / orders-db").outputs).toMatchObject({
      compose: [
        { address: "mysql", role: "server" },
        { address: "orders-db-exporter", role: "exporter" },
        { address: "orders-db-exporter-user", role: "user of the exporter" },
      ],
      "helm-chart": [{ none: "Terraform creates it: data outlives a release" }],
    });
  });

  test("a service in pods", () => {
    const local = shipped.find(({ environment }) => environment.name === "local")?.table ?? [];
    expect(rolesOf(local, "my-app / orders-db")).toEqual(
      expect.arrayContaining(["StatefulSet", "PersistentVolumeClaim", "Certificate", "users: Job"]),
    );
  });

  test("routes, secrets, and what is everybody's", () => {
    expect(rolesOf(table, "my-app / routes")).toEqual(["Ingress"]);
    expect(row(table, "my-app / secret stripe-key").noResource).toContain("people put it into the secret store");
    expect(rolesOf(table, "platform / traefik").sort()).toEqual(["helm release".slice(5), "namespace"].sort());
    expect(rolesOf(table, "cluster / Network").length).toBeGreaterThan(10);
    expect(rolesOf(table, "state / Bucket")).toContain("versioning");
  });
});

test("places in outputs are all there are, and each is there", () => {
  const [first] = shipped;
  const all = shipped.map(({ environment }) => environment);
  const places = (name: string): string[] => [
    ...new Set(
      (first?.table ?? []).flatMap(({ outputs }) =>
        (outputs[name] ?? []).flatMap((one) => ("address" in one ? [one.address] : [])),
      ),
    ),
  ];
  const [local] = first?.environment.applications ?? [];
  if (local === undefined) throw new Error("no application");
  const { services } = composeDocument({ ...LOCAL_COMPOSE, application: local.application });
  expect(places("compose").sort()).toEqual(Object.keys(services).sort());
  const templates = Object.keys(renderTargets(all, targets))
    .filter((file) => /^helm\/my-app\/templates\/.*\.yaml$/.test(file))
    .map((file) => file.slice("helm/my-app/".length));
  expect(places("helm-chart").sort()).toEqual(templates.sort());
});

test("stacks of another model are told from this one's", () => {
  const { stacks } = synthesizeReference();
  const [staging] = renderEnvironments(loadEnvironments(environments.filter(({ name }) => name === "staging")));
  if (staging === undefined) throw new Error("no environment");
  const { resource } = stacks.staging ?? { resource: {} };
  const renamed = JSON.parse(
    JSON.stringify(resource).replaceAll("/Services/orders-db/", "/Services/old-db/"),
  ) as object;
  const other = { ...stacks, staging: { ...stacks.staging, resource: renamed } };
  expect(() => addressTable({ environment: staging, stacks: other })).toThrow(
    /^\w+\.\S+: is of a service old-db, which my-app in staging has not$/,
  );
  expect(() => addressTable({ environment: staging, stacks: {} })).toThrow(
    "my-app: has no resource in staging; are these its stacks?",
  );
});

test("every object that a release brings says by its labels whose it is, but for routes", () => {
  for (const { environment } of shipped) {
    for (const { application, released } of environment.applications) {
      const known = application.workloads.map(({ name }) => name);
      const named = released.filter(({ kind }) => !ROUTE_KINDS.includes(kind));
      expect(named.length).toBeGreaterThan(known.length);
      for (const { metadata } of named) expect(known).toContain(metadata.labels["app.kubernetes.io/name"]);
    }
  }
});
