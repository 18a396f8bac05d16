import { objectPatch, resourcePatch } from "../../../constructs/model/patch";
import { named, stack, type StackJson, synthesizeEnvironments } from "../../support/reference";
import { patched, refusals } from "./support";

const reason = "the reason why the model does not do";

const of = (patches: Parameters<typeof patched>[0]): StackJson =>
  stack(synthesizeEnvironments([patched(patches)]), "staging");

const plain = of(undefined);

/* eslint-disable-next-line @typescript-eslint/no-explicit-any -- what Terraform reads, at any depth */
type Json = any;

test("a field that the program's own types know, and fields that they do not, are arguments of the resource", () => {
  const json = of({
    dns: objectPatch({
      reason,
      of: "web",
      kind: "Deployment",
      add: {
        "spec.template.spec.dnsPolicy": "None",
        "spec.template.spec.dnsConfig": { nameservers: ["10.0.0.10"], options: [{ name: "ndots", value: "1" }] },
        "spec.template.spec.hostIPC": false,
        "spec.template.spec.containers[web].stdin": true,
        'spec.template.metadata.annotations["example.com/team"]': "shop",
      },
      replace: { "spec.minReadySeconds": 3 },
    }),
  });
  const { spec } = named(json, "kubernetes_deployment_v1", "shop-web") as Json;
  const before = (named(plain, "kubernetes_deployment_v1", "shop-web") as Json).spec;
  expect(spec.template.spec).toEqual({
    ...before.template.spec,
    dns_policy: "None",
    dns_config: { nameservers: ["10.0.0.10"], option: [{ name: "ndots", value: "1" }] },
    host_ipc: false,
    container: [{ ...before.template.spec.container[0], stdin: true }],
  });
  expect(spec.template.metadata.annotations).toEqual({
    ...before.template.metadata.annotations,
    "example.com/team": "shop",
  });
  expect(spec.min_ready_seconds).toBe(3);
});

test("a whole item is added to a list, and one is removed from a map", () => {
  const json = of({
    host: objectPatch({
      reason,
      of: "web",
      kind: "Deployment",
      add: { "spec.template.spec.hostAliases": [{ ip: "10.1.2.3", hostnames: ["legacy"] }] },
      remove: ["spec.template.spec.containers[web].livenessProbe"],
    }),
  });
  const { template } = (named(json, "kubernetes_deployment_v1", "shop-web") as Json).spec;
  expect(template.spec.host_aliases).toEqual([{ ip: "10.1.2.3", hostnames: ["legacy"] }]);
  expect(template.spec.container[0]).not.toHaveProperty("liveness_probe");
});

test("blocks within blocks have the provider's names, single ones as lists where the provider has them so", () => {
  const json = of({
    pods: objectPatch({
      reason,
      of: "web",
      kind: "Deployment",
      add: {
        "spec.template.spec.affinity": {
          podAntiAffinity: {
            preferredDuringSchedulingIgnoredDuringExecution: [
              {
                weight: 5,
                podAffinityTerm: { topologyKey: "zone", labelSelector: { matchLabels: { "a/matchLabels": "b" } } },
              },
            ],
          },
        },
        "spec.template.spec.volumes[extra]": { name: "extra", hostPath: { path: "/x" } },
        "spec.template.spec.containers[web].lifecycle.postStart": { exec: { command: ["true"] } },
      },
    }),
    service: objectPatch({
      reason,
      of: "web",
      kind: "Service",
      add: { "spec.clusterIPs": ["10.0.0.9"], "spec.sessionAffinityConfig": { clientIP: { timeoutSeconds: 60 } } },
    }),
  });
  const pods = (named(json, "kubernetes_deployment_v1", "shop-web") as Json).spec.template.spec;
  expect(pods.affinity.pod_anti_affinity.preferred_during_scheduling_ignored_during_execution).toEqual([
    {
      weight: 5,
      pod_affinity_term: { topology_key: "zone", label_selector: [{ match_labels: { "a/matchLabels": "b" } }] },
    },
  ]);
  expect(pods.volume).toContainEqual({ name: "extra", host_path: { path: "/x" } });
  expect(pods.container[0].lifecycle.post_start).toEqual([{ exec: { command: ["true"] } }]);
  expect((named(json, "kubernetes_service_v1", "shop-web") as Json).spec).toMatchObject({
    cluster_ips: ["10.0.0.9"],
    session_affinity_config: { client_ip: { timeout_seconds: 60 } },
  });
});

