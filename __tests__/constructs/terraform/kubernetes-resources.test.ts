import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import type { Deployment, KubernetesObject, NetworkPolicy } from "../../../constructs/kubernetes/objects";
import { gatewayApi } from "../../../constructs/routing/gateway-api";
import { ingress as ingressOf } from "../../../constructs/routing/ingress";
import type { Routing } from "../../../constructs/routing/routing";
import { MYSQL_USERS } from "../../../constructs/services/mysql/users";
import { KubernetesResources } from "../../../constructs/terraform/kubernetes-resources";
import { sampleDeployments, sampleWorkloads } from "../../../scripts/bench/sample";
import { serverObjects } from "../../support/in-cluster";
import {
  backend,
  cron,
  migrate,
  ordersDb,
  render,
  resolvedApplication,
  settled,
  stripeKey,
  withUsers,
} from "../../support/resolved";
import {
  claim,
  configMap,
  cronJob,
  denyAll,
  externalSecret,
  gatewayObjects,
  ingress,
  ingresses,
  job,
  limits,
  quota,
} from "./objects";
import { only, synthesize, synthesizeObjects } from "./synthesize";

const [sample] = sampleDeployments(1);
if (sample === undefined) throw new Error("no sample");
const deployment = sample;

function dependencies(objects: readonly KubernetesObject[], type: string): string[] {
  const { depends_on = [] } = only(synthesizeObjects(objects), type) as { depends_on?: string[] };
  return depends_on.map((address) => address.replace(/_[0-9A-F]{8}$/, "")).sort();
}

describe("addresses", () => {
  const addresses = (objects: readonly KubernetesObject[]) =>
    Object.entries(synthesizeObjects(objects)).flatMap(([type, all]) => Object.keys(all).map((id) => `${type}.${id}`));

  test("are kind and name", () => {
    expect(
      addresses(sampleWorkloads(1))
        .map((address) => address.replace(/_[0-9A-F]{8}$/, ""))
        .sort(),
    ).toEqual([
      "kubernetes_config_map_v1.k_config-map-workload-0",
      "kubernetes_deployment_v1.k_deployment-workload-0",
      "kubernetes_horizontal_pod_autoscaler_v2.k_horizontal-pod-autoscaler-workload-0-hpa",
      "kubernetes_manifest.k_pod-disruption-budget-workload-0",
      "kubernetes_namespace_v1.k_namespace-bench",
      "kubernetes_network_policy_v1.k_network-policy-workload-0",
      "kubernetes_service_account_v1.k_service-account-workload-0",
      "kubernetes_service_v1.k_service-workload-0",
      "terraform_data.k_release-end",
    ]);
  });

  test("stay when objects are added before, or given in another order", () => {
    const one = addresses(sampleWorkloads(1)).sort();
    expect(addresses(sampleWorkloads(2).reverse())).toEqual(expect.arrayContaining(one));
  });

  test("two objects of one kind and name are refused", () => {
    expect(() => synthesizeObjects([configMap, configMap])).toThrow("test/k/config-map-thing: given twice");
  });

  test("are found by kind and name, or it is said that there is none", () => {
    const resource = synthesize((stack) => {
      const resources = new KubernetesResources(stack, "k", { objects: [configMap] });
      new KubernetesProvider(stack, "other", { alias: "other" });
      expect(resources.resource("ConfigMap", "thing").terraformResourceType).toBe("kubernetes_config_map_v1");
      expect(() => resources.resource("Service", "thing")).toThrow("test/k/service-thing: no such object");
    });
    expect(resource).toBeDefined();
  });
});

