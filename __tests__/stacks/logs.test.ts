import type { EnvironmentSpec } from "../../constructs/environment";
import { prometheus, type PrometheusProps } from "../../constructs/observability/prometheus/prometheus";
import { environments } from "../../environments";
import { all, one, release, type StackJson } from "../support/cloud-environment";
import { stack, synthesizeEnvironments } from "../support/reference";

/* Logs of the reference environments, protected, as their platforms have them on each cloud. */

const runbooks = "https://git.example.com/runbooks";

const platforms = (props: Partial<PrometheusProps>): Readonly<Record<string, StackJson>> => {
  const specs = environments.map((spec): EnvironmentSpec => ({
    ...spec,
    protect: true,
    observability: prometheus({ runbooks, slack: { channel: "#my-app-alerts" }, ...props }),
  }));
  const synthesis = synthesizeEnvironments(specs);
  return Object.fromEntries(environments.map(({ name }) => [name, stack(synthesis, `${name}-platform`)]));
};

const kept = platforms({ logs: { retentionDays: 14 } });
const dropped = platforms({ logs: { retentionDays: 14 }, drops: ["logs"] });

const of = (all: Readonly<Record<string, StackJson>>, name: string): StackJson => {
  const json = all[name];
  if (json === undefined) throw new Error(`no environment ${name}`);
  return json;
};

type Json = Readonly<Record<string, unknown>>;
const loki = (name: string): Json => release(of(kept, name), "loki").values;

/** Resources of a type that are of the store. */
const ofStore = (json: StackJson, type: string): Json[] =>
  all(json, type).filter((resource) => JSON.stringify(resource).includes("Store-loki"));

test("without them nothing of it is there", () => {
  for (const json of Object.values(platforms({}))) {
    expect(JSON.stringify(json)).not.toMatch(/Store-loki|platform\/alloy|additionalDataSources/);
  }
});

describe.each(["production", "staging"])("on AWS, in %s", (name) => {
  const json = of(kept, name);

  test("are in a bucket of their own: private, encrypted, without versions, gone a week after their time", () => {
    expect(ofStore(json, "aws_s3_bucket")).toEqual([
      expect.objectContaining({
        bucket: expect.stringMatching(new RegExp(`^${name}-addon-loki-eu-central-1-\\d{12}$`)) as string,
        force_destroy: false,
        lifecycle: { prevent_destroy: true },
      }),
    ]);
    expect(ofStore(json, "aws_s3_bucket_public_access_block")).toHaveLength(1);
    expect(ofStore(json, "aws_s3_bucket_versioning")).toEqual([]);
    expect(ofStore(json, "aws_s3_bucket_server_side_encryption_configuration")[0]).toHaveProperty(
      "rule.0.apply_server_side_encryption_by_default.sse_algorithm",
      "aws:kms",
    );
    const [rules] = ofStore(json, "aws_s3_bucket_lifecycle_configuration");
    expect((rules as { rule: Json[] }).rule.map(({ id, expiration }) => [id, expiration])).toEqual([
      ["abort-incomplete-uploads", undefined],
      ["expire-old-versions", [{ expired_object_delete_marker: true }]],
      ["objects", [{ days: 21 }]],
    ]);
  });

  test("and Loki's service account alone reads and writes there, with its key", () => {
    const policies = all(json, "aws_iam_role_policy").filter(({ policy }) => String(policy).includes("Store-loki"));
    const statements = policies.flatMap(
      ({ policy }) => (JSON.parse(String(policy)) as { Statement: Json[] }).Statement,
    );
    expect(statements.map(({ Action }) => Action)).toEqual([
      "s3:ListBucket",
      ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"],
      ["kms:Decrypt", "kms:GenerateDataKey"],
    ]);
    expect(JSON.stringify(statements)).not.toContain('"*"');
    expect(all(json, "aws_eks_pod_identity_association").filter(({ namespace }) => namespace === "loki")).toEqual([
      expect.objectContaining({ service_account: "loki" }),
    ]);
    expect(loki(name)).toMatchObject({
      serviceAccount: {
        name: "loki",
        annotations: { "goldenpath/pod-identity-association": expect.any(String) as string },
      },
      loki: {
        storage: {
          type: "s3",
          bucketNames: { chunks: expect.stringContaining("aws_s3_bucket.") as string },
          s3: { region: "eu-central-1" },
        },
      },
    });
  });
});

test("on Google Cloud they are in a bucket whose name is told when it is open", () => {
  const json = of(kept, "gke-staging");
  expect(ofStore(json, "google_storage_bucket")).toEqual([
    expect.objectContaining({
      location: "europe-west3",
      uniform_bucket_level_access: true,
      public_access_prevention: "enforced",
      soft_delete_policy: { retention_duration_seconds: 0 },
      force_destroy: false,
      lifecycle: { prevent_destroy: true },
      lifecycle_rule: expect.arrayContaining([{ action: { type: "Delete" }, condition: { age: 21 } }]) as Json[],
    }),
  ]);
  expect(ofStore(json, "google_storage_bucket")[0]).not.toHaveProperty("versioning");
  expect(ofStore(json, "google_storage_bucket_iam_member")).toEqual([
    expect.objectContaining({
      role: "roles/storage.objectUser",
      member: expect.stringMatching(/\/subject\/ns\/loki\/sa\/loki$/) as string,
    }),
  ]);
  expect(loki("gke-staging")).toHaveProperty("loki.storage", {
    type: "gcs",
    bucketNames: { chunks: expect.stringMatching(/^\$\{time_sleep\..*Store-loki.*\.triggers\.bucket\}$/) as string },
  });
});

