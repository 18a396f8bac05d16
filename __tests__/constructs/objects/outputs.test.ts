import { parse } from "yaml";
import { google } from "../../../constructs/clouds/google";
import { local } from "../../../constructs/clouds/local";
import { modelJson } from "../../../constructs/model-json/model-json";
import { MODEL_SCHEMA } from "../../../constructs/model-json/schema";
import { loadEnvironments } from "../../../constructs/model/load";
import { http, worker } from "../../../constructs/model/workload";
import { composeParity } from "../../../constructs/outputs/parity/compose";
import { mistakes, report } from "../../../constructs/outputs/parity/part";
import { movesOf } from "../../../constructs/portability/moves";
import { renderEnvironments } from "../../../constructs/rendering/render-environment";
import { GOOGLE_PROPS } from "../../support/google-environment";
import { applicationChart } from "../../support/outputs";
import { named, stack, type StackJson, synthesizeEnvironments } from "../../support/reference";
import { image, scaler, search, shop, withObjects } from "./support";

/* eslint-disable @typescript-eslint/no-unsafe-argument, @typescript-eslint/no-unsafe-return, @typescript-eslint/no-unsafe-call -- what Terraform reads, at any depth */
/* eslint-disable-next-line @typescript-eslint/no-explicit-any -- the same */
type Json = any;

const synthesized = (...given: Parameters<typeof withObjects>): StackJson =>
  stack(synthesizeEnvironments([withObjects(...given)]), "staging");

const json = synthesized();

const manifests = (of: StackJson): Json[] =>
  Object.values(of.resource.kubernetes_manifest ?? {}).filter(
    ({ manifest }: Json) => manifest.metadata.labels["app.kubernetes.io/component"] === "objects",
  );

const ofKind = (kind: string): Json => manifests(json).find(({ manifest }) => manifest.kind === kind);

const policy = (name: string): Json => {
  const found = Object.values(json.resource.kubernetes_network_policy_v1 ?? {}).find((one: Json) =>
    new RegExp(`^${name}-[0-9a-f]{8}$`).test(one.metadata.name),
  );
  return (found as Json).spec;
};

/** The same application without what somebody needs. */
const alone = shop({ objects: { scaler: scaler() }, workloads: { web: http({ image }), consumer: worker({ image }) } });

describe("Terraform", () => {
  test("has each object in the application's namespace, with its labels, and texts as they are", () => {
    const titles = manifests(json).map(({ manifest: { kind, metadata } }) => `${kind} ${metadata.name}`);
    expect(titles.sort()).toEqual(["ScaledObject shop-consumer", "Service search", "StatefulSet search"]);
    const [engine, scaled] = ["StatefulSet", "ScaledObject"].map(ofKind);
    expect(engine.manifest.metadata).toEqual({
      name: "search",
      namespace: "shop-staging",
      labels: {
        team: "search",
        "app.kubernetes.io/name": "search",
        "app.kubernetes.io/component": "objects",
        "app.kubernetes.io/part-of": "shop",
        "app.kubernetes.io/managed-by": "goldenpath",
        owner: "shop",
      },
    });
    expect(engine.manifest.spec.template.spec.containers[0].args).toEqual(["--greet", "{{ hello }} $${HOME}"]);
    expect(engine.manifest.spec.template.metadata.labels).toEqual({ app: "search" });
    expect(scaled.computed_fields).toEqual(["metadata.annotations", "metadata.labels", "spec.advanced"]);
    expect(engine).not.toHaveProperty("computed_fields");
  });

  test("makes those with pods after the policies over them, and all after the namespace and its rules", () => {
    const [engine, scaled] = ["StatefulSet", "ScaledObject"].map(ofKind);
    expect(engine.depends_on).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^kubernetes_namespace_v1\./),
        expect.stringMatching(/^kubernetes_resource_quota_v1\./),
        expect.stringMatching(/^kubernetes_network_policy_v1\..*networkpolicy-shop-search|network-policy-shop-search/),
      ]),
    );
    expect(scaled.depends_on).toEqual([expect.stringMatching(/^kubernetes_namespace_v1\./)]);
  });

  test("opens both ends of each edge, to and from, and nothing else", () => {
    const pods = (matchLabels: Json) => ({ pod_selector: { match_labels: matchLabels } });
    const namespace = { match_labels: { "kubernetes.io/metadata.name": "shop-staging" } };
    expect(policy("shop-search")).toEqual({
      pod_selector: { match_labels: { app: "search" } },
      policy_types: ["Ingress", "Egress"],
      ingress: [{ from: [pods({ app: "shop-web" })], ports: [{ port: "7700", protocol: "TCP" }] }],
      egress: [
        { to: [pods({ app: "shop-web" })], ports: [{ port: "3000", protocol: "TCP" }] },
        { to: [{ ip_block: { cidr: "203.0.113.0/24" } }], ports: [{ port: "443", protocol: "TCP" }] },
      ],
    });
    expect(policy("shop-web").ingress).toEqual([
      { from: [pods({ app: "search" })], ports: [{ port: "3000", protocol: "TCP" }] },
    ]);
    expect(policy("shop-web").egress).toEqual([
      {
        to: [{ namespace_selector: namespace, ...pods({ app: "search" }) }],
        ports: [{ port: "7700", protocol: "TCP" }],
      },
    ]);
  });

  test("tells workloads where they are, and counts their pods and disks in the quota", () => {
    const { container } = (named(json, "kubernetes_deployment_v1", "shop-web") as Json).spec.template.spec;
    expect(container[0].env).toEqual(
      expect.arrayContaining([
        { name: "SEARCH_HOST", value: "search" },
        { name: "SEARCH_PORT", value: "7700" },
      ]),
    );
    const without = synthesized({ of: alone });
    const [before, after] = [without, json].map(
      (one) => (named(one, "kubernetes_resource_quota_v1", "quota") as Json).spec.hard,
    );
    expect(after).toMatchObject({
      pods: String(Number(before.pods) + 3),
      persistentvolumeclaims: "3",
      "requests.storage": "15Gi",
    });
    expect(before).not.toHaveProperty(["requests.storage"]);
    expect(Number.parseInt(after["requests.memory"])).toBeGreaterThan(Number.parseInt(before["requests.memory"]));
  });

  test("leaves the number of pods to what scales a workload, and counts as many as it may make", () => {
    const deployment = named(json, "kubernetes_deployment_v1", "shop-consumer") as Json;
    expect(deployment.lifecycle.ignore_changes).toEqual(["spec[0].replicas"]);
    const fewer = synthesized({}, { objects: { scaler: { ...scaler(), scales: { consumer: 4 } } } });
    const pods = [json, fewer].map((one) =>
      Number((named(one, "kubernetes_resource_quota_v1", "quota") as Json).spec.hard.pods),
    );
    expect((pods[0] ?? 0) - (pods[1] ?? 0)).toBeGreaterThanOrEqual(16);
  });

  test("refuses to lose a group with its caller in one release, and one with volumes where the environment is protected", () => {
    expect(JSON.stringify(json.resource.terraform_data?.Serving)).toContain("objects/search:search:7700 workload/web");
    const kept = stack(synthesizeEnvironments([{ ...withObjects(), protect: true }]), "staging");
    expect(JSON.stringify(kept.resource.terraform_data?.Ledger)).toContain("kept search objects");
  });

  test("leaves them where they are when Helm releases, as it does with the rest", () => {
    const helm = synthesized({ release: "helm" });
    expect(manifests(helm)).toEqual([]);
    const removed = (helm as Json).removed.map(({ from }: Json) => from);
    for (const name of ["stateful-set--search", "service--search", "scaled-object--shop-consumer"]) {
      expect(removed).toContainEqual(expect.stringMatching(new RegExp(`^kubernetes_manifest\\..*own-${name}`)));
    }
  });
});

