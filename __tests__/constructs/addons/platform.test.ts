import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { deletionProtection } from "../../../constructs/addons/deletion-protection";
import { platformAddons } from "../../../constructs/addons/platform";
import { rabbitmqOperator } from "../../../constructs/addons/rabbitmq-operator";
import type { CloudFacts } from "../../../constructs/kubernetes/facts";
import { SIZING } from "../../../constructs/model/resolve";
import type { ResolvedService } from "../../../constructs/model/resolved";
import type { ServicePlacement } from "../../../constructs/model/service";
import { type InstalledEnvironment, platformObjects } from "../../../constructs/rendering/platform-objects";
import { ingressNginx } from "../../../constructs/routing/controllers";
import { gatewayApi } from "../../../constructs/routing/gateway-api";
import { ingress } from "../../../constructs/routing/ingress";
import { rabbitmq } from "../../../constructs/services/rabbitmq";
import { draft, problemsOf } from "../../support/input";
import { facts as bareFacts, resolvedApplication, resolvedEnvironment } from "../../support/resolved";

const environment = (changes: Partial<InstalledEnvironment> = {}): InstalledEnvironment => ({
  ...resolvedEnvironment(),
  routing: ingress(),
  observability: undefined,
  applications: [resolvedApplication()],
  ...changes,
});

const facts: CloudFacts = { ...bareFacts, externalDns: { name: "aws", flags: { "aws-zone-match-parent": true } } };
const CONTEXT = { identity: { annotations: { "example.com/role": "reader" } }, loadBalancerAnnotations: {} };

const addon = (name: string, changes: Partial<InstalledEnvironment> = {}) => {
  const found = platformAddons(environment(changes), facts).find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`no add-on ${name}`);
  return { ...found, given: found.values(CONTEXT) };
};

describe("the platform's add-ons", () => {
  it("come in the order of their installation, pinned to exact versions", () => {
    expect(platformAddons(environment(), facts).map(({ name, chart }) => [name, chart.version])).toEqual([
      ["cert-manager", "v1.21.1"],
      ["external-secrets", "2.9.0"],
      ["traefik", "41.3.0"],
      ["external-dns", "1.21.1"],
      ["metrics-server", "3.13.1"],
      ["reloader", "2.2.16"],
    ]);
  });

  it("come from their owners' repositories over HTTPS", () => {
    expect(
      platformAddons(environment(), facts).map(({ chart }) =>
        "repository" in chart ? chart.repository : chart.folder,
      ),
    ).toEqual([
      "https://charts.jetstack.io",
      "https://charts.external-secrets.io",
      "https://traefik.github.io/charts",
      "https://kubernetes-sigs.github.io/external-dns/",
      "https://kubernetes-sigs.github.io/metrics-server/",
      "https://stakater.github.io/stakater-charts",
    ]);
  });

  it("have a restricted namespace each, but for the one that lives in kube-system", () => {
    const addons = platformAddons(environment(), facts);
    expect(addons.filter(({ namespaceLabels }) => namespaceLabels !== undefined)).toEqual([]);
    expect(addons.filter(({ createNamespace }) => createNamespace === false).map(({ namespace }) => namespace)).toEqual(
      ["kube-system"],
    );
    expect(new Set(addons.map(({ namespace }) => namespace)).size).toBe(addons.length);
  });

  it("ask for the identities they need and no others", () => {
    const needs = platformAddons(environment(), facts).map(({ name, needs }) => [name, needs?.permissions]);
    expect(needs.filter(([, permissions]) => permissions !== undefined)).toEqual([
      ["external-secrets", ["read-secrets"]],
      ["external-dns", ["dns-records"]],
    ]);
  });

  it("leave out what the cloud has no use for", () => {
    const names = (changes: Partial<CloudFacts>) =>
      platformAddons(environment(), { ...facts, ...changes }).map(({ name }) => name);
    expect(names({ externalDns: undefined })).not.toContain("external-dns");
    expect(names({ hasMetricsServer: true })).not.toContain("metrics-server");
  });

  it.each(["cert-manager", "external-secrets", "external-dns", "metrics-server"])(
    "%s prefers system nodes and states its resources",
    (name) => {
      expect(addon(name).given).toMatchObject({
        tolerations: [{ key: "CriticalAddonsOnly", operator: "Exists" }],
        affinity: {
          nodeAffinity: {
            preferredDuringSchedulingIgnoredDuringExecution: [
              {
                preference: {
                  matchExpressions: [{ key: "goldenpath/node-group", operator: "In", values: ["system"] }],
                },
              },
            ],
          },
        },
        resources: { requests: { memory: expect.any(String) }, limits: { memory: expect.any(String) } },
      });
    },
  );
});

