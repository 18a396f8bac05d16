import { delimiter, dirname } from "node:path";
import { asker } from "../../cli/preflight/ask";
import { local } from "../../constructs/clouds/local";
import { environment } from "../../constructs/environment";
import type { KubernetesObject } from "../../constructs/kubernetes/objects";
import { application } from "../../constructs/model/application";
import { loadEnvironments } from "../../constructs/model/load";
import { http } from "../../constructs/model/workload";
import { clusterChecks } from "../../constructs/preflight/cluster-checks";
import { clusterNeeds } from "../../constructs/preflight/cluster-needs";
import { type Preflight, runChecks } from "../../constructs/preflight/outcome";
import { renderEnvironments } from "../../constructs/rendering/render-environment";
import { ingress } from "../../constructs/routing/ingress";
import { bucket } from "../../constructs/services/bucket";
import { literalObjects } from "../../scripts/engine/application-objects";
import { preflightOf } from "../../stacks/preflight";
import { waitUntil } from "../real/support/program";
import { apply, KUBECONFIG, kubectl, KUBECTL, must } from "./support/cluster";

/*
 * An application on a cluster whose platform is somebody else's, on the real control plane: what the cluster lacks is named by
 * `goldenpath preflight --run`, with what to do; then its owner makes it, and the deploy goes on. Doubles stand for controllers: the
 * test writes the conditions that they would. The tests are one story, in order.
 */

const NAMESPACE = "shop-foreign";
const CLASS = "foreign-volumes";

const spec = environment({
  name: "foreign",
  cloud: local({ installed: "all", storageClass: CLASS, context: "test" }),
  routing: ingress(),
  profile: "small",
  contact: "shop@example.com",
  costCenter: "shop",
  applications: [
    {
      application: application({
        name: "shop",
        owner: "team-shop",
        services: { files: bucket() },
        workloads: { web: http({ image: "registry.example.com/shop:v1", needs: ["files"] }) },
        routes: [{ host: "main", path: "/", to: "web" }],
      }),
      hosts: { main: "shop.example.com" },
    },
  ],
});

const PATH = [dirname(KUBECTL), process.env["PATH"] ?? ""].join(delimiter);
const ask = asker({ env: { PATH, HOME: "/nonexistent", TF_VAR_kubeconfig: KUBECONFIG }, seconds: 30 });

/** The checks of the cluster, as `goldenpath preflight foreign --run` asks them. */
async function preflight(): Promise<Preflight> {
  const context = must(await kubectl(["config", "current-context"])).trim();
  const checklist = preflightOf(
    [{ ...spec, cloud: local({ installed: "all", storageClass: CLASS, context }) }],
    "foreign",
    "tofu",
  );
  const checks = checklist.checks.filter(
    ({ kind, id }) => ["cluster", "login", "offers"].includes(kind) || id === "tools/kubectl",
  );
  return runChecks({ ...checklist, checks }, ask);
}

/** A kind that its operator would bring, of whatever form. */
const definition = (group: string, version: string, kind: string): object => {
  const singular = kind.toLowerCase();
  const schema = { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } };
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `${singular}s.${group}` },
    spec: {
      group,
      scope: "Cluster",
      names: { kind, plural: `${singular}s`, singular },
      versions: [{ name: version, served: true, storage: true, schema }],
    },
  };
};

const ISSUER = {
  ...{ apiVersion: "cert-manager.io/v1", kind: "ClusterIssuer", metadata: { name: "local" } },
  status: { conditions: [{ type: "Ready", status: "False", message: "no secret of that name" }] },
};
const STORE = {
  ...{ apiVersion: "external-secrets.io/v1", kind: "ClusterSecretStore", metadata: { name: "cloud" } },
  status: { conditions: [{ type: "Ready", status: "False", message: "unable to sign in" }] },
};
const READY = { conditions: [{ type: "Ready", status: "True" }] };

const ofVerdict = ({ outcomes }: Preflight, verdict: string): string[] =>
  outcomes.filter((one) => one.verdict === verdict).map(({ check }) => check.id);

test("a cluster that lacks what the application uses has each named, with what to do", async () => {
  const found = await preflight();
  expect(ofVerdict(found, "failed")).toEqual(
    expect.arrayContaining([
      "cluster/clusterissuer/local",
      "cluster/clustersecretstore/cloud",
      "cluster/ingressclass/nginx",
      "offers/storage-classes",
      expect.stringMatching(/^cluster\/pods\/traefik\/app\.kubernetes\.io/) as string,
    ]),
  );
  // Who enforces policies no API says.
  expect(ofVerdict(found, "unclear")).toEqual(["cluster/policies"]);
  for (const { check, found: why } of found.outcomes.filter(({ verdict }) => verdict === "failed")) {
    expect(why).not.toBe("");
    expect(check.otherwise.say).not.toBe("");
    expect(check.needs.every(({ of }) => /^shop/.test(of))).toBe(true);
  }
  expect(ofVerdict(found, "passed")).toEqual(
    expect.arrayContaining(["login/kubectl", "cluster/version", `cluster/rights/deployments.apps/${NAMESPACE}`]),
  );
});