describe("dependencies", () => {
  test("everything waits for its namespace, and so is gone before it", () => {
    const resources = synthesizeObjects([...sampleWorkloads(1), configMap, denyAll]);
    for (const [type, all] of Object.entries(resources)) {
      if (type === "kubernetes_namespace_v1") continue;
      for (const { depends_on } of Object.values(all) as { depends_on?: string[] }[]) {
        expect(depends_on).toContainEqual(expect.stringContaining("kubernetes_namespace_v1.k_namespace-bench"));
      }
    }
  });

  test("pods wait for what they refer to and for the rules over them", () => {
    const volumes = [{ name: "files", persistentVolumeClaim: { claimName: "thing" } }];
    const spec = { ...deployment.spec.template.spec, volumes };
    const stored: Deployment = {
      ...deployment,
      spec: { ...deployment.spec, template: { ...deployment.spec.template, spec } },
    };
    const others = sampleWorkloads(2).filter(({ kind }) => kind !== "Deployment" && kind !== "HorizontalPodAutoscaler");
    const objects = [stored, ...others, claim, configMap, externalSecret, quota, limits, denyAll];
    expect(dependencies(objects, "kubernetes_deployment_v1")).toEqual([
      "kubernetes_config_map_v1.k_config-map-workload-0",
      "kubernetes_limit_range_v1.k_limit-range-thing",
      "kubernetes_manifest.k_external-secret-thing",
      "kubernetes_namespace_v1.k_namespace-bench",
      "kubernetes_network_policy_v1.k_network-policy-deny-all",
      "kubernetes_network_policy_v1.k_network-policy-workload-0",
      "kubernetes_persistent_volume_claim_v1.k_persistent-volume-claim-thing",
      "kubernetes_resource_quota_v1.k_resource-quota-thing",
      "kubernetes_service_account_v1.k_service-account-workload-0",
    ]);
    expect(dependencies([...others, externalSecret, cronJob], "kubernetes_cron_job_v1")).toContain(
      "kubernetes_manifest.k_external-secret-thing",
    );
  });

  test("a policy counts only for pods that bear all of its labels", () => {
    const podSelector = { matchLabels: { app: "workload-0", version: "other" } };
    const narrower: NetworkPolicy = { ...denyAll, spec: { ...denyAll.spec, podSelector } };
    expect(dependencies([deployment, narrower], "kubernetes_deployment_v1")).toEqual([]);
  });

  test("the autoscaler waits for its Deployment, the route for its Services", () => {
    const objects = [...sampleWorkloads(1), ingress];
    expect(dependencies(objects, "kubernetes_horizontal_pod_autoscaler_v2")).toContain(
      "kubernetes_deployment_v1.k_deployment-workload-0",
    );
    expect(dependencies(objects, "kubernetes_ingress_v1")).toContain("kubernetes_service_v1.k_service-workload-0");
  });
});

describe("a route with settings", () => {
  const services = render().filter(({ kind }) => kind === "Service");
  const deployments = render().filter(({ kind }) => kind === "Deployment");
  const blocks = Object.values(
    synthesizeObjects([...services, ...deployments, ...ingresses]).kubernetes_ingress_v1 ?? {},
  ) as unknown as readonly {
    readonly metadata: { readonly name: string };
    readonly depends_on: readonly string[];
    readonly lifecycle?: object;
  }[];
  const [own, main] = ["my-app-ingress-web", "my-app-ingress"].map((name) =>
    blocks.find(({ metadata }) => metadata.name === name),
  );

  test("has an Ingress that is there before the application's turns away, and until it leads there again", () => {
    expect(main?.depends_on.join()).toContain("k_ingress-my-app-ingress-web");
    expect(own?.lifecycle).toEqual({ create_before_destroy: true });
    expect(main?.lifecycle).toBeUndefined();
  });

  test("waits for no Deployment: it would be kept beside its successor too, of the same name", () => {
    expect(own?.depends_on.join()).not.toContain("deployment");
    expect(main?.depends_on.join()).toContain("kubernetes_deployment_v1.k_deployment-my-app-backend");
  });
});

