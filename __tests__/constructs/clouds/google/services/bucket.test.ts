import { bucket } from "../../../../../constructs/services/bucket";
import { onGoogle } from "../../../../support/google-application";
import { draft, production, staging } from "../../../../support/input";

const inProduction = onGoogle(production());
const files = inProduction.resource("google_storage_bucket");

test("the bucket's name cannot meet another project's, and Terraform empties it only where it may be thrown away", () => {
  expect(files).toMatchObject({
    name: "production-shop-files-orders-prod",
    location: "europe-west3",
    force_destroy: false,
    lifecycle: { prevent_destroy: true },
  });
  expect(onGoogle(staging()).resource("google_storage_bucket")).toMatchObject({
    force_destroy: true,
    lifecycle: { prevent_destroy: false },
  });
});

test("nothing in it can become public, and no object has permissions of its own", () => {
  expect(files).toMatchObject({ uniform_bucket_level_access: true, public_access_prevention: "enforced" });
});

test.each([
  [1, 7],
  [30, 30],
  [90, 90],
  [3650, 90],
])("old versions go after %i days, and even what deletes them can be undone for %i", (keepVersionsDays, undo) => {
  const { environment, services } = draft();
  Object.assign(services, { files: bucket({ keepVersionsDays }) });
  const given = onGoogle(environment).resource("google_storage_bucket");
  expect(given["versioning"]).toEqual({ enabled: true });
  expect(given["lifecycle_rule"]).toEqual([
    { action: { type: "AbortIncompleteMultipartUpload" }, condition: { age: 7 } },
    {
      action: { type: "Delete" },
      condition: { days_since_noncurrent_time: keepVersionsDays, with_state: "ARCHIVED" },
    },
  ]);
  expect(given["soft_delete_policy"]).toEqual({ retention_duration_seconds: undo * 86_400 });
});

test("S3 clients find it, and sign in as the workload with a key of its own", () => {
  const { parts, endpoints, tls } = inProduction.provided.connection("api", "files");
  expect(inProduction.resolve(parts)).toMatchObject({
    endpoint: { value: "https://storage.googleapis.com" },
    bucket: { value: "${google_storage_bucket.Services_files_0805043F.name}" },
    region: { value: "auto" },
    accessKeyId: { secret: { property: "accessKeyId" } },
    secretAccessKey: { secret: { property: "secretAccessKey" } },
  });
  // Clients put the bucket's name before the host, or after it.
  const hosts = ["storage.googleapis.com", "production-shop-files-orders-prod.storage.googleapis.com"];
  expect({ endpoints, tls }).toEqual({ endpoints: [{ cidrs: ["0.0.0.0/0"], hosts, port: 443 }], tls: true });
  expect(inProduction.resource("google_storage_hmac_key")).toMatchObject({
    service_account_email: "${google_service_account.Accounts_api_155ACABB.email}",
    lifecycle: { create_before_destroy: true },
  });
  const [, key] =
    /\(\{"accessKeyId" = (google_storage_hmac_key\.\w+)\.access_id, "secretAccessKey" = \1\.secret\}\)/.exec(
      String(inProduction.resource("google_secret_manager_secret_version", "files")["secret_data_wo"]),
    ) ?? [];
  expect(key).toMatch(/Services_files_Keys_api_/);
});

test("two workloads are two service accounts with two keys, each with permissions of its own", () => {
  const { environment, workload } = draft();
  workload("queue").needs = ["files"];
  const stack = onGoogle(environment);
  expect(stack.types).toMatchObject({
    google_service_account: 2,
    google_storage_hmac_key: 2,
    google_storage_bucket_iam_member: 4,
  });
  const names = stack.resources("google_secret_manager_secret").map(({ secret_id }) => secret_id);
  expect(names).toEqual(expect.arrayContaining(["production_shop_files_api", "production_shop_files_queue"]));
  const [api, queue] = ["api", "queue"].map((name) => stack.resolve(stack.provided.connection(name, "files").parts));
  expect(api).not.toEqual(queue);
});

test("a workload without an edge is given no connection", () => {
  expect(() => inProduction.provided.connection("web", "files")).toThrow("workload web has no edge to it");
});

test("two edges to one bucket are one key, and permissions once", () => {
  const { environment, workload } = draft();
  workload("api").needs = ["db", "cache", "files", { to: "files", prefix: "OLD_" }];
  expect(onGoogle(environment).types).toMatchObject({
    google_storage_hmac_key: 1,
    google_storage_bucket_iam_member: 2,
  });
});
