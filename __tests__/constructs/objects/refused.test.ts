import { loadEnvironments } from "../../../constructs/model/load";
import type { ObjectGroup } from "../../../constructs/model/object-group";
import { checkAdditions } from "../../../constructs/rendering/check-additions";
import { synthesizeEnvironments } from "../../support/reference";
import { refusals } from "../patches/support";
import { scaler, search, shop, withObjects } from "./support";

const lines = (...given: Parameters<typeof withObjects>): string[] =>
  refusals(() => loadEnvironments([withObjects(...given)]));

const ofGroup = (group: ObjectGroup): string[] => lines({ of: shop({ objects: { search: search(), own: group } }) });

const object = (apiVersion: string, kind: string, more: object = {}): ObjectGroup => ({
  reason: "the model has no word for it",
  manifests: [{ apiVersion, kind, metadata: { name: "own" }, ...more }],
});

test("what is right is taken", () => {
  expect(lines()).toEqual([]);
  expect(
    lines(
      {},
      { objects: { scaler: false, search: search(2), vpa: object("autoscaling.k8s.io/v1", "VerticalPodAutoscaler") } },
    ),
  ).toEqual([]);
});

test.each([
  [
    "v1",
    "Secret",
    "its values would be in plans and in the state; use secrets of the application, or an ExternalSecret",
  ],
  [
    "v1",
    "PersistentVolumeClaim",
    "nothing would protect what it holds; give the volume to a workload, or a template of it to a StatefulSet",
  ],
  ["v1", "ResourceQuota", "the application has one, made of what it can ask for; say in pods what these ask for"],
  [
    "rbac.authorization.k8s.io/v1",
    "ClusterRole",
    "is of the whole cluster and of no application; install it by a chart of the environment's own add-ons",
  ],
  [
    "batch/v1",
    "Job",
    "Kubernetes changes no Job, and each release would stop at it; use a release() or cron() workload",
  ],
])("a %s %s is refused, with where it belongs", (apiVersion, kind, text) => {
  expect(ofGroup(object(apiVersion, kind))).toEqual([
    `applications.shop.objects.own.manifests[0].kind: got "${kind}", ${text}`,
  ]);
});

test("the same kind of another API is no such thing", () => {
  expect(ofGroup(object("example.com/v1", "Secret"))).toEqual([]);
});

test("pods that nobody counts, and that bear other labels than the group says", () => {
  const template = { spec: { template: { metadata: { labels: { app: "other" } } } } };
  const daemon = object("apps/v1", "DaemonSet", template);
  const { pods } = search();
  expect(ofGroup(daemon)).toEqual([
    'applications.shop.objects.own.manifests[0].kind: got "DaemonSet", has pods, and no quota counts and no policy opens anything for them; say in pods of the group what they are',
  ]);
  if (pods === undefined) throw new Error("no pods");
  const { count, resources } = pods;
  expect(ofGroup({ ...daemon, pods: { count, resources, labels: { app: "own" } } })).toEqual([
    'applications.shop.objects.own.manifests[0]: its pods have no label app: "own", by which the group knows them; give the template all labels in pods of the group',
  ]);
});

test("labels by which a workload's pods are selected, or would be", () => {
  const { pods } = search();
  if (pods === undefined) throw new Error("no pods");
  const labelled = (labels: Record<string, string>) =>
    ofGroup({ ...object("example.com/v1", "Engine"), pods: { ...pods, labels } });
  const refusal =
    "applications.shop.objects.own.pods.labels: pods of workloads may have all of them; add one that the group alone has, e.g. app";
  expect(labelled({ app: "shop-web" })).toEqual([refusal]);
  expect(labelled({ owner: "shop" })).toEqual([refusal]);
  expect(labelled({ owner: "shop", engine: "own" })).toEqual([]);
});