describe("a route that asks for passwords", () => {
  const basicAuth = { secretName: "my-app-basic-auth-admins", secret: { ...stripeKey, name: "admins" } };
  const [one] = resolvedApplication().routes;
  if (one === undefined) throw new Error("no route");
  const application = resolvedApplication({ routes: [{ ...one, settings: settled({ basicAuth }) }] });
  interface Guarded {
    readonly depends_on?: readonly string[];
    readonly lifecycle?: object;
  }
  const blocks = (routing: Routing) => {
    const { kubernetes_manifest = {}, kubernetes_ingress_v1 = {} } = synthesizeObjects(
      render({ application, routing }),
    );
    return Object.entries({ ...kubernetes_manifest, ...kubernetes_ingress_v1 }) as [string, Guarded][];
  };
  const waiting = (routing: Routing, of: RegExp): (string | undefined)[] =>
    blocks(routing).flatMap(([id, { depends_on }]) => (of.test(id) ? [depends_on?.join()] : []));

  test("opens when its Secret is there, behind an Ingress and behind a Gateway", () => {
    expect(waiting(ingressOf(), /ingress-my-app-ingress-/).join()).toContain("basic-auth-admins");
    expect(waiting(gatewayApi(), /security-policy/).join()).toContain("basic-auth-admins");
  });

  test("so it is with headers that an Ingress sets", () => {
    const headers = { request: {}, response: { "X-Frame-Options": "DENY" } };
    const setting = resolvedApplication({ routes: [{ ...one, settings: settled({ headers }) }] });
    const { kubernetes_ingress_v1 = {}, kubernetes_config_map_v1 = {} } = synthesizeObjects(
      render({ application: setting, routing: ingressOf() }),
    );
    const own = Object.entries(kubernetes_ingress_v1).find(([id]) => /ingress-my-app-ingress-/.test(id));
    const [id, map] = Object.entries(kubernetes_config_map_v1).find(([key]) => key.includes("headers-")) ?? [];
    expect(own?.[1]).toMatchObject({
      depends_on: expect.arrayContaining([expect.stringContaining(id ?? "none")]) as unknown,
    });
    expect(map).toMatchObject({ lifecycle: { create_before_destroy: true } });
  });

  test("keeps its Secret until it asks no more", () => {
    const [, secret] = blocks(ingressOf()).find(([id]) => id.includes("basic-auth-admins")) ?? [];
    expect(secret?.lifecycle).toEqual({ create_before_destroy: true });
    const [, other] = blocks(ingressOf()).find(([id]) => id.includes("external-secret-my-app-secrets")) ?? [];
    expect(other?.lifecycle).toBeUndefined();
  });
});

test("a route waits for its Gateway and Services, a policy for what it applies to", () => {
  const service = render().filter(({ kind, metadata }) => kind === "Service" && metadata.name === "my-app-backend");
  const manifests = Object.entries(synthesizeObjects([...gatewayObjects, ...service]).kubernetes_manifest ?? {});
  const short = (address: string) => address.replace(/^[a-z0-9_]+\.k_|_[0-9A-F]{8}$/g, "").replace(/^k_/, "");
  const waits = manifests.map(([id, block]) => {
    const { depends_on = [] } = block as { depends_on?: string[] };
    return [short(id), depends_on.map(short)];
  });
  expect(Object.fromEntries(waits)).toEqual({
    "gateway-my-app-gateway": [],
    "client-traffic-policy-my-app-clients": ["gateway-my-app-gateway"],
    "httproute-my-app-examplecom": ["gateway-my-app-gateway"],
    "httproute-my-app-redirect": ["gateway-my-app-gateway"],
    "httproute-my-app-apiexamplecom": ["gateway-my-app-gateway", "service-my-app-backend"],
    // It opens when the policy for who may call it is there.
    "httproute-my-app-wwwexamplecom": ["gateway-my-app-gateway", "security-policy-my-app-callers-web"],
    "security-policy-my-app-callers-web": [],
    "backend-traffic-policy-my-app-backends": ["httproute-my-app-apiexamplecom", "httproute-my-app-wwwexamplecom"],
    "backend-traffic-policy-my-app-backends-web": ["httproute-my-app-wwwexamplecom"],
  });
});

