import { Testing } from "cdktf";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { addon, type AddonSpec, type EnvironmentAddon, ON_SYSTEM_NODES } from "../../constructs/addons";
import { aws } from "../../constructs/clouds/aws";
import { azure } from "../../constructs/clouds/azure";
import {
  application,
  type Cloud,
  environment,
  type EnvironmentSpec,
  http,
  ingress,
  InvalidInput,
  loadEnvironments,
} from "../../constructs/goldenpath";
import { createStacks } from "../../stacks";
import { addonStatements, AWS_PROPS } from "../support/aws-environment";
import { AZURE_PROPS } from "../support/azure-environment";
import { all, release, type StackJson } from "../support/cloud-environment";

/*
 * An add-on as another program brings it: a controller that reads the environment's secrets and writes its DNS records. Only
 * what the package exports is imported to write it; nothing below `constructs/` knows of it.
 */

const SPEC: AddonSpec = {
  name: "registrar",
  namespace: "registrar",
  chart: { repository: "oci://ghcr.io/example/charts", name: "registrar", version: "1.4.2" },
  needs: { permissions: ["dns-records", "read-secrets"], serviceAccount: "registrar" },
  images: (placeOf) => ({ image: { repository: placeOf("ghcr.io/example/registrar") } }),
  values: ({ identity, granted }) => ({
    replicaCount: 2,
    serviceAccount: { create: true, name: "registrar", annotations: identity.annotations },
    ...(identity.podLabels !== undefined && { podLabels: identity.podLabels }),
    permissions: Object.keys(granted ?? {}),
    ...ON_SYSTEM_NODES,
  }),
  objects: [{ apiVersion: "registrar.example.com/v1", kind: "Registrar", metadata: { name: "main" }, spec: {} }],
};

const shop = application({
  name: "shop",
  owner: "team-shop",
  workloads: { web: http({ image: "registry.example.com/web:v1" }) },
});

const ON_AWS = aws({ ...AWS_PROPS, dns: { zones: [{ name: "example.com", id: "Z0123456789ABCDEFGHIJ" }] } });
const ON_AZURE = azure({ ...AZURE_PROPS, dns: { zones: [{ name: "example.com", resourceGroup: "dns" }] } });

const staging = (cloud: Cloud, addons: readonly EnvironmentAddon[], more?: Partial<EnvironmentSpec>): EnvironmentSpec =>
  environment({
    name: "staging",
    cloud,
    routing: ingress(),
    profile: "small",
    contact: "platform@example.com",
    costCenter: "shop",
    addons,
    applications: [{ application: shop }],
    ...more,
  });

/** `staging-platform`, as Terraform reads it. */
function platformOf(spec: EnvironmentSpec): StackJson {
  const app = Testing.app();
  createStacks(app, loadEnvironments([spec]));
  app.synth();
  const file = join(app.outdir, "stacks", "staging-platform", "cdk.tf.json");
  return JSON.parse(readFileSync(file, "utf8")) as StackJson;
}

/** What releases wait for, directly, by the names of releases; the platform's own order makes it all of them. */
function waitsFor(json: StackJson, name: string): string[] {
  const releases = json.resource.helm_release ?? {};
  const { given } = release(json, name);
  return (given.depends_on as readonly string[]).flatMap((address) => {
    const [type, id = ""] = address.split(".");
    return type === "helm_release" ? [String(releases[id]?.name)] : [];
  });
}

function refusals(spec: EnvironmentSpec): string[] {
  try {
    loadEnvironments([spec]);
    return [];
  } catch (error) {
    if (error instanceof InvalidInput) return error.message.split("\n");
    throw error;
  }
}

const later = addon({ ...SPEC, name: "later", after: ["registrar"], namespace: "later", needs: undefined });
const onAws = platformOf(staging(ON_AWS, [addon(SPEC), later]));
const onAzure = platformOf(staging(ON_AZURE, [addon(SPEC)]));

