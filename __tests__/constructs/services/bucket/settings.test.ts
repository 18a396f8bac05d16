import { aws } from "../../../../constructs/clouds/aws";
import { azure } from "../../../../constructs/clouds/azure";
import type { EnvironmentOption } from "../../../../constructs/model/environment";
import { resolveApplication } from "../../../../constructs/model/resolve";
import type { ServiceSizing } from "../../../../constructs/model/service";
import { serviceDifferences } from "../../../../constructs/outputs/parity/services";
import { bucket, type BucketSpec } from "../../../../constructs/services/bucket";
import { onAws } from "../../../support/aws-application";
import { AWS_PROPS } from "../../../support/aws-environment";
import { onAzure } from "../../../support/azure-application";
import { AZURE_PROPS } from "../../../support/azure-environment";
import { onGoogle } from "../../../support/google-application";
import { draft, problemsOf } from "../../../support/input";

/* What a bucket does by itself and whom it answers, in every place that has one. */

const RULES: BucketSpec = {
  keepVersionsDays: 30,
  lifecycle: { expireAfterDays: { "exports/": 14, "": 400 }, abortUploadsAfterDays: 2 },
};
const CORS: BucketSpec = {
  cors: [
    {
      origins: ["api", "https://partner.example.org"],
      methods: ["GET", "PUT"],
      headers: ["Content-Type", "X-Amz-Meta-Order"],
      exposedHeaders: ["ETag", "Content-Type"],
      maxAgeSeconds: 600,
    },
    { origins: ["*"], methods: ["GET"] },
  ],
};

function having(spec: BucketSpec, sizing?: ServiceSizing, cloud?: EnvironmentOption) {
  const { environment, services, overlay } = draft();
  Object.assign(services, { files: bucket(spec) });
  if (sizing !== undefined) Object.assign(overlay, { services: { ...overlay.services, files: sizing } });
  if (cloud !== undefined) Object.assign(environment, { cloud });
  return { environment, overlay };
}

const onlyEnvironment = (...args: Parameters<typeof having>) => having(...args).environment;

test("S3 has a rule for each prefix beside its own, and answers pages", () => {
  const stack = onAws(onlyEnvironment({ ...RULES, ...CORS }));
  const { rule } = stack.resource("aws_s3_bucket_lifecycle_configuration");
  expect(rule).toEqual([
    {
      ...{ id: "abort-incomplete-uploads", status: "Enabled", filter: [{}] },
      abort_incomplete_multipart_upload: [{ days_after_initiation: 2 }],
    },
    {
      ...{ id: "expire-old-versions", status: "Enabled", filter: [{}] },
      noncurrent_version_expiration: [{ noncurrent_days: 30 }],
      expiration: [{ expired_object_delete_marker: true }],
    },
    {
      ...{ id: "objects-exports/", status: "Enabled", filter: [{ prefix: "exports/" }] },
      expiration: [{ days: 14 }],
    },
    { ...{ id: "objects", status: "Enabled", filter: [{}] }, expiration: [{ days: 400 }] },
  ]);
  expect(stack.resource("aws_s3_bucket_cors_configuration")["cors_rule"]).toEqual([
    {
      allowed_origins: ["https://api.example.com", "https://partner.example.org"],
      allowed_methods: ["GET", "PUT"],
      allowed_headers: ["Content-Type", "X-Amz-Meta-Order"],
      expose_headers: ["ETag", "Content-Type"],
      max_age_seconds: 600,
    },
    {
      allowed_origins: ["*"],
      allowed_methods: ["GET"],
      allowed_headers: ["Content-Type"],
      expose_headers: [],
      max_age_seconds: 3600,
    },
  ]);
});

test("no rule has the name of another, whatever a prefix says", () => {
  const lifecycle = { expireAfterDays: { "old-versions": 1, "incomplete-uploads": 1, "-": 1, objects: 1, "": 9 } };
  const { rule } = onAws(onlyEnvironment({ lifecycle })).resource("aws_s3_bucket_lifecycle_configuration");
  const ids = (rule as { readonly id: string }[]).map(({ id }) => id);
  expect(new Set(ids).size).toBe(7);
});

test("Cloud Storage has the same, with one list of headers", () => {
  const made = onGoogle(onlyEnvironment({ ...RULES, ...CORS })).resource("google_storage_bucket");
  expect(made["lifecycle_rule"]).toEqual([
    { action: { type: "AbortIncompleteMultipartUpload" }, condition: { age: 2 } },
    { action: { type: "Delete" }, condition: { days_since_noncurrent_time: 30, with_state: "ARCHIVED" } },
    { action: { type: "Delete" }, condition: { age: 14, with_state: "LIVE", matches_prefix: ["exports/"] } },
    { action: { type: "Delete" }, condition: { age: 400, with_state: "LIVE" } },
  ]);
  expect(made["cors"]).toEqual([
    {
      origin: ["https://api.example.com", "https://partner.example.org"],
      method: ["GET", "PUT"],
      response_header: ["Content-Type", "X-Amz-Meta-Order", "ETag"],
      max_age_seconds: 600,
    },
    { origin: ["*"], method: ["GET"], response_header: ["Content-Type"], max_age_seconds: 3600 },
  ]);
});