describe("fields of a Deployment that others write", () => {
  const reloaded = 'spec[0].template[0].metadata[0].annotations["reloader.stakater.com/last-reloaded-from"]';
  const ignored = (objects: readonly KubernetesObject[]): unknown =>
    only(synthesizeObjects(objects), "kubernetes_deployment_v1").lifecycle;
  const annotated = (annotations: Record<string, string>): Deployment => ({
    ...deployment,
    metadata: { ...deployment.metadata, annotations },
  });
  const secret = { "secret.reloader.stakater.com/reload": "my-app-secrets" };

  test("are Reloader's note where it is asked to look at a Secret or a ConfigMap", () => {
    expect(ignored([annotated(secret)])).toEqual({ ignore_changes: [reloaded] });
    expect(ignored([annotated({ "configmap.reloader.stakater.com/reload": "my-app.ca-bundles" })])).toEqual({
      ignore_changes: [reloaded],
    });
    expect(ignored([annotated({ "example.com/other": "x" })])).toBeUndefined();
  });

  test("are the replicas beside it where there is an autoscaler, and no other annotation of the pods", () => {
    const scaled = sampleWorkloads(1).map((object) => (object.kind === "Deployment" ? annotated(secret) : object));
    expect(ignored(scaled)).toEqual({ ignore_changes: ["spec[0].replicas", reloaded] });
  });

  test("are nobody's in a Job or a CronJob", () => {
    for (const [object, type] of [
      [job, "kubernetes_job_v1"],
      [cronJob, "kubernetes_cron_job_v1"],
    ] as const) {
      const annotated = { ...object, metadata: { ...object.metadata, annotations: secret } };
      expect(only(synthesizeObjects([annotated]), type).lifecycle).toBeUndefined();
    }
  });
});

