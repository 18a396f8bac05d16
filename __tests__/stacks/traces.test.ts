import type { EnvironmentSpec } from "../../constructs/environment";
import { prometheus, type PrometheusProps } from "../../constructs/observability/prometheus/prometheus";
import { environments } from "../../environments";
import { all, one, release, type StackJson } from "../support/cloud-environment";
import { stack, synthesizeEnvironments } from "../support/reference";

/* Traces of the reference environments, protected, as their stacks have them on each cloud. */

const runbooks = "https://git.example.com/runbooks";

type Stacks = Readonly<Record<string, StackJson>>;

interface Made {
  readonly platforms: Stacks;
  readonly applications: Stacks;
}

function stacks(props: Partial<PrometheusProps>): Made {
  const specs = environments.map((spec): EnvironmentSpec => ({
    ...spec,
    protect: true,
    observability: prometheus({ runbooks, slack: { channel: "#my-app-alerts" }, ...props }),
  }));
  const synthesis = synthesizeEnvironments(specs);
  const named = (of: (name: string) => string): Stacks =>
    Object.fromEntries(environments.map(({ name }) => [name, stack(synthesis, of(name))]));
  return { platforms: named((name) => `${name}-platform`), applications: named((name) => name) };
}

const without = stacks({});
const kept = stacks({ traces: { retentionDays: 7, ratio: 0.25 } });
const dropped = stacks({ traces: { retentionDays: 7 }, drops: ["traces"] });

const of = (all: Stacks, name: string): StackJson => {
  const json = all[name];
  if (json === undefined) throw new Error(`no environment ${name}`);
  return json;
};

type Json = Readonly<Record<string, unknown>>;

/** Tempo's own file. */
const file = (name: string): Json =>
  // JSON is YAML.
  JSON.parse(String(release(of(kept.platforms, name), "tempo").values["config"])) as Json;

const ofStore = (json: StackJson, type: string): Json[] =>
  all(json, type).filter((resource) => JSON.stringify(resource).includes("Store-tempo"));

test("without them nothing of it is there, in any stack", () => {
  for (const json of [...Object.values(without.platforms), ...Object.values(without.applications)]) {
    expect(JSON.stringify(json)).not.toMatch(/Store-tempo|platform\/otlp|OTEL_|additionalDataSources/);
  }
});

test("an application that says tracing is the same as one that does not, where nobody takes traces", () => {
  const silent = environments.map((spec): EnvironmentSpec => ({
    ...spec,
    applications: spec.applications.map((overlay) => ({
      ...overlay,
      workloads: Object.fromEntries(
        Object.keys(overlay.application.workloads).map((name) => [
          name,
          { ...overlay.workloads?.[name], tracing: false },
        ]),
      ),
    })),
  }));
  const untraced = (specs: readonly EnvironmentSpec[]): readonly EnvironmentSpec[] =>
    specs.map((spec) => ({ ...spec, observability: prometheus({ runbooks, slack: { channel: "#my-app-alerts" } }) }));
  const [said, notSaid] = [untraced(environments), untraced(silent)].map(synthesizeEnvironments);
  if (said === undefined || notSaid === undefined) throw new Error("no stacks");
  for (const { name } of environments) expect(stack(said, name)).toEqual(stack(notSaid, name));
});

test.each(["production", "staging"])(
  "on AWS, in %s, they are in a bucket that Tempo's service account alone opens",
  (name) => {
    const json = of(kept.platforms, name);
    const [bucket] = ofStore(json, "aws_s3_bucket");
    expect(bucket).toMatchObject({ force_destroy: false, lifecycle: { prevent_destroy: true } });
    expect(ofStore(json, "aws_s3_bucket_lifecycle_configuration")[0]).toHaveProperty(
      "rule",
      expect.arrayContaining([expect.objectContaining({ id: "objects", expiration: [{ days: 14 }] })]),
    );
    expect(all(json, "aws_eks_pod_identity_association").filter(({ namespace }) => namespace === "tempo")).toEqual([
      expect.objectContaining({ service_account: "tempo" }),
    ]);
    expect(file(name)).toHaveProperty("storage.trace", {
      backend: "s3",
      s3: {
        bucket: expect.stringMatching(/^\$\{aws_s3_bucket\..*Store-tempo.*\}$/) as string,
        region: "eu-central-1",
        endpoint: "s3.eu-central-1.amazonaws.com",
      },
      wal: { path: "/var/tempo/wal" },
    });
  },
);

