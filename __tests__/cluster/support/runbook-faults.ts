import type { Deployment, KubernetesObject } from "../../../constructs/kubernetes/objects";
import { waitUntil } from "../../real/support/program";
import type { Found } from "./api";
import { api, apply, kubectl, must } from "./cluster";
import { LOST, lostNode } from "./nodes";
import { ofKind, withTag } from "./rendered";
import { ABSENT } from "./secret-operator";
import { FAILS } from "./stages";

/** As Terraform takes back what somebody has changed by hand. */
const TAKING = ["--force-conflicts"];

/* Faults of an application in a namespace, as the control plane has them. */

export class Faults {
  constructor(
    private readonly namespace: string,
    private readonly objects: readonly KubernetesObject[],
  ) {}

  /** Those of workloads: what measures data services has no release of its own. */
  get deployments(): Deployment[] {
    return ofKind(this.objects, "Deployment").filter(({ metadata }) => !metadata.name.endsWith("-exporter"));
  }

  async rolledOut(...names: readonly string[]): Promise<void> {
    const all = names.length > 0 ? names : ofKind(this.objects, "Deployment").map(({ metadata }) => metadata.name);
    for (const name of all) {
      must(await kubectl(["rollout", "status", `deployment/${name}`, "-n", this.namespace, "--timeout=150s"]));
    }
  }

  pods(selector = ""): Promise<Found[]> {
    return api.list(`/api/v1/namespaces/${this.namespace}/pods?labelSelector=${encodeURIComponent(selector)}`);
  }

  /** A release of some workloads whose images have this tag, until its pods are there. */
  async released(tag: string, names = this.deployments.map(({ metadata }) => metadata.name)): Promise<void> {
    const changed = this.deployments.filter(({ metadata }) => names.includes(metadata.name));
    must(
      await apply(
        changed.map((deployment) => withTag(deployment, tag)),
        ...TAKING,
      ),
    );
    await waitUntil(
      `pods with ${tag} are there`,
      async () => (await this.pods(`version=${tag}`)).length >= names.length,
      {
        seconds: 60,
      },
    );
  }

  /** All objects of a kind as they were rendered. */
  async mended(kind: "CronJob" | "ExternalSecret" | "ResourceQuota"): Promise<void> {
    must(await apply(ofKind(this.objects, kind), ...TAKING));
  }

  /** No room for another pod: what is there is all that there may be. */
  async quotaFull(): Promise<void> {
    const path = `/api/v1/namespaces/${this.namespace}/resourcequotas/quota`;
    const going = async (): Promise<Found[]> =>
      (await this.pods()).filter(({ metadata }) => metadata.deletionTimestamp !== undefined);
    await waitUntil("nothing goes that would leave room", async () => (await going()).length === 0, { seconds: 30 });
    const { status } = await api.get(path);
    const [resource] = Object.keys(status.hard as object).filter((name) => name.endsWith("cpu"));
    if (resource === undefined) throw new Error(`the quota counts no processors: ${JSON.stringify(status)}`);
    await api.patch(path, { spec: { hard: { [resource]: status.used[resource] } } });
    await waitUntil("the quota is full", async () => {
      const now = (await api.get(path)).status;
      return now.hard[resource] === now.used[resource];
    });
  }

  /** What people make is not in the store of secrets. */
  async secretAbsent(name: string): Promise<void> {
    const path = `/apis/external-secrets.io/v1/namespaces/${this.namespace}/externalsecrets/${name}`;
    const { spec } = await api.get(path);
    const [first, ...others] = spec.data as Found[];
    const data = [
      { ...first, remoteRef: { ...first.remoteRef, key: `${ABSENT}/${String(first.remoteRef.key)}` } },
      ...others,
    ];
    await api.patch(path, { spec: { data } });
    await waitUntil("the operator says so", async () => (await api.get(path)).status.conditions[0].status === "False");
  }

