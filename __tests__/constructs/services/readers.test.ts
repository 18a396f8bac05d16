import { aws } from "../../../constructs/clouds/aws";
import { azure } from "../../../constructs/clouds/azure";
import { google } from "../../../constructs/clouds/google";
import type { EnvironmentOption } from "../../../constructs/model/environment";
import { resolveApplication } from "../../../constructs/model/resolve";
import type { ServiceSizing } from "../../../constructs/model/service";
import { serviceUser } from "../../../constructs/model/service-users";
import type { Need } from "../../../constructs/model/workload";
import { serviceDifferences } from "../../../constructs/outputs/parity/services";
import { onAws, statements } from "../../support/aws-application";
import { AWS_PROPS } from "../../support/aws-environment";
import { AZURE_PROPS } from "../../support/azure-environment";
import { onGoogle } from "../../support/google-application";
import { GOOGLE_PROPS } from "../../support/google-environment";
import { draft, problemsOf } from "../../support/input";
import type { StackJson } from "../../support/reference";

/* Edges that only read, in every place that has a service. */

const reading = (to: string): Need => ({ to, access: "read" });

function needing(needs: (string | Need)[], sizing: Record<string, ServiceSizing> = {}, cloud?: EnvironmentOption) {
  const { environment, overlay, workload } = draft();
  workload("queue").needs = needs;
  Object.assign(overlay, { services: { ...overlay.services, ...sizing } });
  if (cloud !== undefined) Object.assign(environment, { cloud });
  return { environment, overlay };
}

const passwordOf = (stack: ReturnType<typeof onAws>, service: string) => {
  const { parts } = stack.provided.connection("queue", service);
  return { username: parts.username, password: JSON.stringify(stack.resolve(parts.password)) };
};

test("a user that only reads is another than the one that writes, with the workload's password", () => {
  const writer = passwordOf(onAws(needing(["db", "events"]).environment), "db");
  const stack = onAws(needing([reading("db"), reading("events")]).environment);
  expect(writer.username).toEqual({ value: "app.queue" });
  expect(passwordOf(stack, "db")).toEqual({ ...writer, username: { value: "app.queue.read" } });
  expect(passwordOf(stack, "events").username).toEqual({ value: "app.queue.read" });
  expect(stack.provided.users("db")?.users.map(({ name }) => name)).toContain("app.queue.read");
});

test("long names stay apart, and fit", () => {
  const names = ["w".repeat(40), `${"w".repeat(39)}x`].flatMap((name) => [
    serviceUser(name),
    serviceUser(name, "read"),
  ]);
  expect(new Set(names).size).toBe(4);
  for (const name of names) expect(name.length).toBeLessThanOrEqual(32);
});

test("the role of AWS reads objects, and nothing else of the bucket", () => {
  const all = onAws(needing([reading("files")]).environment)
    .resources("aws_iam_role_policy")
    .map(({ policy }) => statements(policy))
    .find((policy) => !JSON.stringify(policy).includes("s3:PutObject") && JSON.stringify(policy).includes("s3:"));
  expect(all).toMatchObject([
    { Action: "s3:ListBucket" },
    { Action: ["s3:GetObject"] },
    { Action: ["kms:Decrypt"], Condition: { StringEquals: { "kms:ViaService": "s3.eu-central-1.amazonaws.com" } } },
  ]);
});

test("the service account of Google views objects", () => {
  const roles = onGoogle(needing([reading("files")]).environment)
    .resources("google_storage_bucket_iam_member")
    .map(({ role }) => role);
  // Of the other workload, which writes.
  expect([...roles].sort()).toEqual([
    "roles/storage.legacyBucketReader",
    "roles/storage.legacyBucketReader",
    "roles/storage.objectUser",
    "roles/storage.objectViewer",
  ]);
});

test("on Google who writes and then only reads has one right before the other goes, at one address", () => {
  const objects = (need: Need | string) => {
    const { resource } = JSON.parse(onGoogle(needing([need]).environment).text) as StackJson;
    const ids = resource["google_storage_bucket_iam_member"] ?? {};
    return Object.entries(ids).filter(([id]) => id.includes("queue") && id.includes("Objects"));
  };
  const [[writer, writes] = []] = objects("files");
  const [[reader, reads] = []] = objects(reading("files"));
  expect(reader).toBe(writer);
  expect(writes).toMatchObject({ role: "roles/storage.objectUser", lifecycle: { create_before_destroy: true } });
  expect(reads).toEqual({ ...writes, role: "roles/storage.objectViewer" });
});

test("parity names that Compose keeps nobody from writing", () => {
  const { environment, overlay } = needing([reading("db"), "cache"]);
  expect(serviceDifferences(resolveApplication(environment, overlay))).toEqual([
    expect.objectContaining({ subject: "queue", what: "access to db", other: "read" }),
  ]);
});

const CLOUDS = [aws(AWS_PROPS), google(GOOGLE_PROPS), azure(AZURE_PROPS)];

test("every cloud has readers of MySQL, and none of a cache", () => {
  for (const cloud of CLOUDS) {
    const placed: Record<string, ServiceSizing> = cloud.title.includes("AWS")
      ? {}
      : { events: { placement: "in-cluster" } };
    expect(problemsOf(needing([reading("db")], placed, cloud).environment).join("\n")).not.toContain("only read");
    const refused = problemsOf(needing([reading("cache")], placed, cloud).environment).join("\n");
    expect(refused).toMatch(/workloads\.queue\.needs: got "cache", .* does not let "queue" only read cache/);
    expect(refused).toContain("all workloads have one sign-in there");
  }
});

const EXTERNAL: ServiceSizing = {
  placement: "external",
  external: {
    host: "db.partner.example",
    tls: true,
    parts: { username: "shop", database: "orders" },
    secrets: { password: "db-password" },
  },
};

test.each<[string, ReturnType<typeof needing>, string]>([
  [
    "a bucket on Azure",
    needing([reading("files")], {}, azure(AZURE_PROPS)),
    "all workloads have one pair of access keys there",
  ],
  [
    "a bucket in the cluster",
    needing([reading("files")], { files: { placement: "in-cluster" } }, aws(AWS_PROPS)),
    "all workloads have one pair of access keys there",
  ],
  [
    "a database of somebody else",
    needing([reading("db")], { db: EXTERNAL }, aws(AWS_PROPS)),
    "declare a second service of the kind with a sign-in that only reads",
  ],
  ["a workload", needing([reading("api")]), '"api" is no service of this application'],
  [
    "two rights at one service",
    needing([reading("db"), { to: "db", prefix: "OTHER_" }]),
    'got "write", another edge to "db" says "read", and a workload has one sign-in there; say the same of both',
  ],
])("of %s it is refused", (_, { environment }, expected) => {
  const problems = problemsOf(environment).join("\n");
  expect(problems).toContain(expected);
  expect(problems).toContain(".needs");
});

test("where Helm replaces the pods of before, a user who only reads is refused, and rights of an identity are not", () => {
  const { environment } = needing([reading("db"), reading("events"), reading("files"), "cache"]);
  expect(problemsOf(environment)).toEqual([]);
  Object.assign(environment, { release: "helm" });
  const problems = problemsOf(environment);
  expect(problems).toHaveLength(2);
  for (const index of [0, 1]) {
    expect(problems[index]).toMatch(
      new RegExp(
        `workloads\\.queue\\.needs\\[${index}\\]\\.access: got "read", with release "helm" the user of before goes before the pods that Helm replaces afterwards; say needs of the workload in this environment without it, or use release "terraform"$`,
      ),
    );
  }
});
