import { NotUnderstood } from "../../../constructs/preflight/answers";
import type { Answer, Check, Finding } from "../../../constructs/preflight/check";
import { line } from "../../../constructs/releases/shell";
import { answerTo, dns, fails, ok, text } from "../../support/preflight/answers";
import { check, checklist, everyChecklist } from "../../support/preflight/checklists";

/* How answers are judged: recorded ones where all is well, each changed in what makes it another verdict, and ones that are none. */

function verdict(one: Check, answers: readonly Answer[]): Finding {
  try {
    return one.judge(answers);
  } catch (error) {
    if (error instanceof NotUnderstood) return { verdict: "unclear", found: error.message };
    throw error;
  }
}

const SHIPPED = ["staging", "gke-staging", "aks-staging", "local"];

test.each(SHIPPED)("everything passes on %s where all is well", (name) => {
  const found = checklist(name)
    .checks.filter(({ ask }) => ask.length > 0)
    .map((one) => ({ id: one.id, ...verdict(one, one.ask.map(answerTo)) }));
  expect(found.filter((one) => one.verdict !== "passed")).toEqual([]);
});

/** The finding of a check whose answers are the recorded ones, but for those that a test gives instead. */
function instead(name: string, id: string, ...others: readonly (Answer | undefined)[]): Finding {
  const one = check(checklist(name), id);
  return verdict(
    one,
    one.ask.map((words, place) => others[place] ?? answerTo(words)),
  );
}

const value = (limit: number): Answer => ok({ Quota: { Value: limit } });
const DEPLOYER = "rights/role/goldenpath-deployer/services";
const BUCKET = "names/s3/staging-my-app-uploads-111111111111";
const TAGS = [
  { Key: "environment", Value: "staging" },
  { Key: "managed-by", Value: "terraform" },
];
const decision = (EvalDecision: string, MissingContextValues: string[] = []) =>
  ok({ EvaluationResults: [{ EvalActionName: "eks:CreateCluster", EvalDecision, MissingContextValues }] });

/** One action, allowed for the role of one service alone. */
const ofRoles = (allowed: string) =>
  ok({
    EvaluationResults: [
      {
        ...{ EvalActionName: "iam:CreateServiceLinkedRole", EvalResourceName: "*", EvalDecision: "implicitDeny" },
        ResourceSpecificResults: ["AmazonEKS", "RDS"].map((name) => ({
          EvalResourceName: `arn:aws:iam::111111111111:role/aws-service-role/x.amazonaws.com/AWSServiceRoleFor${name}`,
          EvalResourceDecision: name === allowed ? "allowed" : "implicitDeny",
        })),
      },
    ],
  });