it("puts an identity's labels on the pods that have the identity, and on no others", () => {
  const podLabels = { "azure.workload.identity/use": "true" };
  const context = { ...CONTEXT, identity: { annotations: {}, podLabels } };
  const labelled = platformAddons(environment(), facts).filter(({ values }) =>
    JSON.stringify(values(context)).includes("azure.workload.identity/use"),
  );
  expect(labelled.map(({ name }) => name)).toEqual(["external-secrets", "external-dns"]);
  for (const { values } of labelled) {
    expect(values(context)).toMatchObject({ podLabels });
    expect(values(CONTEXT)).not.toHaveProperty("podLabels");
  }
});

it.each([
  ["Traefik", ingress()],
  ["ingress-nginx", ingress({ controller: ingressNginx() })],
  ["Envoy Gateway", gatewayApi()],
])("has no namespace that an application could come to, with %s", (_title, routing) => {
  const addons = platformAddons(environment({ routing, sealedSecrets: true }), facts);
  const namespaces = new Set(addons.map(({ namespace }) => namespace).filter((namespace) => namespace.includes("-")));
  expect(namespaces.size).toBeGreaterThan(3);
  for (const namespace of namespaces) {
    const [name = "", ...suffix] = namespace.split("-");
    const input = draft();
    input.app.name = name;
    input.environment.namespaceSuffix = suffix.join("-");
    expect(problemsOf(input.environment)).toEqual([
      `environments.production.applications.${name}: its namespace would be "${namespace}", which the platform has; ` +
        "rename the application, or give the environment another namespaceSuffix",
    ]);
  }
});

it("installs all that a routing asks for, in its order", () => {
  const routing = ingress();
  const definitions = { name: "crds", namespace: "crds", values: () => ({}) };
  const [controller] = routing.addons(environment());
  const both = controller === undefined ? [] : [{ ...controller, ...definitions }, controller];
  const names = platformAddons(environment({ routing: { ...routing, addons: () => both } }), facts);
  expect(names.map(({ name }) => name).slice(2, 4)).toEqual(["crds", "traefik"]);
});

describe("cert-manager", () => {
  it("installs its definitions and leaves them behind", () => {
    expect(addon("cert-manager").given).toMatchObject({
      crds: { enabled: true, keep: true },
      global: { leaderElection: { namespace: "cert-manager" } },
    });
  });

  it("survives a node in production, and is one of each in a small environment", () => {
    const budget = { podDisruptionBudget: { enabled: true, maxUnavailable: 1 } };
    expect(addon("cert-manager").given).toMatchObject({
      replicaCount: 2,
      ...budget,
      webhook: { replicaCount: 3, ...budget },
      cainjector: { replicaCount: 2, ...budget },
    });
    const small = addon("cert-manager", { profile: "small" }).given;
    expect(small).toMatchObject({ replicaCount: 1, webhook: { replicaCount: 1 }, cainjector: { replicaCount: 1 } });
    expect(small).not.toHaveProperty("podDisruptionBudget");
  });
});

describe("External Secrets", () => {
  const { given, needs } = addon("external-secrets");

  it("runs under the account that has the identity", () => {
    expect(needs?.serviceAccount).toBe("external-secrets");
    expect(given).toMatchObject({
      serviceAccount: { name: "external-secrets", annotations: { "example.com/role": "reader" } },
    });
  });

  it("accepts no store but the cluster's, and pushes nothing", () => {
    expect(given).toMatchObject({
      processSecretStore: false,
      processPushSecret: false,
      processClusterPushSecret: false,
      processClusterExternalSecret: false,
      rbac: { serviceAccountTokenCreate: false },
    });
    expect(given).not.toHaveProperty("processClusterStore");
  });

  it("keeps its definitions on uninstall: deleting an ExternalSecret deletes its Secret", () => {
    expect(given).toMatchObject({ installCRDs: true, crds: { annotations: { "helm.sh/resource-policy": "keep" } } });
  });
});