describe("the users of a service, a release and what runs after it", () => {
  const application = resolvedApplication({ workloads: [backend(), cron(), migrate()] });
  const objects = render({ application, provided: withUsers() });
  const short = (address: string) => address.replace(/^[a-z0-9_]+\.k_|^k_/, "").replace(/_[0-9A-F]{8}$/, "");
  /** What each resource waits for, by `depends_on`. */
  const waiting = (given: readonly KubernetesObject[]): Readonly<Record<string, string[]>> =>
    Object.fromEntries(
      Object.values(synthesizeObjects(given)).flatMap((all) =>
        Object.entries(all).map(([id, block]): [string, string[]] => [
          short(id),
          ((block as { depends_on?: string[] }).depends_on ?? []).map(short).sort(),
        ]),
      ),
    );
  const waits = waiting(objects);
  const users = "my-app-orders-db-users";
  const rules = [
    "limit-range-container-defaults",
    "namespace-my-app-prod",
    "network-policy-allow-dns",
    "network-policy-default-deny",
    "resource-quota-quota",
  ];

  test("the Job for users waits for what it mounts, its policy and its account, and not for a release", () => {
    expect(waits[`job-${users}`]).toEqual(
      [
        ...rules,
        `config-map-${users}`,
        `external-secret-${users}`,
        `network-policy-${users}`,
        `service-account-${users}`,
      ].sort(),
    );
    expect(waits[`external-secret-${users}`]).toEqual(["namespace-my-app-prod"]);
  });

  test("the Secret of the application comes when the users are there", () => {
    expect(waits["external-secret-my-app-secrets"]).toEqual([`job-${users}`, "namespace-my-app-prod"]);
  });

  const pods = (name: string) => [
    ...rules,
    `config-map-my-app-${name}`,
    `config-map-my-app-${name}connections`,
    "external-secret-my-app-secrets",
    `job-${users}`,
    `network-policy-my-app-${name}`,
    `service-account-my-app-${name}`,
  ];

  test("a release waits for users and Secret", () => {
    expect(waits["job-my-app-migrate"]).toEqual(pods("migrate").sort());
  });

  test("what runs on waits for the release too", () => {
    expect(waits["cron-job-my-app-cron"]).toEqual([...pods("cron"), "job-my-app-migrate"].sort());
    expect(waits["deployment-my-app-backend"]).toEqual(
      [
        ...pods("backend"),
        "job-my-app-migrate",
        // The dot of `backend.server` has no place in an address; a hash of the whole ends it.
        "config-map-my-app-backendserver",
        "persistent-volume-claim-my-app-backend-uploads",
      ].sort(),
    );
  });

  test("the Job against users comes when all of that is there, with what the Job for users has", () => {
    expect(waits["job-my-app-orders-db-retire"]).toEqual(
      [
        ...(waits[`job-${users}`] ?? []),
        `job-${users}`,
        "job-my-app-migrate",
        "cron-job-my-app-cron",
        "deployment-my-app-backend",
      ].sort(),
    );
    const waiting = Object.entries(waits).filter(([, found]) => found.includes("job-my-app-orders-db-retire"));
    expect(waiting.map(([id]) => id)).toEqual(["release-end"]);
  });

  test("a sealed Secret is waited for as an assembled one is", () => {
    const secrets = [{ ...stripeKey, sealed: "AgB7" }];
    const sealed = resolvedApplication({ workloads: [migrate({ edges: [], secrets })], secrets, routes: [] });
    const addresses = dependencies(render({ application: sealed }), "kubernetes_job_v1");
    expect(addresses).toContain("kubernetes_manifest.k_sealed-secret-my-app-sealed");
  });

  test("another revision of the login is another object at the same address", () => {
    const address = (passwords: number) => {
      const services = [{ ...ordersDb, sizing: { ...ordersDb.sizing, passwords } }];
      const rendered = render({ application: { ...application, services }, provided: withUsers() });
      const manifests = Object.entries(synthesizeObjects(rendered).kubernetes_manifest ?? {});
      const found = manifests.filter(([id]) => id.includes(users));
      return found.map(([id, { manifest }]) => [id, (manifest as { metadata: { name: string } }).metadata.name]);
    };
    const [[id, name] = []] = address(1);
    const [[again, next] = []] = address(2);
    expect(id).toMatch(new RegExp(`^k_external-secret-${users}_[0-9A-F]{8}$`));
    expect(again).toBe(id);
    expect(name).toMatch(new RegExp(`^${users}-[0-9a-f]{8}$`));
    expect(next).not.toBe(name);
  });

  test("another revision of a Job is another object at the same address", () => {
    const named = (image: string, script: string) => {
      const services = [{ ...ordersDb, service: { ...ordersDb.service, users: { ...MYSQL_USERS, script } } }];
      const workloads = [backend(), migrate({ image })];
      const rendered = render({ application: { ...application, services, workloads }, provided: withUsers() });
      const jobs = Object.entries(synthesizeObjects(rendered).kubernetes_job_v1 ?? {});
      return Object.fromEntries(jobs.map(([id, { metadata }]) => [id, (metadata as { name: string }).name]));
    };
    const before = named("registry.example.com/migrate:v1", "exit 0");
    const after = named("registry.example.com/migrate:v2", "exit 1");
    expect(Object.keys(before).sort()).toEqual(
      ["my-app-migrate", "my-app-orders-db-retire", users].map((name): unknown =>
        expect.stringMatching(new RegExp(`^k_job-${name}_[0-9A-F]{8}$`)),
      ),
    );
    expect(Object.keys(after)).toEqual(Object.keys(before));
    for (const [id, name] of Object.entries(before)) expect(after[id]).not.toBe(name);
  });

  test("what bears no revision keeps the whole of its name", () => {
    const named = { ...configMap, metadata: { ...configMap.metadata, name: "thing-0123abcd" } };
    expect(Object.keys(synthesizeObjects([named]).kubernetes_config_map_v1 ?? {})).toEqual([
      expect.stringMatching(/^k_config-map-thing-0123abcd_[0-9A-F]{8}$/),
    ]);
  });

  test("is found by its name as it is for now", () => {
    synthesize((stack) => {
      const found = new KubernetesResources(stack, "k", { objects });
      expect(found.resource("Job", users).terraformResourceType).toBe("kubernetes_job_v1");
    });
  });

  test("is in the same order whatever order the objects are given in", () => {
    expect(waiting([...objects].reverse())).toEqual(waits);
  });
});

test("replicas are the autoscaler's where there is one", () => {
  const scaled = only(synthesizeObjects(sampleWorkloads(1)), "kubernetes_deployment_v1");
  expect(scaled.lifecycle).toEqual({ ignore_changes: ["spec[0].replicas"] });
  expect(scaled.spec.replicas).toBe("3");
  expect(only(synthesizeObjects([deployment]), "kubernetes_deployment_v1").lifecycle).toBeUndefined();
});