test("names of all groups, needs and ways in are checked at once", () => {
  const { pods } = search();
  const engine = object("example.com/v1", "Engine").manifests;
  const open = { apiVersion: "v1", kind: "Service", metadata: { name: "open" }, spec: { type: "LoadBalancer" } };
  const wrong: ObjectGroup = {
    reason: "the model has no word for it",
    manifests: [...engine, open],
    needs: ["web", "serach", "consumer", "own", { to: "consumer", port: "metrics" }],
    ...(pods && { pods: { ...pods, labels: { app: "own" } } }),
  };
  expect(ofGroup(wrong)).toEqual([
    'applications.shop.objects.own.needs[1]: got "serach", no such thing to need; use an external or a workload that speaks HTTP: "stripe", "web" or "search" (did you mean "search"?)',
    'applications.shop.objects.own.needs[2]: got "consumer", a worker answers no requests; need a workload that speaks HTTP, or one of its ports: { to: "consumer", port: "admin" }',
    'applications.shop.objects.own.needs[3]: got "own", it reaches itself without an edge; remove it',
    'applications.shop.objects.own.needs[4].port: got "metrics", workload "consumer" has no such port; use "admin"',
    'applications.shop.objects.own.manifests[1].spec.type: got "LoadBalancer", the namespace\'s quota admits no load balancer, and no policy lets nodes in; use "ClusterIP", and a route of a workload before it',
  ]);
});

test("two objects of one kind and name, in one group or in two", () => {
  expect(ofGroup({ ...scaler(), manifests: [...scaler().manifests, ...scaler().manifests] })).toEqual([
    "applications.shop.objects.own.manifests[1]: ScaledObject shop-consumer is there twice; name objects of one kind apart",
  ]);
  expect(lines({}, { objects: { again: { ...scaler() } } })).toEqual([
    'environments.staging.applications.shop.objects.again.manifests[0]: the objects of "scaler" have ScaledObject shop-consumer too; name objects of one kind apart',
  ]);
});

test("a group that something needs is neither taken away nor without a service", () => {
  expect(lines({}, { objects: { search: false } })).toEqual([
    'environments.staging.applications.shop.objects.search: workload "web" needs them here; keep them with a service, or take it out of the needs of workload "web" here',
  ]);
  expect(lines({}, { objects: { search: false }, workloads: { web: { needs: [] } } })).toEqual([]);
  expect(lines({ of: shop({ objects: { search: scaler() } }) })).toEqual([
    'applications.shop.workloads.web.needs[0]: got "search", these objects answer nobody; give their pods a service, or remove it',
  ]);
  expect(lines({}, { objects: { serach: false } })).toEqual([
    'environments.staging.applications.shop.objects.serach: the application has no such objects to take away; use "search" or "scaler" (did you mean "search"?)',
  ]);
});

test("an object that the program makes is not made twice", () => {
  const twice = (kind: string, name: string): ObjectGroup => ({
    reason: "the model has no word for it",
    manifests: [{ apiVersion: "v1", kind, metadata: { name } }],
  });
  const input = withObjects(
    {},
    {
      objects: {
        again: twice("Service", "shop-web"),
        quota: twice("NetworkPolicy", "default-deny"),
        fine: twice("Service", "web"),
      },
    },
  );
  const refusal = (group: string, title: string) =>
    `environments.staging.applications.shop.objects.${group}.manifests[0]: ${title} is made for the application already; give it another name`;
  const said = [refusal("again", "Service shop-web"), refusal("quota", "NetworkPolicy default-deny")];
  expect(refusals(() => synthesizeEnvironments([input]))).toEqual(said);
  expect(
    refusals(() => {
      checkAdditions(loadEnvironments([input]));
    }),
  ).toEqual(said);
});

test("an object that acts on what is gone is refused, and one that acts on another own object is not", () => {
  const acting = (scaleTargetRef: object): ObjectGroup => ({
    ...scaler(),
    manifests: scaler().manifests.map((one) => ({ ...one, spec: { scaleTargetRef } })),
  });
  const said = (target: object) =>
    refusals(() => synthesizeEnvironments([withObjects({}, { objects: { scaler: acting(target) } })]));
  const path = "environments.staging.applications.shop.objects.scaler.manifests[0].spec.scaleTargetRef.name";
  expect(said({ name: "shop-consumer" })).toEqual([]);
  expect(said({ apiVersion: "apps/v1", kind: "StatefulSet", name: "search" })).toEqual([]);
  expect(said({ apiVersion: "example.com/v1", kind: "Engine", name: "of-an-operator" })).toEqual([]);
  expect(said({ name: "shop-comsumer" })).toEqual([
    `${path}: got "shop-comsumer", the application has no such Deployment here; use "shop-web" or "shop-consumer" (did you mean "shop-consumer"?)`,
  ]);
  expect(said({ apiVersion: "apps/v1", kind: "StatefulSet", name: "sought" })).toEqual([
    `${path}: got "sought", the application has no such StatefulSet here; use "search"`,
  ]);
});

