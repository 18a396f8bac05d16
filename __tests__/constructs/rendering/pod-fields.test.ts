import { parse } from "yaml";
import type { KubernetesObject, PodTemplate } from "../../../constructs/kubernetes/objects";
import type { Scheduling } from "../../../constructs/model/scheduling";
import { changed } from "../../support/changed";
import { find } from "../../support/resolved";
import { only, synthesizeObjects } from "../terraform/synthesize";

/* What a workload says of its objects, its nodes and names in its pods, in each output of the reference application. */

const scheduling: Scheduling = {
  nodeSelector: { "kubernetes.io/arch": "amd64" },
  tolerations: [
    { key: "dedicated", operator: "Equal", value: "web", effect: "NoSchedule" },
    { key: "maintenance", operator: "Exists", effect: "NoExecute", tolerationSeconds: 0 },
  ],
  affinity: {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{ matchExpressions: [{ key: "kubernetes.io/os", operator: "In", values: ["linux"] }] }],
      },
      preferredDuringSchedulingIgnoredDuringExecution: [
        { weight: 10, preference: { matchExpressions: [{ key: "example.com/cores", operator: "Gt", values: ["8"] }] } },
      ],
    },
    podAffinity: {
      preferredDuringSchedulingIgnoredDuringExecution: [
        {
          weight: 5,
          podAffinityTerm: {
            labelSelector: { matchLabels: { app: "my-app-backend" } },
            topologyKey: "topology.kubernetes.io/zone",
          },
        },
      ],
    },
    podAntiAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: [
        {
          labelSelector: { matchExpressions: [{ key: "app", operator: "In", values: ["my-app-frontend"] }] },
          topologyKey: "kubernetes.io/hostname",
          namespaces: ["others"],
        },
      ],
    },
  },
  priorityClass: "web-first",
};

const said = {
  annotations: { "example.com/contact": "shop ${team} $(A)\n" },
  labels: { "example.com/tier": "web" },
  serviceAccount: { annotations: { "example.com/audited": "yes" } },
  scheduling,
  hostAliases: [
    { ip: "10.0.0.5", hostnames: ["legacy.example.com", "old.example.com"] },
    { ip: "fd00::5", hostnames: ["legacy6.example.com"] },
  ],
};

const everywhere = changed({ workloads: { frontend: said, cron: said, migrate: said } });

const templateOf = (object: KubernetesObject): PodTemplate => {
  if (object.kind === "Deployment" || object.kind === "Job") return object.spec.template;
  if (object.kind === "CronJob") return object.spec.jobTemplate.spec.template;
  throw new Error(`no pods in ${object.kind}`);
};

describe.each([
  ["Deployment", "my-app-frontend"],
  ["CronJob", "my-app-cron"],
  ["Job", "my-app-migrate"],
] as const)("%s %s", (kind, name) => {
  const object = everywhere
    .objects("staging")
    .find((one) => one.kind === kind && one.metadata.labels.app === name && "spec" in one);
  if (object === undefined) throw new Error("not there");
  const template = templateOf(object);

  test("labels and annotations are on it and on its pods, beside ours", () => {
    const all = [object.metadata, template.metadata];
    if (object.kind === "CronJob") all.push(object.spec.jobTemplate.metadata);
    for (const { annotations, labels } of all) {
      expect(annotations).toMatchObject(said.annotations);
      expect(labels).toMatchObject({ ...said.labels, app: name, owner: "team-my-app" });
    }
  });

  test("nodes and names are the pods'", () => {
    expect(template.spec).toMatchObject({
      nodeSelector: scheduling.nodeSelector,
      affinity: scheduling.affinity,
      tolerations: scheduling.tolerations,
      priorityClassName: "web-first",
      hostAliases: said.hostAliases,
    });
  });

  test("Terraform writes each of them", () => {
    const resource = only(
      synthesizeObjects([object]),
      `kubernetes_${{ Deployment: "deployment_v1", CronJob: "cron_job_v1", Job: "job_v1" }[kind]}`,
    );
    const spec = kind === "CronJob" ? resource.spec.job_template.spec.template.spec : resource.spec.template.spec;
    expect(spec).toMatchObject({
      node_selector: scheduling.nodeSelector,
      priority_class_name: "web-first",
      host_aliases: said.hostAliases,
      toleration: [
        { key: "dedicated", operator: "Equal", value: "web", effect: "NoSchedule" },
        { key: "maintenance", operator: "Exists", effect: "NoExecute", toleration_seconds: "0" },
      ],
      affinity: {
        node_affinity: {
          required_during_scheduling_ignored_during_execution: {
            node_selector_term: [
              { match_expressions: [{ key: "kubernetes.io/os", operator: "In", values: ["linux"] }] },
            ],
          },
          preferred_during_scheduling_ignored_during_execution: [
            {
              weight: 10,
              preference: { match_expressions: [{ key: "example.com/cores", operator: "Gt", values: ["8"] }] },
            },
          ],
        },
        pod_affinity: {
          preferred_during_scheduling_ignored_during_execution: [
            {
              weight: 5,
              pod_affinity_term: {
                label_selector: [{ match_labels: { app: "my-app-backend" } }],
                topology_key: "topology.kubernetes.io/zone",
              },
            },
          ],
        },
        pod_anti_affinity: {
          required_during_scheduling_ignored_during_execution: [
            {
              label_selector: [{ match_expressions: [{ key: "app", operator: "In", values: ["my-app-frontend"] }] }],
              topology_key: "kubernetes.io/hostname",
              namespaces: ["others"],
            },
          ],
        },
      },
    });
    // Terraform evaluates what it reads, and gives back what was written.
    expect(resource.metadata.annotations["example.com/contact"]).toBe("shop $${team} $(A)\n");
  });
});