describe.each([
  ["AWS", onAws],
  ["Azure", onAzure],
])("on %s", (_, json) => {
  test("is a release of its chart, pinned, in a restricted namespace of its own", () => {
    expect(release(json, "registrar").given).toMatchObject({
      namespace: "registrar",
      repository: "oci://ghcr.io/example/charts",
      chart: "registrar",
      version: "1.4.2",
      atomic: true,
    });
    expect(JSON.stringify(json.resource.kubernetes_namespace_v1)).toContain('"name":"registrar"');
  });

  test("comes after every release of the platform's, and so is removed before it", () => {
    const own = ["registrar", "registrar-objects", "later", "later-objects"];
    const platform = all(json, "helm_release").map(({ name }) => String(name));
    const others = platform.filter((name) => !own.includes(name)).sort();
    expect(others).toEqual(expect.arrayContaining(["cert-manager", "external-secrets", "platform-objects", "traefik"]));
    expect(
      waitsFor(json, "registrar")
        .filter((name) => name !== "gateway-crds")
        .sort(),
    ).toEqual(others);
    expect(waitsFor(json, "registrar-objects")).toEqual(["registrar"]);
    for (const name of others) expect(waitsFor(json, name)).not.toContain("registrar");
  });

  test("what the cloud tells of its permissions and its identity arrives in its values", () => {
    expect(release(json, "registrar").values).toMatchObject({
      permissions: ["dns-records", "read-secrets"],
      tolerations: [{ key: "CriticalAddonsOnly" }],
    });
  });
});

test("on AWS its role has the statements of both permissions and no others", () => {
  const both = [...addonStatements(onAws, "external-dns"), ...addonStatements(onAws, "external-secrets")];
  expect(both.length).toBeGreaterThan(4);
  expect(addonStatements(onAws, "registrar")).toEqual(both);
  expect(JSON.stringify(onAws.resource.aws_eks_pod_identity_association)).toContain('"service_account":"registrar"');
});

test("on Azure its identity has the roles of both permissions and no others, and its pods sign in as it", () => {
  const rolesOf = (addonName: string) =>
    Object.entries(onAzure.resource.azurerm_role_assignment ?? {})
      .filter(([id]) => id.includes(`_${addonName}-identity_`))
      .map(([, { role_definition_name: role, scope }]) => ({ role, scope }));
  expect(rolesOf("registrar")).toHaveLength(3);
  expect(rolesOf("registrar")).toEqual([...rolesOf("external-dns"), ...rolesOf("external-secrets")]);
  expect(release(onAzure, "registrar").values).toMatchObject({
    serviceAccount: { annotations: { "azure.workload.identity/client-id": expect.stringContaining("registrar") } },
    podLabels: { "azure.workload.identity/use": "true" },
  });
});

test("one that is named in `after` comes before, with its objects", () => {
  expect(waitsFor(onAws, "later")).toEqual(expect.arrayContaining(["registrar", "registrar-objects"]));
});

test("its images come from the environment's mirrors", () => {
  const mirrors = { "ghcr.io": "mirror.example.com/ghcr" };
  const json = platformOf(staging(ON_AWS, [addon(SPEC)], { registries: { mirrors } }));
  expect(release(json, "registrar").values).toMatchObject({
    image: { repository: "mirror.example.com/ghcr/example/registrar" },
  });
});