test("a kind that nobody brings is named by its version", async () => {
  const objects = [{ apiVersion: "lacking.example.com/v1", kind: "Lacking", metadata: { name: "a" } }] as unknown;
  const needs = clusterNeeds([{ application: "shop", objects: objects as readonly KubernetesObject[] }]);
  const checks = clusterChecks(needs, { options: [], after: [] }, ["shop"]);
  const found = await runChecks({ environment: "foreign", unasked: [], checks }, ask);
  expect(found.outcomes.find(({ check }) => check.id === "cluster/kinds/lacking.example.com/v1")).toMatchObject({
    verdict: "failed",
    found: "it has nothing of lacking.example.com/v1",
  });
});

test("what its owner makes passes one by one, and a deploy goes on", async () => {
  const { outcomes } = await preflight();
  const podsCheck = outcomes.find(({ check }) => check.id.startsWith("cluster/pods/traefik/"))?.check.id ?? "";
  const labels = Object.fromEntries(
    (podsCheck.split("cluster/pods/traefik/")[1] ?? "").split(",").map((pair) => pair.split("=") as [string, string]),
  );
  const pod = { containers: [{ name: "traefik", image: "registry.example.com/traefik:v3" }] };
  const made = [
    { apiVersion: "v1", kind: "Namespace", metadata: { name: "traefik" } },
    {
      apiVersion: "networking.k8s.io/v1",
      kind: "IngressClass",
      metadata: { name: "nginx" },
      spec: { controller: "traefik.io/ingress-controller" },
    },
    {
      apiVersion: "storage.k8s.io/v1",
      kind: "StorageClass",
      metadata: { name: CLASS },
      provisioner: "foreign.example.com",
    },
    { apiVersion: "v1", kind: "Pod", metadata: { name: "traefik", namespace: "traefik", labels }, spec: pod },
    {
      ...{ apiVersion: "apps/v1", kind: "DaemonSet", metadata: { name: "cilium", namespace: "kube-system" } },
      spec: {
        selector: { matchLabels: { app: "cilium" } },
        template: { metadata: { labels: { app: "cilium" } }, spec: pod },
      },
    },
  ];
  must(await apply(made));
  // Kinds that their operators bring, and the objects of those.
  must(
    await apply([
      definition("cert-manager.io", "v1", "ClusterIssuer"),
      definition("external-secrets.io", "v1", "ClusterSecretStore"),
    ]),
  );
  await waitUntil(
    "kinds are served",
    async () => (await kubectl(["get", "clusterissuers,clustersecretstores"])).code === 0,
  );
  must(await apply([ISSUER, STORE]));
  // Made, and not ready yet.
  const early = await preflight();
  expect(ofVerdict(early, "failed")).toEqual(
    expect.arrayContaining(["cluster/clusterissuer/local", "cluster/clustersecretstore/cloud"]),
  );
  expect(early.outcomes.find(({ check }) => check.id === "cluster/clustersecretstore/cloud")?.found).toBe(
    "it is there, and not ready: unable to sign in",
  );
  // The kubelet of these tests has the pod ready by itself.
  await waitUntil("the controller is ready", async () => ofVerdict(await preflight(), "passed").includes(podsCheck));
  must(
    await apply([
      { ...ISSUER, status: READY },
      { ...STORE, status: READY },
    ]),
  );
  const found = await preflight();
  const left = found.outcomes
    .filter(({ verdict }) => verdict !== "passed")
    .map(({ check, verdict, found: why }) => `${check.id}: ${verdict}: ${why}`);
  expect(left).toEqual([]);

  const [loaded] = loadEnvironments([spec]);
  const [resolved] = loaded?.applications ?? [];
  if (loaded === undefined || resolved === undefined) throw new Error("there is no application");
  expect(renderEnvironments([loaded])).toHaveLength(1);
  must(await apply(literalObjects(loaded, resolved)));
  must(await kubectl(["get", "deployment", "shop-web", "--namespace", NAMESPACE]));
});

afterAll(async () => {
  const gone = [
    ["namespace", NAMESPACE],
    ["namespace", "traefik"],
    ["ingressclass", "nginx"],
    ["storageclass", CLASS],
    ["clusterissuer.cert-manager.io", "local"],
    ["clustersecretstore.external-secrets.io", "cloud"],
  ];
  for (const [kind = "", name = ""] of gone)
    await kubectl(["delete", kind, name, "--ignore-not-found", "--wait=false"]);
  await kubectl(["delete", "daemonset", "cilium", "--namespace", "kube-system", "--ignore-not-found"]);
});
