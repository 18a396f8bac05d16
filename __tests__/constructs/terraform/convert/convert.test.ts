import type { NetworkPolicy } from "../../../../constructs/kubernetes/objects";
import { sampleDeployments, sampleWorkloads } from "../../../../scripts/bench/sample";
import { serverObjects } from "../../../support/in-cluster";
import {
  claim,
  configMap,
  cronJob,
  denyAll,
  externalSecret,
  gatewayObjects,
  ingress,
  job,
  limits,
  quota,
  sealedSecret,
} from "../objects";
import { only, synthesizeObjects } from "../synthesize";

const one = (object: Parameters<typeof synthesizeObjects>[0][number], type: string) =>
  only(synthesizeObjects([object]), type);

test("Deployment: the container states runAsNonRoot, for the provider would write false", () => {
  const { spec, timeouts } = only(synthesizeObjects(sampleDeployments(1)), "kubernetes_deployment_v1");
  const pod = spec.template.spec;
  expect(pod.security_context).toMatchObject({ run_as_non_root: true, run_as_user: "1000", fs_group: "1000" });
  expect(pod.container[0].security_context).toEqual({
    run_as_non_root: true,
    allow_privilege_escalation: false,
    read_only_root_filesystem: true,
    capabilities: { drop: ["ALL"] },
  });
  expect(pod.automount_service_account_token).toBe(false);
  expect(pod.volume).toEqual([{ name: "tmp", empty_dir: { medium: "Memory", size_limit: "64Mi" } }]);
  expect(pod.topology_spread_constraint[0].match_label_keys).toEqual(["pod-template-hash"]);
  expect(pod.container[0].lifecycle.pre_stop).toEqual([{ exec: { command: ["sleep", "10"] } }]);
  expect(spec.strategy).toEqual({ type: "RollingUpdate", rolling_update: { max_surge: "25%", max_unavailable: "0" } });
  expect(spec.selector).toEqual({ match_labels: { app: "workload-0" } });
  // Longer than the progress deadline of 600 s, whose message says why.
  expect(timeouts).toEqual({ create: "1200s", update: "1200s", delete: "600s" });
});

test("CronJob", () => {
  const { spec } = one(cronJob, "kubernetes_cron_job_v1");
  expect(spec).toMatchObject({ timezone: "Etc/UTC", successful_jobs_history_limit: 0, starting_deadline_seconds: 300 });
  expect(spec.job_template.spec).toMatchObject({ backoff_limit: 0, ttl_seconds_after_finished: "86400" });
  expect(spec.job_template.spec.template.spec.restart_policy).toBe("Never");
});

describe("Job", () => {
  const { spec, wait_for_completion } = one(job, "kubernetes_job_v1");

  test("fails the apply where it fails", () => {
    expect(wait_for_completion).toBe(true);
    expect(spec).toMatchObject({ backoff_limit: 0, active_deadline_seconds: 900 });
  });

  test.each([
    [900, 45, { create: "1005s", update: "1005s", delete: "105s" }],
    [3600, 45, { create: "3705s", update: "3705s", delete: "105s" }],
    [900, 600, { create: "1560s", update: "1560s", delete: "660s" }],
  ])("with %i s to end and %i s to stop, is given up a minute after both", (deadline, grace, expected) => {
    const { template } = job.spec;
    const pod = { ...template, spec: { ...template.spec, terminationGracePeriodSeconds: grace } };
    const given = { ...job, spec: { ...job.spec, activeDeadlineSeconds: deadline, template: pod } };
    expect(one(given, "kubernetes_job_v1").timeouts).toEqual(expected);
  });

  test("stays when it has ended: what Kubernetes cleans up, Terraform would run again", () => {
    expect(spec).not.toHaveProperty("ttl_seconds_after_finished");
    expect(spec.template.spec.restart_policy).toBe("Never");
  });

  test("mounts each kind of volume, the mode of a Secret's files in octal digits", () => {
    expect(spec.template.spec.volume).toEqual([
      { name: "tmp", empty_dir: { medium: "Memory", size_limit: "16Mi" } },
      { name: "program", config_map: { name: "program" } },
      { name: "login", secret: { secret_name: "login", default_mode: "0440" } },
      { name: "files", persistent_volume_claim: { claim_name: "thing" } },
    ]);
  });

  test.each([
    [0o400, "0400"],
    [0o440, "0440"],
    [0o644, "0644"],
  ])("the mode %i is %s", (defaultMode, digits) => {
    const volumes = [{ name: "login", secret: { secretName: "login", defaultMode } }];
    const pod = { ...job.spec.template, spec: { ...job.spec.template.spec, volumes } };
    const changed = { ...job, spec: { ...job.spec, template: pod } };
    expect(one(changed, "kubernetes_job_v1").spec.template.spec.volume[0].secret.default_mode).toBe(digits);
  });
});

test("an apply waits until secrets are there: assembled, or read by the controller that can", () => {
  const assembled = one(externalSecret, "kubernetes_manifest");
  expect(assembled.wait).toEqual({ condition: [{ type: "Ready", status: "True" }] });
  expect(assembled.timeouts).toEqual({ create: "5m", update: "5m" });
  const sealed = one(sealedSecret, "kubernetes_manifest");
  expect(sealed.wait).toEqual({ condition: [{ type: "Synced", status: "True" }] });
  expect(sealed.timeouts).toEqual({ create: "5m", update: "5m" });
  expect(sealed.manifest).toEqual(sealedSecret);
  expect(sealed.field_manager).toEqual({ name: "terraform", force_conflicts: true });
});