test("on Google Cloud they are in a bucket whose name is told when it is open", () => {
  const json = of(kept.platforms, "gke-staging");
  expect(ofStore(json, "google_storage_bucket_iam_member")).toEqual([
    expect.objectContaining({ member: expect.stringMatching(/\/subject\/ns\/tempo\/sa\/tempo$/) as string }),
  ]);
  expect(file("gke-staging")).toHaveProperty(
    "storage.trace.gcs.bucket_name",
    expect.stringMatching(/^\$\{time_sleep\..*Store-tempo.*\.triggers\.bucket\}$/),
  );
});

test("on Azure they are in an account of their own, reached by a federated token", () => {
  const json = of(kept.platforms, "aks-staging");
  expect(ofStore(json, "azurerm_storage_account")).toEqual([
    expect.objectContaining({ public_network_access_enabled: false, shared_access_key_enabled: false }),
  ]);
  expect(file("aks-staging")).toHaveProperty("storage.trace.azure", {
    storage_account_name: expect.stringContaining("Store-tempo") as string,
    container_name: expect.any(String) as string,
    use_federated_token: true,
  });
  expect(release(json, "tempo").values).toMatchObject({
    podLabels: { "azure.workload.identity/use": "true" },
    serviceAccount: { annotations: { "azure.workload.identity/client-id": expect.any(String) as string } },
  });
});

test("on a local cluster they are on a volume", () => {
  expect(file("local")).toHaveProperty("storage.trace.backend", "local");
  expect(release(of(kept.platforms, "local"), "tempo").values).toHaveProperty("persistence.size", "20Gi");
});

describe.each(environments.map(({ name }) => name))("in %s", (name) => {
  test("Tempo comes before who sends to it, and its policy with what measures it right after it", () => {
    const json = of(kept.platforms, name);
    const after = (one: string): string => JSON.stringify(release(json, one).given["depends_on"]);
    expect(after("otlp")).toMatch(/platform_tempo_/);
    expect(after("otlp")).toMatch(/platform_tempo-objects_/);
    const { objects } = release(json, "tempo-objects").values as { objects: Json };
    expect(Object.keys(objects)).toEqual(["NetworkPolicy/tempo-callers", "PodMonitor/tempo", "PrometheusRule/traces"]);
    expect(file(name)).toHaveProperty("compactor.compaction.block_retention", "168h");
  });

  test("what is dropped is not protected any more, and the ledger says so by name", () => {
    const [store] = ["aws_s3_bucket", "google_storage_bucket", "azurerm_storage_account"].flatMap((type) =>
      ofStore(of(dropped.platforms, name), type),
    );
    expect(store === undefined ? false : store["lifecycle"]).toEqual(
      store === undefined ? false : { prevent_destroy: false },
    );
    const ledger = (all: Stacks): string => JSON.stringify(one(of(all, name), "terraform_data", "Ledger"));
    expect(ledger(kept.platforms)).toContain("kept traces trace-store ");
    expect(ledger(dropped.platforms)).toContain("released traces trace-store ");
  });

  test("workloads are told where spans go and whose they are, and may send there; others are as they were", () => {
    const [before, after] = [of(without.applications, name), of(kept.applications, name)];
    const data = (json: StackJson): Json[] =>
      all(json, "kubernetes_config_map_v1")
        .map((one) => (one["data"] ?? {}) as Json)
        .filter((one) => "OTEL_SERVICE_NAME" in one);
    expect(data(before)).toEqual([]);
    const told = data(after);
    expect(told.map((one) => one["OTEL_SERVICE_NAME"]).sort()).toEqual([
      ...["my-app-backend", "my-app-consumer", "my-app-cron", "my-app-frontend", "my-app-notifications"],
    ]);
    for (const one of told) {
      expect(one).toMatchObject({
        OTEL_EXPORTER_OTLP_ENDPOINT: "http://otlp.tempo.svc:4318",
        OTEL_TRACES_SAMPLER: "parentbased_traceidratio",
        OTEL_TRACES_SAMPLER_ARG: "0.25",
        OTEL_RESOURCE_ATTRIBUTES: expect.stringContaining(`deployment.environment.name=${name}`) as string,
      });
      // A preload that is not in the image would be a pod that does not start.
      expect(one).not.toHaveProperty("NODE_OPTIONS");
    }
    const open = (json: StackJson): number =>
      JSON.stringify(all(json, "kubernetes_network_policy_v1")).split('"4318"').length - 1;
    expect(open(before)).toBe(0);
    expect(open(after)).toBe(told.length);
  });
});