describe("is refused", () => {
  const AT = "environments.staging.addons";
  const given = (...specs: readonly object[]): string[] =>
    refusals(
      staging(
        ON_AWS,
        specs.map((spec) => addon({ ...SPEC, ...spec })),
      ),
    );

  test("with every mistake at once, by its path", () => {
    const wrong: object = {
      chart: { ...SPEC.chart, repository: "http://charts.example.com", version: "^1.4" },
      needs: { permissions: ["write-logs"], serviceAccount: "registrar" },
      values: { replicaCount: 2 },
      replicas: 2,
    };
    expect(given(wrong)).toEqual([
      `${AT}[0].chart.repository: got "http://charts.example.com"; use an https:// or oci:// address without a login`,
      `${AT}[0].chart.version: got "^1.4"; use an exact version such as "1.2.3", so that a plan says what an apply installs`,
      `${AT}[0].values: got an object; use a function that returns the chart's values`,
      `${AT}[0].needs.permissions[0]: got "write-logs"; use "dns-records" or "read-secrets"`,
      `${AT}[0].replicas: unknown field; remove it or correct its name`,
    ]);
  });

  test("under a name or in a namespace of the platform's", () => {
    expect(given({ name: "traefik", namespace: "cert-manager" })).toEqual([
      `${AT}[0].name: got "traefik"; use another name: the platform has a release of this one`,
      `${AT}[0].namespace: got "cert-manager"; use another namespace: the platform or the cluster has this one`,
    ]);
    expect(given({ name: "metrics-objects", namespace: "kube-system" })).toEqual([
      `${AT}[0].name: got "metrics-objects"; use a name that does not end in -objects, -identity, -access: the platform adds these`,
      `${AT}[0].namespace: got "kube-system", the cluster has it already; say createNamespace: false, or use a namespace of its own`,
    ]);
  });

  test("in an application's namespace", () => {
    expect(given({ namespace: "shop-staging" })).toEqual([
      `${AT}[0].namespace: got "shop-staging", application "shop" has it; use a namespace of its own`,
    ]);
  });

  test("beside another of its name, or in the namespace that another one creates", () => {
    expect(given({}, {})).toEqual([
      `${AT}[1].name: got "registrar", another add-on has this name; rename one of the two`,
      `${AT}[1].namespace: got "registrar", add-on "registrar" creates it; use another, or say createNamespace: false and after: ["registrar"]`,
    ]);
    expect(given({}, { name: "second", createNamespace: false, after: ["registrar"] })).toEqual([]);
    expect(given({}, { name: "second", createNamespace: false })).toEqual([
      `${AT}[1].after: add-on "registrar" creates its namespace; name "registrar" in it`,
    ]);
    expect(given({ createNamespace: false })).toEqual([
      `${AT}[0].namespace: got "registrar", no add-on before it creates it; leave out createNamespace: false`,
    ]);
  });

  test("where it waits for one that is not before it", () => {
    expect(given({ after: ["traefik"] })).toEqual([
      `${AT}[0].after[0]: got "traefik", no add-on before it in the list has this name; those of the platform are installed ` +
        "before all of them; leave it out",
    ]);
  });

  test("with an object that is incomplete, there twice, or more than data", () => {
    const of = (more: object) => ({ ...SPEC.objects?.[0], ...more });
    expect(given({ objects: [of({ metadata: {} })] })).toEqual([
      `${AT}[0].objects[0]: got an object; use a complete object, with apiVersion, kind and metadata.name`,
    ]);
    expect(given({ objects: [of({}), of({ spec: { a: 1 } })] })).toEqual([
      `${AT}[0].objects: got a list of 2; give each kind and name once`,
    ]);
    expect(given({ objects: [of({ spec: { of: () => 1 } })] })).toEqual([
      `${AT}[0].objects: use texts, numbers, booleans, lists and objects: nothing else can be written`,
    ]);
    expect(given({ objects: [of({ kind: 10n })] })).toHaveLength(1);
  });

  test("where it was not made with addon(), or is no object", () => {
    const odd: unknown = [SPEC, "registrar"];
    expect(refusals(staging(ON_AWS, odd as readonly EnvironmentAddon[]))).toEqual([
      `${AT}[0]: got an object; use a chosen object, e.g. addon({...})`,
      `${AT}[1]: got "registrar"; use a chosen object, e.g. addon({...})`,
    ]);
  });
});