test("amounts, the Service and its ports are what the group says of them", () => {
  const whole = search();
  const { pods } = whole;
  if (pods === undefined) throw new Error("no pods");
  const say = (changes: Partial<typeof pods>) =>
    lines({ of: shop({ objects: { search: { ...whole, pods: { ...pods, ...changes } } } }) });
  const at = "applications.shop.objects.search";
  expect(say({ volumes: [] as never }).map((line) => line.split(":")[0])).toEqual([`${at}.pods.volumes`]);
  expect(lines({}, { objects: { search: search(5) } })).toEqual([
    `environments.staging.${at}.manifests[0].spec.replicas: got 5, the quota admits 3 pods of the group; raise count in pods of the group`,
    `environments.staging.${at}.manifests[0].spec.volumeClaimTemplates: asks for 5 volumes, and the namespace's quota admits 3 for the group; give the size of each in volumes of pods of the group`,
  ]);
  expect(say({ service: { name: "serach", port: 7700 } })).toEqual([
    `${at}.pods.service.name: got "serach", none of the manifests is this Service, and nothing else makes one; add the Service, or correct the name`,
  ]);
  expect(say({ service: { name: "search", port: 80 } })).toEqual([
    `${at}.pods.service.port: got 80, the Service has the ports 7700; use one of its ports`,
  ]);
  expect(say({ service: { name: "search", port: 7700, podPort: 80 } })).toEqual([
    `${at}.pods.service.podPort: got 80, the Service leads to port 7700 of the pods, and policies would open 80; use 7700`,
  ]);
});

test("a List, and what scales a workload that something scales already or nobody counts", () => {
  expect(ofGroup(object("v1", "List", { items: [{ kind: "Secret" }] }))).toEqual([
    'applications.shop.objects.own.manifests[0].kind: got "List", is many objects in one; give each as a manifest',
  ]);
  expect(lines({}, { objects: { scaler: { ...scaler(), scales: { comsumer: 3 } } } })).toEqual([
    'environments.staging.applications.shop.objects.scaler.scales.comsumer: no workload with replicas has this name; use "web" or "consumer" (did you mean "consumer"?)',
  ]);
  const { reason, manifests } = scaler();
  const synthesis = (...given: Parameters<typeof withObjects>) =>
    refusals(() => synthesizeEnvironments([withObjects(...given)]));
  const path = "environments.staging.applications.shop.objects.scaler.manifests[0].spec.scaleTargetRef.name";
  expect(synthesis({}, { objects: { scaler: { reason, manifests } } })).toEqual([
    `${path}: got "shop-consumer", quotas count no pods that it makes, and each release would take them back; say the most that it makes in scales of the group: { "consumer": 10 }`,
  ]);
  expect(synthesis({}, { workloads: { consumer: { autoscaling: { min: 1, max: 3, cpu: 70 } } } })).toEqual([
    `${path}: got "shop-consumer", workload "consumer" has an autoscaler of its own here; say autoscaling: false of it in this environment, or take one of the two out`,
  ]);
});

test("a name that something else has", () => {
  expect(lines({ of: shop({ objects: { search: search(), consumer: scaler() } }) })).toEqual([
    'applications.shop.objects.consumer: "consumer" is also one of the workloads; rename one of the two',
  ]);
});

test("form: every mistake with its place", () => {
  const found = ofGroup({
    reason: "short",
    manifests: [
      { apiVersion: "v1", kind: "config", metadata: { name: "Own", namespace: "x" }, data: { key: () => "" } },
    ],
  } as never);
  expect(found.map((line) => line.split(":")[0])).toEqual([
    "applications.shop.objects.own.reason",
    "applications.shop.objects.own.manifests[0].kind",
    "applications.shop.objects.own.manifests[0].metadata.name",
    "applications.shop.objects.own.manifests[0].metadata.namespace",
  ]);
});

test("what is no data is found where it is", () => {
  const odd = { ...object("example.com/v1", "Engine", { spec: { list: [1, { key: () => "" }], more: Number.NaN } }) };
  expect(ofGroup(odd).map((line) => line.split(":")[0])).toEqual([
    "applications.shop.objects.own.manifests[0].spec.list[1].key",
    "applications.shop.objects.own.manifests[0].spec.more",
  ]);
});