describe("NetworkPolicy", () => {
  const rules = (spec: Partial<NetworkPolicy["spec"]>): Record<string, unknown> =>
    one({ ...denyAll, spec: { ...denyAll.spec, ...spec } }, "kubernetes_network_policy_v1").spec as Record<
      string,
      unknown
    >;

  test("selecting all pods is an empty block and not none", () => {
    expect(rules({})).toEqual({ pod_selector: {}, policy_types: ["Ingress", "Egress"] });
  });
  test("no rules, a rule for everybody, and a rule for nobody's labels differ", () => {
    expect(rules({ ingress: [] }).ingress).toEqual([]);
    expect(rules({ ingress: [{}] }).ingress).toEqual([{}]);
    expect(rules({ egress: [{ to: [{ podSelector: { matchLabels: {} } }] }] }).egress).toEqual([
      { to: [{ pod_selector: { match_labels: {} } }] },
    ]);
  });
  test("ports by number and by name are strings", () => {
    const ports = [{ port: 53, protocol: "UDP" } as const, { port: "http", protocol: "TCP" } as const];
    expect(rules({ egress: [{ ports }] }).egress).toEqual([
      {
        ports: [
          { port: "53", protocol: "UDP" },
          { port: "http", protocol: "TCP" },
        ],
      },
    ]);
  });
});

test("PersistentVolumeClaim: nobody waits for a volume that waits for a pod", () => {
  const resource = one(claim, "kubernetes_persistent_volume_claim_v1");
  expect(resource.wait_until_bound).toBe(false);
  expect(resource.spec).toEqual({
    access_modes: ["ReadWriteMany"],
    storage_class_name: "shared",
    resources: { requests: { storage: "10Gi" } },
  });
});

test("limits, service, autoscaler and route", () => {
  expect(one(quota, "kubernetes_resource_quota_v1").spec).toEqual({ hard: { "requests.cpu": "10" } });
  expect(one(limits, "kubernetes_limit_range_v1").spec.limit).toEqual([
    { type: "Container", default: { cpu: "1" }, default_request: { cpu: "100m" } },
  ]);
  const resources = synthesizeObjects(sampleWorkloads(1));
  expect(only(resources, "kubernetes_service_v1").spec.port).toEqual([
    { name: "http", port: 8080, target_port: "http", protocol: "TCP" },
  ]);
  expect(only(resources, "kubernetes_service_account_v1").automount_service_account_token).toBe(false);
  const { spec } = only(resources, "kubernetes_horizontal_pod_autoscaler_v2");
  expect(spec.behavior.scale_up).toEqual([
    {
      stabilization_window_seconds: 0,
      select_policy: "Max",
      policy: [{ type: "Percent", value: 100, period_seconds: 60 }],
    },
  ]);
  expect(spec.metric[1].resource).toEqual({ name: "memory", target: { type: "Utilization", average_utilization: 80 } });
  const route = one(ingress, "kubernetes_ingress_v1");
  expect(route.metadata.annotations).toEqual({ "nginx.ingress.kubernetes.io/limit-rps": "100" });
  expect(route.spec.rule[0].http.path[0].backend.service).toEqual({ name: "workload-0", port: { name: "http" } });
});

test("what typed resources lack goes as it is", () => {
  const budget = only(synthesizeObjects(sampleWorkloads(1)), "kubernetes_manifest");
  expect(budget.manifest.spec.unhealthyPodEvictionPolicy).toBe("AlwaysAllow");
  expect(budget.field_manager).toEqual({ name: "terraform", force_conflicts: true });
  const secret = one(externalSecret, "kubernetes_manifest");
  expect(secret.manifest.spec.data).toEqual([
    { secretKey: "username", remoteRef: { key: "db", property: "username" } },
  ]);
  expect(secret.manifest.spec.target.template.data["database-url"]).toBe("mysql://{{ .username }}@db/$${x}");
  expect(secret.computed_fields).toEqual(["metadata.annotations", "metadata.labels", "spec.refreshInterval"]);
  expect(secret.wait).toEqual({ condition: [{ type: "Ready", status: "True" }] });
});

test("routes by the Gateway API go as they are, and the apply ends when a load balancer has an address", () => {
  const manifests = Object.values(synthesizeObjects(gatewayObjects).kubernetes_manifest ?? {});
  const waiting = manifests.filter(({ wait }) => wait !== undefined);
  expect(waiting.map(({ manifest, wait, timeouts }) => ({ kind: manifest.kind as string, wait, timeouts }))).toEqual([
    {
      kind: "Gateway",
      wait: { condition: [{ type: "Programmed", status: "True" }] },
      timeouts: { create: "10m", update: "10m" },
    },
  ]);
  const byName = (objects: readonly { readonly kind: string; readonly metadata: { readonly name: string } }[]) =>
    Object.fromEntries(objects.map((object) => [`${object.kind}/${object.metadata.name}`, object]));
  expect(byName(manifests.map(({ manifest }) => manifest as (typeof gatewayObjects)[number]))).toEqual(
    byName(gatewayObjects),
  );
});

test("text that looks like a template of Terraform is kept from it", () => {
  expect(one(configMap, "kubernetes_config_map_v1").data).toEqual({
    "nginx.conf": "return 301 https://$host$${request_uri};",
    plain: "x",
  });
});

test("a cluster of RabbitMQ is there when its nodes are ready and its operator refused nothing", () => {
  const [cluster] = serverObjects().filter((object) => object.kind === "RabbitmqCluster");
  if (cluster === undefined) throw new Error("no cluster");
  expect(only(synthesizeObjects([cluster]), "kubernetes_manifest").wait).toEqual({
    condition: [
      { type: "AllReplicasReady", status: "True" },
      { type: "ReconcileSuccess", status: "True" },
    ],
  });
});
