import { bucket } from "../../../../constructs/services/bucket";
import { onGoogle } from "../../../support/google-application";
import { draft, production } from "../../../support/input";

const inProduction = onGoogle(production());

test("only this service account of this cluster's project can act as the workload's", () => {
  expect(inProduction.resource("google_service_account_iam_member")).toMatchObject({
    service_account_id: "${google_service_account.Accounts_api_155ACABB.name}",
    role: "roles/iam.workloadIdentityUser",
    member: "serviceAccount:orders-prod.svc.id.goog[shop-production/shop-api]",
  });
});

test("it may use the objects of the bucket it has an edge to, and see the bucket", () => {
  const grants = inProduction.resources("google_storage_bucket_iam_member").map(({ bucket, member, role }) => ({
    bucket,
    member,
    role,
  }));
  const member = "${google_service_account.Accounts_api_155ACABB.member}";
  const name = "${google_storage_bucket.Services_files_0805043F.name}";
  expect(grants).toEqual(
    expect.arrayContaining([
      { bucket: name, member, role: "roles/storage.objectUser" },
      { bucket: name, member, role: "roles/storage.legacyBucketReader" },
    ]),
  );
  expect(Object.keys(inProduction.types)).not.toContain("google_project_iam_member");
});

test("a workload that calls no service of Google has none", () => {
  expect(inProduction.provided.identity("api")).toBeDefined();
  for (const workload of ["web", "queue", "nightly"]) {
    expect(inProduction.provided.identity(workload)).toBeUndefined();
  }
});

test("the service account waits until the permissions work", () => {
  const annotations = inProduction.provided.identity("api")?.annotations ?? {};
  expect(Object.keys(annotations)).toEqual(["iam.gke.io/gcp-service-account"]);
  expect(inProduction.resolve(annotations["iam.gke.io/gcp-service-account"])).toMatch(
    /^\$\{time_sleep\.Identities_api_Wait_\w+\.triggers\.account\}$/,
  );
  const wait = inProduction.resource("time_sleep", "Identities_api");
  // Google names two minutes for most permissions, and seven for the others, which pods can wait for.
  expect(wait["create_duration"]).toBe("120s");
  expect(wait["triggers"]).toMatchObject({ account: "${google_service_account.Accounts_api_155ACABB.email}" });
  expect(wait["depends_on"]).toHaveLength(2);
});

test("two workloads whose parts join to one text have service accounts of their own", () => {
  const id = (application: string, workload: string) => {
    const { environment, app, workload: given } = draft();
    Object.assign(app, {
      name: application,
      services: { files: bucket() },
      externals: {},
      workloads: { [workload]: { ...given("web"), needs: ["files"] } },
      routes: [],
    });
    return String(onGoogle(environment).resource("google_service_account")["account_id"]);
  };
  const ids = [id("shop", "eu-api"), id("shop-eu", "api")];
  expect(new Set(ids).size).toBe(2);
  for (const each of ids) expect(each).toMatch(/^[a-z](?:[-a-z0-9]{4,28}[a-z0-9])$/);
});