  /** Every run of a schedule ends with an error. */
  async runsFail(): Promise<void> {
    must(
      await apply(
        ofKind(this.objects, "CronJob").map((one) => withTag(one, FAILS)),
        ...TAKING,
      ),
    );
  }

  /** A Job of a release ends with an error. Returns what waits until it has been tried as often as it may be. */
  async jobFails(app: string): Promise<() => Promise<void>> {
    const jobs = ofKind(this.objects, "Job").filter(({ metadata }) => metadata.labels["app"] === app);
    must(await kubectl(["delete", "jobs", "-n", this.namespace, "-l", `app=${app}`]));
    must(
      await apply(
        jobs.map((job) => withTag(job, FAILS)),
        ...TAKING,
      ),
    );
    const path = `/apis/batch/v1/namespaces/${this.namespace}/jobs?labelSelector=app=${app}`;
    const failed = ({ status }: Found): boolean =>
      ((status.conditions ?? []) as Found[]).some(({ type }) => type === "Failed");
    return () => waitUntil("it has failed", async () => (await api.list(path)).some(failed), { seconds: 120 });
  }

  /** A node whose kubelet is silent, with a pod on it of something that would be anywhere else. Returns what ends both. */
  async nodeLost(name: string): Promise<() => Promise<void>> {
    const port = (await api.list("/api/v1/nodes"))[0].status.daemonEndpoints.kubeletEndpoint.Port as number;
    await api.post("/api/v1/nodes", lostNode(name, port));
    const sets = `/apis/apps/v1/namespaces/${this.namespace}/replicasets`;
    await api.post(sets, onLostNode(this.deployments[0]));
    await waitUntil(
      "a pod is on it",
      async () => (await this.pods("app=on-lost-node")).some(({ spec }) => spec.nodeName === name),
      {
        seconds: 30,
      },
    );
    return async () => {
      await api.ask("DELETE", `${sets}/on-lost-node?propagationPolicy=Background`);
      await api.ask("DELETE", `/api/v1/nodes/${name}`);
    };
  }

  /** Certificates as the Ingresses ask for them, which nobody has issued. Returns what issues them. */
  async certificatesPending(): Promise<() => Promise<void>> {
    const path = `/apis/cert-manager.io/v1/namespaces/${this.namespace}/certificates`;
    const asked = ofKind(this.objects, "Ingress").flatMap(({ spec }) => spec.tls);
    for (const { hosts, secretName } of asked) {
      const issuerRef = { group: "cert-manager.io", kind: "ClusterIssuer", name: "letsencrypt" };
      const body = { apiVersion: "cert-manager.io/v1", kind: "Certificate", metadata: { name: secretName } };
      await api.post(path, { ...body, spec: { secretName, dnsNames: hosts, issuerRef } });
    }
    return async () => {
      const ready = { type: "Ready", status: "True", reason: "Ready", lastTransitionTime: new Date().toISOString() };
      for (const { secretName } of asked) {
        await api.patch(`${path}/${secretName}/status`, { status: { conditions: [ready] } });
      }
    };
  }
}

/** One pod of its own kind, with what a pod of a workload is given, that tolerates a lost node and goes to no other. */
function onLostNode(like: Deployment | undefined): object {
  if (like === undefined) throw new Error("the application has no workload");
  const { spec } = like.spec.template;
  const labels = { app: "on-lost-node" };
  const [container] = spec.containers;
  return {
    apiVersion: "apps/v1",
    kind: "ReplicaSet",
    metadata: { name: "on-lost-node" },
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          securityContext: spec.securityContext,
          containers: [
            {
              name: "only",
              image: container?.image,
              resources: { requests: { cpu: "10m", memory: "16Mi" }, limits: { cpu: "10m", memory: "16Mi" } },
              securityContext: container?.securityContext,
            },
          ],
          nodeSelector: { [LOST]: "true" },
          tolerations: [{ operator: "Exists", effect: "NoSchedule" }],
          automountServiceAccountToken: false,
          terminationGracePeriodSeconds: 1,
        },
      },
    },
  };
}