test("on Azure they are in a closed account, locked after all that belongs to it", () => {
  const json = of(kept, "aks-staging");
  expect(ofStore(json, "azurerm_storage_account")).toEqual([
    expect.objectContaining({
      public_network_access_enabled: false,
      shared_access_key_enabled: false,
      customer_managed_key: expect.anything() as Json,
      lifecycle: { prevent_destroy: true },
    }),
  ]);
  expect(ofStore(json, "azurerm_storage_account")[0]).not.toHaveProperty("blob_properties.versioning_enabled");
  expect(ofStore(json, "azurerm_storage_management_policy")[0]).toHaveProperty("rule.0.actions.base_blob", {
    delete_after_days_since_modification_greater_than: 21,
  });
  expect(ofStore(json, "azurerm_private_endpoint")).toHaveLength(1);
  const role = all(json, "azurerm_role_assignment").filter(({ scope }) => /storage_container/.test(String(scope)));
  expect(role).toEqual([expect.objectContaining({ role_definition_name: "Storage Blob Data Contributor" })]);
  const [lock] = ofStore(json, "azurerm_management_lock");
  expect(lock).toMatchObject({ lock_level: "CanNotDelete" });
  expect(JSON.stringify(lock?.depends_on)).toContain("azurerm_role_assignment.platform_loki-identity_Store");
  expect(loki("aks-staging")).toMatchObject({
    serviceAccount: { annotations: { "azure.workload.identity/client-id": expect.any(String) as string } },
    loki: {
      podLabels: { "azure.workload.identity/use": "true" },
      storage: { type: "azure", azure: { useFederatedToken: true } },
    },
  });
});

test("on a local cluster they are on a volume, of one server", () => {
  const json = of(kept, "local");
  expect(JSON.stringify(json)).not.toContain("Store-loki");
  expect(loki("local")).toMatchObject({
    loki: { commonConfig: { replication_factor: 1 }, storage: { type: "filesystem" } },
    singleBinary: { replicas: 1, persistence: { size: "20Gi" } },
  });
});

describe.each(environments.map(({ name }) => name))("in %s", (name) => {
  test("every line goes by the days that are said, where the schema says its store is", () => {
    const values = loki(name) as { readonly loki: { readonly storage: { readonly type: string } } };
    const { type } = values.loki.storage;
    expect(values).toMatchObject({
      loki: {
        compactor: { retention_enabled: true, delete_request_store: type },
        limits_config: { retention_period: "336h" },
        schemaConfig: { configs: [{ object_store: type, schema: "v13" }] },
      },
    });
  });

  test("Loki comes before what reads, and monitors after what they are of", () => {
    const json = of(kept, name);
    const after = (one: string): string => JSON.stringify(release(json, one).given["depends_on"]);
    expect(after("alloy")).toMatch(/platform_loki_/);
    expect(after("alloy")).toMatch(/platform_loki-objects_/);
    expect(after("loki-objects")).toMatch(/platform_loki_/);
    const { objects } = release(json, "loki-objects").values as { objects: Json };
    expect(Object.keys(objects)).toEqual(["PodMonitor/loki", "PrometheusRule/logs"]);
    expect(Object.keys((release(json, "alloy-objects").values as { objects: Json }).objects)).toEqual([
      "PodMonitor/alloy",
    ]);
  });

  test("what is dropped is not protected any more, and is there still", () => {
    const before = of(kept, name);
    const after = of(dropped, name);
    const [store] = ["aws_s3_bucket", "google_storage_bucket", "azurerm_storage_account"].flatMap((type) =>
      ofStore(after, type),
    );
    const lost = Object.keys(before.resource).flatMap((type) =>
      all(before, type).length > all(after, type).length ? [type] : [],
    );
    // The ledger's instances go by a move; of Azure's account the lock is gone.
    expect(lost).toEqual(store?.["account_kind"] === undefined ? [] : ["azurerm_management_lock"]);
    if (store === undefined) return;
    expect(store).toHaveProperty("lifecycle.prevent_destroy", false);
    expect(store["force_destroy"] ?? true).toBe(true);
  });

  test("the ledger has the store by name", () => {
    expect(JSON.stringify(one(of(kept, name), "terraform_data", "Ledger"))).toContain("kept logs log-store ");
    expect(JSON.stringify(one(of(dropped, name), "terraform_data", "Ledger"))).toContain("released logs log-store ");
  });
});