describe("external-dns", () => {
  it("edits the hosts of routes, as the environment's own", () => {
    expect(addon("external-dns").given).toMatchObject({
      provider: { name: "aws" },
      sources: ["ingress"],
      domainFilters: ["api.example.com"],
      txtOwnerId: "production",
      extraArgs: { "aws-zone-match-parent": true },
      serviceAccount: { name: "external-dns", annotations: { "example.com/role": "reader" } },
    });
  });

  it("reads where the chosen routing says", () => {
    const routing = { ...ingress(), dnsSources: ["gateway-httproute"] };
    expect(addon("external-dns", { routing }).given.sources).toEqual(["gateway-httproute"]);
  });

  it("notes ownership under the host itself, inside zone and filter", () => {
    expect(addon("external-dns").given.txtPrefix).toMatch(/%\{record_type\}.*\.$/);
  });

  it("deletes records only where the environment is not protected", () => {
    expect(addon("external-dns").given.policy).toBe("upsert-only");
    expect(addon("external-dns", { protect: false }).given.policy).toBe("sync");
  });

  it("edits the cloud's domains where it names them, with its variables", () => {
    const externalDns = { name: "aws", domains: ["example.com"], environment: { AWS_REGION: "eu-central-1" } };
    const found = platformAddons(environment(), { ...facts, externalDns }).find(({ name }) => name === "external-dns");
    expect(found?.values(CONTEXT)).toMatchObject({
      domainFilters: ["example.com"],
      env: [{ name: "AWS_REGION", value: "eu-central-1" }],
    });
  });
});

it("gives metrics-server the class that only kube-system is sure to allow", () => {
  const classes = platformAddons(environment(), facts).map(({ namespace, values }) => [
    namespace,
    values(CONTEXT).priorityClassName,
  ]);
  expect(classes.filter(([, priority]) => priority !== undefined)).toEqual([
    ["kube-system", "system-cluster-critical"],
  ]);
});

describe("objects of the second release", () => {
  const provider = { aws: { service: "SecretsManager", region: "eu-central-1" } };
  const objects = platformObjects(environment(), facts, provider);

  it("are the class, both issuers, the store, and the policy that refuses to delete what is protected", () => {
    expect(objects.map(({ kind, metadata }) => [kind, metadata])).toEqual([
      ["IngressClass", { name: "nginx" }],
      ["ClusterIssuer", { name: "letsencrypt-prod" }],
      ["ClusterIssuer", { name: "letsencrypt-staging" }],
      ["ClusterSecretStore", { name: "cloud" }],
      ["ValidatingAdmissionPolicy", { name: "goldenpath-deletion-protection" }],
      ["ValidatingAdmissionPolicyBinding", { name: "goldenpath-deletion-protection" }],
    ]);
  });

  it("issue by Let's Encrypt on the environment's account, proven over HTTP", () => {
    expect(objects[1]).toEqual({
      apiVersion: "cert-manager.io/v1",
      kind: "ClusterIssuer",
      metadata: { name: "letsencrypt-prod" },
      spec: {
        acme: {
          server: "https://acme-v02.api.letsencrypt.org/directory",
          email: "platform@example.com",
          privateKeySecretRef: { name: "letsencrypt-prod-account-key" },
          solvers: [{ http01: { ingress: { ingressClassName: "nginx", serviceType: "ClusterIP" } } }],
        },
      },
    });
    expect(objects[2]).toMatchObject({
      spec: { acme: { server: "https://acme-staging-v02.api.letsencrypt.org/directory" } },
    });
  });

  it("open the store to namespaces of applications only", () => {
    expect(objects[3]).toMatchObject({
      apiVersion: "external-secrets.io/v1",
      spec: {
        provider,
        conditions: [
          { namespaceSelector: { matchExpressions: [{ key: "goldenpath/application", operator: "Exists" }] } },
        ],
      },
    });
  });
});