describe("AWS", () => {
  test.each<[string, (Answer | undefined)[], Finding["verdict"], RegExp]>([
    ["login/aws", [ok({ Account: "999999999999" })], "failed", /another account: 999999999999/],
    ["login/aws", [fails("Unable to locate credentials", 253)], "failed", /nobody is signed in: Unable to locate/],
    [DEPLOYER, [decision("implicitDeny")], "failed", /eks:CreateCluster \(implicitDeny\)/],
    [DEPLOYER, [decision("explicitDeny", ["aws:RequestedRegion"])], "failed", /explicitDeny/],
    [DEPLOYER, [decision("implicitDeny", ["aws:RequestedRegion"])], "unclear", /conditions whose values were not given/],
    [
      DEPLOYER,
      [ok({ EvaluationResults: [{ EvalActionName: "eks:CreateCluster", EvalDecision: "allowed", OrganizationsDecisionDetail: { AllowedByOrganizations: false } }] })],
      "failed",
      /by the organization/,
    ],
    [
      DEPLOYER,
      [ok({ EvaluationResults: [{ EvalActionName: "s3:CreateBucket", EvalDecision: "allowed", ResourceSpecificResults: [{ EvalResourceName: "arn:aws:s3:::b", EvalResourceDecision: "implicitDeny" }] }] })],
      "failed",
      /s3:CreateBucket \(implicitDeny of arn:aws:s3:::b\)/,
    ],
    [DEPLOYER, [ok({ EvaluationResults: [] })], "unclear", /nothing was simulated/],
    ["services/service-linked-roles", [ok({ Roles: [] }), ok({ EvaluationResults: [] })], "unclear", /nothing was simulated/],
    [DEPLOYER, [decision("allowed")], "unclear", /1 of \d+ actions were answered/],
    ["quota/ec2/L-0263D0A3", [value(1)], "unclear", /wanted 1, allowed 1, in use 1: it fits where/],
    ["quota/ec2/L-0263D0A3", [value(0)], "failed", /wanted 1, allowed 0/],
    ["quota/ec2/L-1216C47A", [value(39)], "unclear", /wanted 38, allowed 39, in use 2/],
    ["quota/ec2/L-1216C47A", [value(32)], "failed", /wanted 38, allowed 32/],
    [
      "quota/ec2/L-1216C47A",
      // Spot machines and those of other families have quotas of their own.
      [value(40), ok([{ type: "g5.large", cores: 8, threads: 2 }, { type: "m7i.large", lifecycle: "spot", cores: 8, threads: 2 }])],
      "passed",
      /in use 0/,
    ],
    ["quota/ec2/L-1216C47A", [fails("An error occurred (NoSuchResourceException)", 254)], "unclear", /NoSuchResource/],
    ["offers/ec2/t3.large", [ok({ InstanceTypeOfferings: [{ Location: "euc1-az1" }] })], "failed", /not in euc1-az2, euc1-az3/],
    ["offers/rds/8.4/db.t4g.medium", [ok({ Options: [{ EngineVersion: "8.0.44" }] })], "failed", /none of the 1/],
    ["offers/eks/1.36", [ok({ clusterVersions: [] })], "failed", /none of the 0/],
    [
      "offers/mq/4.2/mq.m7g.medium/SINGLE_INSTANCE",
      [ok({ BrokerInstanceOptions: [{ SupportedEngineVersions: ["4.2"], SupportedDeploymentModes: ["CLUSTER_MULTI_AZ"] }] })],
      "failed",
      /none of the 1/,
    ],
    [BUCKET, [fails("An error occurred (403) when calling the HeadBucket operation: Forbidden", 254)], "failed", /taken by another/],
    [BUCKET, [fails("An error occurred (301) when calling the HeadBucket operation", 254)], "unclear", /the command failed/],
    [BUCKET, [ok({ BucketRegion: "eu-central-1" }), ok({ TagSet: TAGS })], "passed", /own, by its tags/],
    // A bucket of the right name and tags that an environment left elsewhere stops the deploy as well as anybody else's.
    [BUCKET, [ok({ BucketRegion: "us-east-1" }), ok({ TagSet: TAGS })], "failed", /in us-east-1/],
    [BUCKET, [text(""), ok({ TagSet: TAGS })], "unclear", /does not say in which region/],
    [BUCKET, [text(""), ok({ TagSet: TAGS.slice(1) })], "failed", /other tags/],
    ["names/eks/staging", [ok({ tags: { environment: "staging", "managed-by": "terraform" } })], "passed", /own, by its tags/],
    ["names/eks/staging", [ok({ tags: {} })], "failed", /other tags/],
    ["names/eks/staging", [ok({ tags: null })], "failed", /other tags/],
    ["names/eks/staging", [fails("An error occurred (AccessDeniedException)", 254)], "unclear", /AccessDenied/],
    ["offers/eks/1.36", [ok({ clusterVersions: [{ clusterVersion: "1.36", versionStatus: "EXTENDED_SUPPORT" }] })], "unclear", /extended support/],
    ["offers/eks/1.36", [ok({ clusterVersions: [{ clusterVersion: "1.36", versionStatus: "UNSUPPORTED" }] })], "failed", /none of the 1/],
    ["offers/mq/4.2/mq.m7g.medium/SINGLE_INSTANCE", [ok({ BrokerInstanceOptions: [], NextToken: "x" })], "unclear", /there are more/],
    [BUCKET, [text(""), fails("An error occurred (NoSuchTagSet) when calling", 254)], "failed", /without a tag/],
    [BUCKET, [text(""), fails("An error occurred (AccessDenied) when calling", 254)], "unclear", /cannot be read/],
    ["names/logs/staging", [ok({ logGroups: [{ logGroupName: "/aws/eks/staging/cluster" }] })], "failed", /no cluster of the name/],
    [
      "names/logs/staging",
      [ok({ logGroups: [{ logGroupName: "/aws/eks/staging/cluster" }] }), ok({ clusters: ["staging"] })],
      "passed",
      /of the cluster staging/,
    ],
    [
      "names/secretsmanager",
      [ok({ SecretList: [{ Name: "staging/my-app/cache", DeletedDate: "2026-11-01T00:00:00Z" }] })],
      "failed",
      /staging\/my-app\/cache/,
    ],
    ["services/service-linked-roles", [ok({ Roles: [] })], "passed", /every deployer may have them made/],
    ["services/service-linked-roles", [ok({ Roles: [] }), decision("implicitDeny", ["iam:AWSServiceName"])], "unclear", /under conditions/],
    [
      "services/service-linked-roles",
      // What is refused of a role that is there already stops nobody.
      [ok({ Roles: ["AmazonEKSNodegroup", "AutoScaling", "RDS", "ElastiCache", "AmazonMQ", "AmazonElasticFileSystem", "ElasticLoadBalancing"].map((name) => ({ RoleName: `AWSServiceRoleFor${name}` })) }), ofRoles("AmazonEKS")],
      "passed",
      /not there yet: AWSServiceRoleForAmazonEKS;/,
    ],
    [
      "services/service-linked-roles",
      [ok({ Roles: ["AmazonEKS", "AmazonEKSNodegroup", "AutoScaling", "ElastiCache", "AmazonMQ", "AmazonElasticFileSystem", "ElasticLoadBalancing"].map((name) => ({ RoleName: `AWSServiceRoleFor${name}` })) }), ofRoles("AmazonEKS")],
      "failed",
      /not there yet: AWSServiceRoleForRDS; and no deployer/,
    ],
    ["services/service-linked-roles", [ok({ Roles: [] }), decision("implicitDeny")], "failed", /no deployer may/],
    ["dns/zone/staging.example.com", [fails("An error occurred (NoSuchHostedZone)", 254)], "failed", /no zone of that id/],
    [
      "dns/zone/staging.example.com",
      [ok({ HostedZone: { Name: "staging.example.com.", Config: { PrivateZone: true } } })],
      "failed",
      /private/,
    ],
    ["secrets", [ok({ SecretList: [{ Name: "staging/slack-webhook", SecretVersionsToStages: { a: ["AWSCURRENT"] } }] })], "failed", /grafana-admin-password, staging\/my-app\/stripe-key/],
    // Made without a value, which no workload can read.
    [
      "secrets",
      [ok({ SecretList: ["grafana-admin-password", "slack-webhook", "my-app/stripe-key"].map((one, index) => ({ Name: `staging/${one}`, SecretVersionsToStages: index === 1 ? null : { a: ["AWSCURRENT"] } })) })],
      "failed",
      /^not there: staging\/slack-webhook$/,
    ],
    ["secrets", [ok({ SecretList: [{ Name: "STAGING/slack-webhook" }] })], "failed", /staging\/slack-webhook/],
  ])("%s", (id, others, wanted, found) => {
    expect(instead("staging", id, ...others)).toEqual({ verdict: wanted, found: expect.stringMatching(found) as string });
  });

  test("the role of spot machines is made by nobody", () => {
    const [, list] = everyChecklist().find(([, { checks }]) => checks.some(({ passes }) => passes.includes("EC2Spot"))) ?? [];
    if (list === undefined) throw new Error("no environment has spot machines");
    const one = check(list, "services/service-linked-roles");
    const answers = [ok({ Roles: [] }), ...one.ask.slice(1).map(answerTo)];
    expect(one.judge(answers)).toMatchObject({ verdict: "failed" });
  });
});