describe("the chart", () => {
  const chart = (...specs: readonly ReturnType<typeof withObjects>[]) =>
    applicationChart({ application: "shop", environments: specs.flatMap((spec) => loadEnvironments([spec])) });

  test("has them in a template of their own, and what environments have otherwise as values", () => {
    const files = chart(
      withObjects(),
      withObjects({ name: "other", cloud: local() }, { objects: { search: search(3), scaler: false } }),
    );
    const template = files["templates/objects.yaml"] ?? "";
    expect(template).toContain("kind: StatefulSet");
    expect(template).toContain("kind: ScaledObject");
    const values = parse(files["values-other.yaml"] ?? "");
    expect(values.objects).toEqual({
      "StatefulSet search": { spec: search(3).manifests[0]?.spec },
      "ScaledObject shop-consumer": { enabled: false },
    });
  });

  test("has no number of pods where objects decide on it, and keeps it elsewhere", () => {
    const files = chart(withObjects(), withObjects({ name: "other", cloud: local() }, { objects: { scaler: false } }));
    expect(files["templates/deployment.yaml"]).toContain("not (or $workload.autoscaling.enabled $workload.scaled)");
    const values = (name: string) => parse(files[`values-${name}.yaml`] ?? "").workloads.consumer.scaled;
    expect([values("staging"), values("other")]).toEqual([true, false]);
  });

  test("has no such file where there are none", () => {
    expect(chart(withObjects({ of: { ...alone, objects: {} } }))).not.toHaveProperty(["templates/objects.yaml"]);
  });
});

test("model.json has each group, and edges to it by that word", () => {
  const input = withObjects();
  const text = modelJson(loadEnvironments([input]).map((environment) => ({ input, environment, stacks: [] })));
  const document = MODEL_SCHEMA.parse(JSON.parse(text)).environments.staging?.applications.shop;
  expect(document?.objects?.search).toEqual({
    ...{ reason: search().reason, manifests: search().manifests, computedFields: [], scales: {} },
    edges: [
      { to: "workload", name: "web", host: "shop-web", port: 80, variable: "WEB_URL" },
      { to: "external", name: "stripe", prefix: "STRIPE_" },
    ],
    pods: { ...search().pods, service: { name: "search", port: 7700, podPort: 7700 } },
  });
  expect(document?.objects?.scaler).not.toHaveProperty("pods");
  expect(document?.workloads.web?.edges).toEqual([{ to: "objects", name: "search", prefix: "SEARCH_" }]);
  expect(document?.externals).toEqual({});
});

test("the comparison with Compose names each group with its reason, and no mistake", () => {
  const [here] = renderEnvironments(loadEnvironments([withObjects({ name: "local", cloud: local() })]));
  if (here === undefined) throw new Error("no environment");
  const environments = renderEnvironments(loadEnvironments([withObjects()]));
  const parity = composeParity({ options: { application: "shop" }, local: here, environments });
  expect(mistakes(parity)).toEqual([]);
  expect(report(parity)).toContain(`  objects search: ${search().reason}\n`);
  expect(report(parity)).toContain(`  objects scaler: ${scaler().reason}\n`);
});

test("another cloud takes them as they are", () => {
  const [move] = movesOf(withObjects(), [withObjects({ name: "gke", cloud: google(GOOGLE_PROPS) })]);
  expect(move?.refused).toEqual([]);
});