test("the pods of a release's Job are of another revision, and nothing else changes", () => {
  const json = of({
    job: objectPatch({
      reason,
      of: "migrate",
      kind: "Job",
      replace: { "spec.backoffLimit": 4 },
      add: { "spec.template.spec.dnsPolicy": "Default" },
    }),
  });
  const job = named(json, "kubernetes_job_v1", "shop-migrate") as Json;
  const before = named(plain, "kubernetes_job_v1", "shop-migrate") as Json;
  expect(job.metadata.name).not.toBe(before.metadata.name);
  expect(job.spec).toEqual({
    ...before.spec,
    backoff_limit: 4,
    template: { ...before.spec.template, spec: { ...before.spec.template.spec, dns_policy: "Default" } },
  });
});

test("a manifest takes any field", () => {
  const json = of({
    budget: objectPatch({
      reason,
      of: "web",
      kind: "PodDisruptionBudget",
      add: { "metadata.annotations": { "example.com/why": "x" } },
    }),
  });
  const { manifest } = named(json, "kubernetes_manifest", "shop-web-pdb") as Json;
  expect(manifest.metadata.annotations).toEqual({ "example.com/why": "x" });
});

test("a resource of a service takes arguments, nested ones and blocks", () => {
  const json = of({
    monitoring: resourcePatch({
      reason,
      of: "db",
      type: "aws_db_instance",
      add: { iops: 3000, timeouts: { create: "3h" } },
      replace: { copy_tags_to_snapshot: false },
      remove: ["max_allocated_storage"],
    }),
  });
  const [db] = Object.values(json.resource.aws_db_instance ?? {}) as Json[];
  const [before] = Object.values(plain.resource.aws_db_instance ?? {}) as Json[];
  expect(before).toHaveProperty("max_allocated_storage");
  expect(db).toEqual({
    ...before,
    max_allocated_storage: undefined,
    iops: 3000,
    timeouts: { create: "3h" },
    copy_tags_to_snapshot: false,
  });
});

test("every patch that does not do what it says is refused at once, with what to do", () => {
  const lines = refusals(() =>
    of({
      gone: objectPatch({ reason, of: "web", kind: "StatefulSet", add: { "spec.x": 1 } }),
      there: objectPatch({ reason, of: "web", kind: "Service", add: { "spec.type": "NodePort" } }),
      missing: objectPatch({
        reason,
        of: "web",
        kind: "Deployment",
        replace: { "spec.template.spec.dnsPolicy": "None" },
      }),
      deeper: objectPatch({
        reason,
        of: "web",
        kind: "Deployment",
        add: { "spec.template.spec.affinities.nodeAffinity": {} },
      }),
      same: objectPatch({ reason, of: "web", kind: "Deployment", replace: { "spec.minReadySeconds": 10 } }),
      item: objectPatch({
        reason,
        of: "web",
        kind: "Deployment",
        remove: ["spec.template.spec.containers[web].ports[debug]"],
      }),
      several: objectPatch({ reason, of: "db", kind: "Job", add: { "spec.suspend": true } }),
      argument: resourcePatch({ reason, of: "db", type: "aws_db_instance", add: { monitoring_intervals: 5 } }),
      type: resourcePatch({ reason, of: "db", type: "aws_db_proxy", add: { name: "x" } }),
    }),
  );
  const at = "environments.staging.applications.shop.patches";
  expect(lines).toEqual([
    `${at}.missing.replace["spec.template.spec.dnsPolicy"]: is not there; say it in add, or take it out`,
    `${at}.deeper.add["spec.template.spec.affinities.nodeAffinity"]: spec.template.spec.affinities is not there; correct the path, or take the patch out`,
    `${at}.same.replace["spec.minReadySeconds"]: is so without the patch; take it out`,
    `${at}.item.remove["spec.template.spec.containers[web].ports[debug]"]: is not there; correct the path, or take the patch out`,
    `${at}.there.add["spec.type"]: is there already; say it in replace, or take it out`,
    `${at}.gone.kind: got "StatefulSet", web has none here; use "Deployment", "ServiceAccount", "ConfigMap", "NetworkPolicy", "Service", "HorizontalPodAutoscaler" or "PodDisruptionBudget"`,
    `${at}.several.kind: got "Job", db has none here; take the patch out`,
    `${at}.argument.add.monitoring_intervals: aws_db_instance has no argument monitoring_intervals; correct it (did you mean "monitoring_interval"?)`,
    expect.stringMatching(/\.type\.type: got "aws_db_proxy", db has none here; use "aws_.*"aws_db_instance"/),
  ]);
});

test("a field that Kubernetes has and the provider has not is refused with its path", () => {
  expect(
    refusals(() =>
      of({
        gates: objectPatch({
          reason,
          of: "web",
          kind: "Deployment",
          add: { "spec.template.spec.schedulingGates": [{ name: "x" }] },
        }),
      }),
    ),
  ).toEqual([
    'environments.staging.applications.shop.patches.gates.add["spec.template.spec.schedulingGates"]: the provider has no argument for schedulingGates; correct it, take it out, or bring an object of your own',
  ]);
});