test("the service account has its annotations beside those of the identity", () => {
  const account = (environment: string) =>
    find(changed({ workloads: { backend: said } }).objects(environment), "ServiceAccount", "my-app-backend");
  expect(account("staging").metadata.annotations).toMatchObject({ "example.com/audited": "yes" });
  expect(Object.keys(account("gke-staging").metadata.annotations ?? {})).toEqual([
    "example.com/audited",
    "iam.gke.io/gcp-service-account",
  ]);
});

test("the chart gives them back, and model.json has them", () => {
  expect(everywhere.chart()["templates/deployment.yaml"]).toContain("priorityClassName: web-first");
  expect(everywhere.model().environments.staging?.applications["my-app"]?.workloads.frontend).toMatchObject(said);
});

test("Compose finds the names, and says why the rest is not there", () => {
  expect(everywhere.compose().services.frontend).toMatchObject({
    extra_hosts: ["legacy.example.com=10.0.0.5", "old.example.com=10.0.0.5", "legacy6.example.com=fd00::5"],
  });
  expect(everywhere.parity()).toEqual([]);
});

describe("an environment", () => {
  const here = changed({
    workloads: { frontend: said, cron: said, migrate: said },
    overrides: {
      production: {
        frontend: {
          annotations: { "example.com/contact": "on call" },
          labels: { "example.com/cost": "7" },
          scheduling: { nodeSelector: { disk: "true" } },
          hostAliases: [],
        },
        cron: { annotations: { "example.com/schedule": "night" }, labels: { "example.com/tier": "batch" } },
        migrate: { annotations: { "example.com/schedule": "night" } },
      },
    },
  });

  test("adds to labels and annotations, and replaces the rest", () => {
    const { metadata, spec } = find(here.objects("production"), "Deployment", "my-app-frontend").spec.template;
    expect(metadata.annotations).toMatchObject({ "example.com/contact": "on call" });
    expect(metadata.labels).toMatchObject({ "example.com/tier": "web", "example.com/cost": "7" });
    expect(spec.nodeSelector).toEqual({ disk: "true" });
    for (const field of ["affinity", "tolerations", "priorityClassName", "hostAliases"])
      expect(spec).not.toHaveProperty(field);
    expect(find(here.objects("staging"), "Deployment", "my-app-frontend").spec.template.spec.affinity).toBeDefined();
  });

  test("has them as values of the chart", () => {
    const files = here.chart();
    const values = (name: string) =>
      (parse(files[`values-${name}.yaml`] ?? "") as { readonly workloads: Record<string, object> }).workloads;
    expect(values("production")).toMatchObject({
      frontend: {
        annotations: { "example.com/contact": "on call" },
        podAnnotations: { "example.com/contact": "on call" },
        labels: { "example.com/cost": "7" },
        nodeSelector: { disk: "true" },
      },
      cron: { labels: { "example.com/tier": "batch" }, annotations: { "example.com/schedule": "night" } },
      migrate: { podAnnotations: { "example.com/schedule": "night" } },
    });
    expect(values("staging").frontend).toMatchObject({ priorityClassName: "web-first", hostAliases: said.hostAliases });
    expect(
      JSON.parse(files["values.schema.json"] ?? "").properties.workloads.properties.frontend.properties,
    ).toHaveProperty("nodeSelector");
  });
});