const region = (quotas: object[]) => ok({ quotas });
const zone = "dns/zone/gke-staging.example.com";
const MEMBER = "serviceAccount:deployer@goldenpath-staging.iam.gserviceaccount.com";
const policy = (...bindings: object[]) => ok([{ id: "goldenpath-staging", type: "project", policy: { bindings } }]);
const GCS = "names/storage/gke-staging-my-app-uploads-goldenpath-staging";

describe("Google Cloud", () => {
  test.each<[string, (Answer | undefined)[], Finding["verdict"], RegExp]>([
    ["login/gcloud", [ok([])], "failed", /nobody is signed in/],
    ["login/gcloud", [undefined, fails("ERROR: (gcloud.projects.describe) PERMISSION_DENIED")], "failed", /does not see the project/],
    ["login/gcloud", [undefined, ok({ projectId: "goldenpath-staging", lifecycleState: "DELETE_REQUESTED" })], "failed", /DELETE_REQUESTED/],
    [`rights/${MEMBER}`, [policy()], "unclear", /no binding names it/],
    [`rights/${MEMBER}`, [policy({ role: "roles/editor", members: [MEMBER] })], "unclear", /no binding gives it roles\//],
    [
      `rights/${MEMBER}`,
      [policy({ role: "roles/owner", members: [MEMBER], condition: { expression: "request.time < …" } })],
      "unclear",
      /no binding names it/,
    ],
    ["services/billing", [ok({ name: "projects/goldenpath-staging/billingInfo", projectId: "goldenpath-staging" })], "failed", /it has none/],
    ["services/billing", [ok({ projectId: "other" })], "unclear", /another project/],
    ["services/billing", [fails("ERROR: SERVICE_DISABLED")], "unclear", /SERVICE_DISABLED/],
    ["services/apis", [ok([{ config: { name: "compute.googleapis.com" } }])], "failed", /cloudresourcemanager, serviceusage/],
    ["quota/region/SSD_TOTAL_GB", [region([{ metric: "SSD_TOTAL_GB", limit: 250, usage: 0 }])], "failed", /wanted 270, allowed 250/],
    ["quota/region/SSD_TOTAL_GB", [region([{ metric: "SSD_TOTAL_GB", limit: 500, usage: 400 }])], "unclear", /in use 400/],
    ["quota/region/SSD_TOTAL_GB", [region([{ metric: "CPUS", limit: 500, usage: 0 }])], "unclear", /no quota SSD_TOTAL_GB/],
    ["quota/region/CPUS", [region([{ metric: "CPUS", limit: -1, usage: 0 }])], "passed", /without bound/],
    ["offers/gke/1.36", [ok({ channels: [{ channel: "REGULAR", validVersions: ["1.35.1-gke.1"] }] })], "failed", /1\.35\.1/],
    ["offers/gke/1.36", [ok({ channels: [] })], "failed", /no channel REGULAR/],
    ["offers/machine/e2-standard-2", [ok([{ name: "e2-standard-2", zone: "europe-west3-a" }])], "failed", /europe-west3-b, europe-west3-c/],
    ["offers/redis", [ok([{ locationId: "us-east1" }])], "failed", /not in the region/],
    [GCS, [ok({ name: "x", labels: { environment: "gke-staging", managed_by: "terraform" } })], "passed", /own/],
    [GCS, [ok({ name: "x" })], "failed", /other labels/],
    [GCS, [fails("ERROR: HTTPError 403: x does not have storage.buckets.get access (or it may not exist).")], "unclear", /closed/],
    ["names/kms/gke-staging-tfstate", [ok([{ name: "p/keyRings/gke-staging-tfstate" }])], "unclear", /it is there/],
    [zone, [ok({ dnsName: "gke-staging.example.com.", visibility: "private", nameServers: [] })], "failed", /private/],
    [zone, [fails("ERROR: (gcloud.dns.managed-zones.describe) NOT_FOUND: …")], "failed", /no zone of that name/],
    ["secrets", [ok([])], "failed", /gke-staging_slack-webhook/],
    ["secrets", [undefined, undefined, fails("ERROR: (gcloud.secrets.versions.describe) NOT_FOUND: Secret Version [x] not found.")], "failed", /has no version/],
    ["secrets", [undefined, ok({ state: "DISABLED" })], "failed", /gke-staging_grafana-admin-password has a latest version that is DISABLED/],
    ["secrets", [undefined, fails("ERROR: PERMISSION_DENIED")], "unclear", /PERMISSION_DENIED/],
  ])("%s", (id, others, wanted, found) => {
    expect(instead("gke-staging", id, ...others)).toEqual({ verdict: wanted, found: expect.stringMatching(found) as string });
  });
});

const RIGHTS = "rights/33333333-3333-4333-8333-333333333333";
const role = (roleDefinitionName: string, condition: string | null = null) => ({ roleDefinitionName, condition });
const SKU = "offers/vm/Standard_D2s_v5";
const sku = (zones: string[], ...restrictions: object[]) => ok([{ name: "Standard_D2s_v5", locationInfo: [{ zones }], restrictions }]);
const ACCOUNT = "names/storage/aksstagingmyap09d831eeb1";
const taken = ok({ nameAvailable: false, reason: "AlreadyExists", message: "…" });
const VAULT = "names/vault/aks-stagi-key-93270539d6";

const GROUP = "names/group/aks-staging";
const addresses = (standard: number, used = 0) =>
  ok([
    { name: { value: "PublicIPAddresses" }, limit: 1000, currentValue: 0 },
    { name: { value: "IPv4StandardSkuPublicIpAddresses" }, limit: standard, currentValue: used },
  ]);

describe("Azure", () => {
  test.each<[string, (Answer | undefined)[], Finding["verdict"], RegExp]>([
    ["login/az", [fails("ERROR: Please run 'az login' to setup account.")], "failed", /az login/],
    ["login/az", [ok({ id: "11111111-1111-4111-8111-111111111111", tenantId: "x", state: "Enabled" })], "failed", /another tenant/],
    // What the first command says is read from a file.
    ["login/az", [undefined, fails("ERROR: AADSTS700082: The refresh token has expired due to inactivity.")], "failed", /AADSTS700082/],
    ["login/az", [undefined, ok(null)], "unclear", /no list/],
    [GROUP, [ok([{ name: "AKS-Staging", tags: null }])], "failed", /other tags/],
    [GROUP, [ok([{ name: "aks-staging", tags: { environment: "aks-staging", "managed-by": "terraform" } }])], "passed", /own/],
    [RIGHTS, [ok([])], "failed", /no role/],
    [RIGHTS, [ok([role("Owner")])], "passed", /Owner/],
    [RIGHTS, [ok([role("Contributor")])], "failed", /Contributor alone/],
    [RIGHTS, [ok([role("Contributor"), role("Our Deployer")])], "unclear", /Our Deployer: what these allow is not known/],
    [RIGHTS, [ok([role("Owner", "((!(ActionMatches…")])], "unclear", /conditions/],
    ["services/providers", [ok([])], "passed", /Terraform's provider registers/],
    ["services/feature/EncryptionAtHost", [ok({ properties: { state: "NotRegistered" } })], "failed", /NotRegistered/],
    ["quota/compute/cores", [ok([{ name: { value: "cores" }, limit: "10", currentValue: "0" }])], "failed", /wanted 28, allowed 10/],
    ["quota/compute/standarddsv5family", [ok([{ name: { value: "cores" }, limit: "10", currentValue: "0" }])], "unclear", /there is no/],
    ["quota/network/PublicIPAddresses", [addresses(3)], "passed", /wanted 2/],
    // All of ours are of the standard kind, which is counted once more.
    ["quota/network/PublicIPAddresses", [addresses(1)], "failed", /wanted 2, allowed 1/],
    ["quota/network/PublicIPAddresses", [addresses(3, 2)], "unclear", /in use 2/],
    [SKU, [sku(["1"])], "failed", /zones 2/],
    [SKU, [sku(["1", "2"], { type: "Zone", restrictionInfo: { zones: ["2"] } })], "failed", /zones 2/],
    [SKU, [sku(["1", "2"], { type: "Location", restrictionInfo: {} })], "failed", /may not have it/],
    [SKU, [ok([])], "failed", /no list/],
    ["offers/aks/1.36", [ok({ values: [{ version: "1.36", isPreview: true }] })], "failed", /preview/],
    [
      "offers/aks/1.36",
      [ok({ values: [{ version: "1.36", isPreview: null, capabilities: { supportPlan: ["AKSLongTermSupport"] } }] })],
      "failed",
      /with AKSLongTermSupport alone/,
    ],
    ["offers/mysql/8.4/B_Standard_B2s", [ok([{ supportedFlexibleServerEditions: [{ supportedServerVersions: [{ name: "8.4", supportedSkus: [] }] }] }])], "failed", /not on Standard_B2s/],
    [ACCOUNT, [taken], "failed", /another subscription/],
    [ACCOUNT, [taken, ok([{ name: "aksstagingmyap09d831eeb1", tags: { environment: "aks-staging", "managed-by": "terraform" } }])], "passed", /own/],
    [ACCOUNT, [taken, ok([{ name: "aksstagingmyap09d831eeb1", tags: null }])], "failed", /other tags/],
    [ACCOUNT, [ok({ nameAvailable: "yes" })], "unclear", /neither true nor false/],
    [VAULT, [undefined, ok([{ name: "aks-stagi-key-93270539d6" }])], "unclear", /recovers it/],
    ["secrets", [ok([])], "not asked", /comes with the cluster's stack/],
    ["secrets", [undefined, ok([{ name: "aks-staging--slack-webhook", enabled: false }])], "failed", /aks-staging--slack-webhook/],
  ])("%s", (id, others, wanted, found) => {
    expect(instead("aks-staging", id, ...others)).toEqual({ verdict: wanted, found: expect.stringMatching(found) as string });
  });
});

const NS = "dns/delegated/staging.example.com";
const CAA = "dns/caa/www.staging.example.com";

describe("domains and programs", () => {
  test.each<[string, (Answer | undefined)[], Finding["verdict"], RegExp]>([
    [NS, [undefined, dns("NOERROR")], "failed", /no NS records are found: NOERROR/],
    [NS, [undefined, dns("NXDOMAIN")], "failed", /NXDOMAIN/],
    // A delegation to servers that have no such zone any more.
    [NS, [undefined, dns("SERVFAIL")], "failed", /SERVFAIL/],
    [NS, [undefined, dns("NOERROR", "NS NS-1.AWSDNS-01.ORG.", "NS ns-2.awsdns-02.com.")], "passed", /awsdns/],
    [NS, [undefined, dns("NOERROR", "NS ns-1.awsdns-01.org.", "NS ns.old.example.")], "failed", /found .*, and the zone has/],
    [NS, [undefined, dns("NOERROR", "CNAME ns-1.awsdns-01.org.")], "failed", /no NS records/],
    [NS, [undefined, text(";; communications error to 127.0.0.1#53: timed out\n")], "unclear", /timed out/],
    [NS, [undefined, text("")], "unclear", /no status/],
    [NS, [undefined, fails("", 9)], "unclear", /the command failed: exit code 9/],
    [CAA, [dns("NOERROR", 'CAA 0 issue "digicert.com"')], "failed", /digicert\.com/],
    [CAA, [dns("NOERROR", 'CAA 0 issue ";"')], "failed", /www\.staging\.example\.com lets/],
    [CAA, [dns("NOERROR", "CNAME alias.example.net.", 'CAA 0 issue "LetsEncrypt.org"')], "passed", /names letsencrypt/],
    [CAA, [dns("NOERROR", 'CAA 0 issue "letsencrypt.org; validationmethods=dns-01"')], "unclear", /conditions/],
    [CAA, [dns("NOERROR", 'CAA 0 issuewild "digicert.com"')], "passed", /nothing of issue/],
    [CAA, [dns("NOERROR", 'CAA 128 tbs "unknown"')], "unclear", /critical/],
    [CAA, [dns("NOERROR", 'CAA 1 contactemail "a@example.com"', 'CAA 0 issue "letsencrypt.org"')], "unclear", /critical/],
    [CAA, [dns("NXDOMAIN"), dns("NOERROR"), dns("NOERROR")], "passed", /everybody may/],
    // Nothing is printed but the status: Let's Encrypt signs nothing while a server fails.
    [CAA, [dns("SERVFAIL"), dns("NOERROR"), dns("NOERROR")], "unclear", /SERVFAIL/],
    [CAA, [dns("NOERROR"), dns("REFUSED"), dns("NOERROR")], "unclear", /REFUSED/],
    [CAA, [text(""), text(""), text("")], "unclear", /no status/],
    ["tools/engine", [ok({ terraform_version: "1.10.5" })], "failed", /older than 1\.11\.0/],
    ["tools/engine", [ok({ terraform_version: "1.11.0-rc1" })], "passed", /1\.11\.0-rc1/],
    ["tools/engine", [text("Terraform v1.14.3\n")], "unclear", /no JSON/],
    ["tools/aws", [fails("Traceback", 1)], "failed", /does not start/],
  ])("%s", (id, others, wanted, found) => {
    expect(instead("staging", id, ...others)).toEqual({ verdict: wanted, found: expect.stringMatching(found) as string });
  });

  test("a cluster on this machine", () => {
    const classes = "offers/storage-classes";
    expect(instead("local", classes, ok({ items: [] }))).toEqual({ verdict: "failed", found: "it has no standard" });
    expect(instead("local", "login/kubectl", undefined, fails("error: current-context is not set"))).toMatchObject({ verdict: "failed" });
    expect(instead("local", "login/kubectl", fails("Unable to connect to the server: EOF"))).toMatchObject({
      ...{ verdict: "failed", found: expect.stringContaining("k3d-local does not answer") as string },
    });
  });
});

/** What is no answer to anything that is asked. */
const GARBAGE: readonly (readonly [string, Answer])[] = [
  ["an empty object", ok({})],
  ["null", ok(null)],
  ["a text", ok("all is well")],
  ["a number", ok(42)],
  ["a list of nothing known", ok([{ a: 1 }])],
  ["a page", text("<html>Sign in to the network</html>")],
  ["half of an answer", text('{"Quota": {"Val')],
  ["a failure", fails("boom", 1)],
];

/** Whether a program starts is all that is asked of these. */
const STARTS = ["tools/aws", "tools/gke-gcloud-auth-plugin", "tools/kubelogin"];

describe.each(GARBAGE)("%s never passes", (_name, answer) => {
  test("for any check of any environment", () => {
    const all = everyChecklist().flatMap(([name, { checks }]) =>
      checks
        .filter(({ ask, id }) => ask.length > 0 && !STARTS.includes(id))
        .map((one) => ({ what: `${name}: ${one.id}`, ...verdict(one, one.ask.map(() => answer)) })),
    );
    expect(all.length).toBeGreaterThan(200);
    expect(all.filter((one) => one.verdict === "passed")).toEqual([]);
  });
});

/** An environment of production, whose services have a second place. */
function elsewhere(list: string, id: RegExp): Check {
  const [, made] = everyChecklist().find(([name]) => name === list) ?? [];
  const found = made?.checks.find((one) => id.test(one.id));
  if (found === undefined) throw new Error(`${list} has no ${String(id)}`);
  return found;
}

test("a database of two zones is offered where it may have two", () => {
  const rds = elsewhere("production", /^offers\/rds/);
  const option = (MultiAZCapable: boolean) => ok({ Options: [{ EngineVersion: "8.4.7", MultiAZCapable }] });
  expect(verdict(rds, [option(true)]).verdict).toBe("passed");
  expect(verdict(rds, [option(false)]).verdict).toBe("failed");
  const mysql = elsewhere("everything: Azure with a private endpoint", /^offers\/mysql/);
  const size = mysql.id.split("/").at(-1)?.replace(/^(?:B|GP|MO)_/, "");
  const skus = (supportedHAMode: string[]) =>
    ok([{ supportedHAMode, supportedFlexibleServerEditions: [{ supportedServerVersions: [{ name: "8.4", supportedSkus: [{ name: size }] }] }] }]);
  expect(verdict(mysql, [skus(["SameZone", "ZoneRedundant"])]).verdict).toBe("passed");
  expect(verdict(mysql, [skus(["SameZone"])])).toEqual({ verdict: "failed", found: "nowhere with ZoneRedundant" });
});

test("what keeps the state is where the backend looks for it", () => {
  const state = elsewhere("everything: an AWS cluster of others", /^cluster\/state/);
  expect(verdict(state, [ok({ BucketRegion: "eu-central-1" })]).verdict).toBe("passed");
  expect(verdict(state, [ok({ BucketRegion: "us-east-1" })])).toMatchObject({ verdict: "failed" });
  expect(verdict(state, [text("")]).verdict).toBe("unclear");
});

test("what is found says nothing that looks like a token", () => {
  const token = `eyJhbGciOiJSUzI1NiJ9.${"a".repeat(60)}.sig`;
  const complaint = `ERROR: refused Bearer ${token} and ya29.a0AfH6SMB and ${"Z".repeat(100)}\u001b[31m\n`;
  for (const one of checklist("staging").checks.filter(({ ask }) => ask.length > 0)) {
    const { found } = verdict(
      one,
      one.ask.map(() => fails(complaint)),
    );
    expect(`${line(one.ask[0] ?? [])}: ${found}`).not.toMatch(/eyJ|ya29|Z{50}|\[31m/);
    expect(found.length).toBeLessThan(700);
  }
});