describe("data services in the cluster", () => {
  const objects = [...serverObjects(), ...render({ provided: withUsers() })].filter(
    ({ kind, metadata }, index, all) =>
      all.findIndex((other) => other.kind === kind && other.metadata.name === metadata.name) === index,
  );
  const resources = synthesizeObjects(objects);
  const named = (type: string, name: string) => {
    const [found, ...others] = Object.entries(resources[type] ?? {}).filter(([id]) => id.startsWith(`k_${name}_`));
    if (found === undefined || others.length > 0) throw new Error(`${type} ${name}: not one of them`);
    return found[1];
  };
  const waitsFor = (type: string, name: string): string[] =>
    ((named(type, name)["depends_on"] ?? []) as string[]).map((address) => address.replace(/_[0-9A-F]{8}$/, ""));

  test("each certificate waits for whoever signs it", () => {
    expect(waitsFor("kubernetes_manifest", "certificate-my-appauthority")).toContain(
      "kubernetes_manifest.k_issuer-my-appself-signed",
    );
    expect(waitsFor("kubernetes_manifest", "issuer-my-appauthority")).toContain(
      "kubernetes_manifest.k_certificate-my-appauthority",
    );
    expect(waitsFor("kubernetes_manifest", "certificate-my-app-cachetls")).toContain(
      "kubernetes_manifest.k_issuer-my-appauthority",
    );
  });

  test("a server waits for its certificate, its password, its disk and the rules over its pods", () => {
    expect(waitsFor("kubernetes_stateful_set_v1", "stateful-set-my-app-cache")).toEqual(
      expect.arrayContaining([
        "kubernetes_manifest.k_certificate-my-app-cachetls",
        "kubernetes_manifest.k_external-secret-my-app-cachelogin",
        "kubernetes_persistent_volume_claim_v1.k_persistent-volume-claim-my-app-cachedata",
        "kubernetes_network_policy_v1.k_network-policy-my-app-cache",
        "kubernetes_network_policy_v1.k_network-policy-default-deny",
        "kubernetes_resource_quota_v1.k_resource-quota-quota",
      ]),
    );
    expect(waitsFor("kubernetes_manifest", "rabbitmq-cluster-my-app-events")).toEqual(
      expect.arrayContaining([
        "kubernetes_manifest.k_certificate-my-app-eventstls",
        "kubernetes_manifest.k_external-secret-my-app-events-default-user",
        "kubernetes_network_policy_v1.k_network-policy-my-app-events",
      ]),
    );
  });

  test("users are made when the servers answer, and workloads start after both", () => {
    const servers = [
      "kubernetes_stateful_set_v1.k_stateful-set-my-app-orders-db",
      "kubernetes_manifest.k_rabbitmq-cluster-my-app-events",
    ];
    expect(waitsFor("kubernetes_job_v1", "job-my-app-orders-db-users")).toEqual(expect.arrayContaining(servers));
    expect(waitsFor("kubernetes_deployment_v1", "deployment-my-app-backend")).toEqual(
      expect.arrayContaining([...servers, "kubernetes_job_v1.k_job-my-app-orders-db-users"]),
    );
  });

  test("what holds data of a protected environment is not destroyed, and everything else may be", () => {
    const kept = Object.values(resources).flatMap((all) =>
      Object.entries(all)
        .filter(
          ([, { lifecycle }]) => (lifecycle as { prevent_destroy?: boolean } | undefined)?.prevent_destroy === true,
        )
        .map(([id]) => id.replace(/_[0-9A-F]{8}$/, "")),
    );
    expect(kept.sort()).toEqual([
      "k_persistent-volume-claim-my-app-backend-uploads",
      "k_persistent-volume-claim-my-app-cachedata",
      "k_persistent-volume-claim-my-app-orders-dbdata",
      "k_persistent-volume-claim-my-app-uploadsdata",
      "k_rabbitmq-cluster-my-app-events",
    ]);
  });

  test("Reloader's note in a server's pods is its own", () => {
    expect(named("kubernetes_stateful_set_v1", "stateful-set-my-app-cache")["lifecycle"]).toEqual({
      ignore_changes: ['spec[0].template[0].metadata[0].annotations["reloader.stakater.com/last-reloaded-from"]'],
    });
  });
});