describe("with the Gateway API", () => {
  const routing = gatewayApi();
  const changes = { routing };

  it("Envoy Gateway takes the controller's place", () => {
    expect(platformAddons(environment(changes), facts).map(({ name }) => name)).toEqual([
      "cert-manager",
      "external-secrets",
      "envoy-gateway",
      "external-dns",
      "metrics-server",
      "reloader",
    ]);
  });

  it("cert-manager watches Gateways, which it does not where nothing brings their kind", () => {
    expect(addon("cert-manager", changes).given.config).toEqual({ gatewayAPI: { enabled: true } });
    expect(addon("cert-manager").given).not.toHaveProperty("config");
  });

  it("external-dns reads routes", () => {
    expect(addon("external-dns", changes).given.sources).toEqual(["gateway-httproute"]);
  });

  it("the second release has the class, its proxies and their network policy", () => {
    const known = { ...facts, apiServerEndpoints: [{ cidrs: ["10.0.0.0/8"], port: 443 }] };
    const objects = platformObjects(environment(changes), known, { fake: {} });
    expect(objects.map(({ kind, metadata }) => [kind, metadata])).toMatchObject([
      ["EnvoyProxy", { name: "envoy", namespace: "envoy-gateway-system" }],
      ["GatewayClass", { name: "envoy" }],
      ["NetworkPolicy", { name: "route-controller", namespace: "envoy-gateway-system" }],
      ["ClusterIssuer", { name: "letsencrypt-prod" }],
      ["ClusterIssuer", { name: "letsencrypt-staging" }],
      ["ClusterSecretStore", { name: "cloud" }],
      ["ValidatingAdmissionPolicy", { name: "goldenpath-deletion-protection" }],
      ["ValidatingAdmissionPolicyBinding", { name: "goldenpath-deletion-protection" }],
    ]);
    expect(objects[3]).toHaveProperty("spec.acme.solvers", [
      { http01: { gatewayHTTPRoute: { serviceType: "ClusterIP" } } },
    ]);
  });
});

describe("data services in the cluster", () => {
  const events: ResolvedService = {
    name: "events",
    service: rabbitmq(),
    isDefault: true,
    sizing: { ...SIZING.production, placement: "in-cluster" },
  };
  const withEvents = (placement: ServicePlacement) => {
    const services = [{ ...events, sizing: { ...events.sizing, placement } }];
    return environment({ applications: [resolvedApplication({ services })] });
  };
  const names = (placement: ServicePlacement) => platformAddons(withEvents(placement), facts).map(({ name }) => name);
  const kinds = (placement: ServicePlacement) =>
    platformObjects(withEvents(placement), facts, {}).map(({ kind }) => kind);

  it("bring RabbitMQ's operator where an application runs a broker so, and nowhere else", () => {
    expect(names("in-cluster")).toContain("rabbitmq-cluster-operator");
    expect(names("managed")).not.toContain("rabbitmq-cluster-operator");
  });

  it("bring it at the version that its chart has", () => {
    const folder = join(__dirname, "../../../constructs/addons/charts/rabbitmq-cluster-operator");
    const chart = parse(readFileSync(join(folder, "Chart.yaml"), "utf8")) as { version: string; appVersion: string };
    const values = parse(readFileSync(join(folder, "values.yaml"), "utf8")) as { image: string };
    expect(rabbitmqOperator({ profile: "small" }).chart).toEqual({
      folder: "rabbitmq-cluster-operator",
      version: chart.version,
    });
    expect(values.image).toBe(`ghcr.io/rabbitmq/cluster-operator:${chart.appVersion}`);
    expect(readFileSync(join(folder, "templates/definition.yaml"), "utf8")).toContain("helm.sh/resource-policy: keep");
  });

  it("give every value to a chart that knows it", () => {
    const folder = join(__dirname, "../../../constructs/addons/charts/rabbitmq-cluster-operator");
    const known = parse(readFileSync(join(folder, "values.yaml"), "utf8")) as object;
    const given = rabbitmqOperator({ profile: "production" }).values(CONTEXT);
    expect(Object.keys(known)).toEqual(expect.arrayContaining(Object.keys(given)));
    expect(given).toMatchObject({ replicas: 2, topologySpreadConstraints: expect.anything() });
  });

  it("are refused to whoever would delete their data in a protected environment", () => {
    expect(kinds("in-cluster")).toContain("ValidatingAdmissionPolicy");
    // Volumes of workloads hold data too.
    expect(kinds("managed")).toContain("ValidatingAdmissionPolicy");
    expect(deletionProtection()[0]).toMatchObject({
      spec: {
        matchConstraints: {
          objectSelector: { matchLabels: { "goldenpath/protected": "true" } },
          resourceRules: [
            { resources: ["persistentvolumeclaims"], operations: ["DELETE"] },
            { resources: ["rabbitmqclusters"], operations: ["DELETE"] },
          ],
        },
      },
    });
  });
});