test("Azure has rules of the account, within the container", () => {
  const { rule } = onAzure(onlyEnvironment(RULES)).resource("azurerm_storage_management_policy") as {
    rule: { name: string; filters: { prefix_match?: string[] }; actions: unknown }[];
  };
  expect(rule.map(({ actions }) => actions)).toEqual([
    { base_blob: { delete_after_days_since_modification_greater_than: 2 } },
    { version: { delete_after_days_since_creation: 30 } },
    { base_blob: { delete_after_days_since_modification_greater_than: 14 } },
    { base_blob: { delete_after_days_since_modification_greater_than: 400 } },
  ]);
  expect(rule.slice(2).map(({ filters }) => filters.prefix_match)).toEqual([
    [expect.stringMatching(/^\$\{azurerm_storage_container\.\w+\.name\}\/exports\/$/)],
    [expect.stringMatching(/^\$\{azurerm_storage_container\.\w+\.name\}\/$/)],
  ]);
  expect(new Set(rule.map(({ name }) => name)).size).toBe(4);
  for (const { name } of rule) expect(name).toMatch(/^[a-z0-9-]+$/);
});

test("a bucket that says nothing has what it had", () => {
  const stack = onAws(onlyEnvironment({}));
  expect(stack.types).not.toHaveProperty("aws_s3_bucket_cors_configuration");
  expect(onGoogle(onlyEnvironment({})).resource("google_storage_bucket")).not.toHaveProperty("cors");
});

test("an environment says each setting whole, or takes it away", () => {
  const own: ServiceSizing = { keepVersionsDays: 5, lifecycle: { expireAfterDays: { "tmp/": 1 } }, cors: false };
  const { environment, overlay } = having({ ...RULES, ...CORS }, own);
  const files = resolveApplication(environment, overlay).services.find(({ name }) => name === "files");
  expect(files?.service).toMatchObject({
    spec: { keepVersionsDays: 5, lifecycle: { expireAfterDays: { "tmp/": 1 } } },
  });
  expect(files?.service).not.toHaveProperty("spec.cors");
  expect(files?.sizing).not.toHaveProperty("lifecycle");
  expect(problemsOf(environment)).toEqual([]);
});

test("parity names what Compose does not do", () => {
  const { environment, overlay } = having({ ...RULES, ...CORS });
  expect(serviceDifferences(resolveApplication(environment, overlay)).map(({ what, other }) => [what, other])).toEqual([
    ["lifecycle", "exports/* after 14 days, * after 400 days, uploads nobody completed after 2 days"],
    ["CORS", "GET PUT from https://api.example.com https://partner.example.org, GET from *"],
  ]);
});

const ENVIRONMENT = "environments.production.applications.shop.services.files";

const THEIRS = {
  host: "s3.partner.example",
  parts: { bucket: "files", region: "eu-1", accessKeyId: "AKIA" },
  secrets: { secretAccessKey: "files-key" },
};

test.each<[string, ReturnType<typeof onlyEnvironment>, string]>([
  [
    "CORS on Azure",
    onlyEnvironment(CORS, undefined, azure(AZURE_PROPS)),
    `${ENVIRONMENT}.cors: only pods of the cluster reach the server that speaks S3`,
  ],
  [
    "CORS in the cluster",
    onlyEnvironment(CORS, { placement: "in-cluster" }, aws(AWS_PROPS)),
    `${ENVIRONMENT}.cors: only pods`,
  ],
  [
    "a lifecycle in the cluster",
    onlyEnvironment(RULES, { placement: "in-cluster" }, aws(AWS_PROPS)),
    `${ENVIRONMENT}.lifecycle: the server in the cluster deletes no objects by itself`,
  ],
  [
    "a lifecycle of somebody else's",
    onlyEnvironment(RULES, { placement: "external", external: THEIRS }, aws(AWS_PROPS)),
    `${ENVIRONMENT}.lifecycle: whoever runs the bucket says what becomes of its objects`,
  ],
  [
    "a host that no route has",
    onlyEnvironment({ cors: [{ origins: ["shop"], methods: ["GET"] }] }),
    'services.files.cors[0].origins[0]: got "shop", no route has this host',
  ],
  [
    "the same in an environment",
    onlyEnvironment({}, { cors: [{ origins: ["https://a.example.com", "*"], methods: ["GET"] }] }),
    `${ENVIRONMENT}.cors[0].origins[1]: got "*", stands for all others too`,
  ],
  [
    "a prefix that would keep longer",
    onlyEnvironment({ lifecycle: { expireAfterDays: { "a/": 10, "a/b/": 20 } } }),
    'its objects begin with "a/" too, and are deleted after 10 days by that',
  ],
  [
    "a prefix that a rule would read otherwise",
    onlyEnvironment({ lifecycle: { expireAfterDays: { "a*": 10 } } }),
    "use the beginning of a key",
  ],
  [
    "a prefix with a slash before its first folder",
    onlyEnvironment({ lifecycle: { expireAfterDays: { "/exports/": 10 } } }),
    "use the beginning of a key, which has no slash before its first folder",
  ],
  ["no day", onlyEnvironment({}, { lifecycle: { expireAfterDays: { "": 0 } } }), `${ENVIRONMENT}.lifecycle`],
])("%s is refused", (_, environment, expected) => {
  expect(problemsOf(environment).join("\n")).toContain(expected);
});

test.each([
  ["lifecycle", { placement: "in-cluster", lifecycle: false }, RULES],
  ["cors", { placement: "in-cluster", cors: false }, CORS],
  ["cors, of somebody else's", { placement: "external", external: THEIRS, cors: false }, CORS],
] as const)("what a place has not is taken away: %s", (_, sizing, spec) => {
  expect(problemsOf(onlyEnvironment(spec, sizing, aws(AWS_PROPS))).join("\n")).not.toContain(".services.files");
});
