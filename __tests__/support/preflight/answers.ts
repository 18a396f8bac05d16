import type { Answer, Words } from "../../../constructs/preflight/check";
import { line } from "../../../constructs/releases/shell";

/*
 * What the CLIs answer where all is well. Recorded from documentation and from the programs' own models of answers, none from an account:
 * those of AWS from the models that its CLI 1.46.3 has with it, those of gcloud from the messages of its SDK 528.0.0, those of az from its
 * 2.91.0 and the SDKs that come with it; each with the fields that are read here and some that are not.
 */

export const ok = (value: unknown): Answer => ({ code: 0, text: JSON.stringify(value), complaint: "" });
export const text = (value: string): Answer => ({ code: 0, text: value, complaint: "" });
export const fails = (complaint: string, code = 1): Answer => ({ code, text: "", complaint });

type Row = readonly [of: RegExp, answer: (words: Words, found: RegExpExecArray) => Answer];

const after = (words: Words, option: string): string => words[words.indexOf(option) + 1] ?? "";

/** Words that follow an option, up to the next one. */
function listAfter(words: Words, option: string): readonly string[] {
  const rest = words.slice(words.indexOf(option) + 1);
  const end = rest.findIndex((word) => word.startsWith("--"));
  return end === -1 ? rest : rest.slice(0, end);
}

const notFound = (name: string): Answer => fails(`An error occurred (404) when calling the ${name} operation: Not Found`, 254);

const AWS: readonly Row[] = [
  [/^aws --version/, () => text("aws-cli/2.31.0 Python/3.13.7 Linux/6.8.0 exe/x86_64.ubuntu.24\n")],
  [
    /^aws sts get-caller-identity/,
    () => ok({ UserId: "AROAEXAMPLE:me", Account: "111111111111", Arn: "arn:aws:sts::111111111111:assumed-role/a/me" }),
  ],
  [
    /^aws iam simulate-principal-policy/,
    (words) =>
      ok({
        EvaluationResults: listAfter(words, "--action-names").map((action) => ({
          ...{ EvalActionName: action, EvalResourceName: "*", EvalDecision: "allowed" },
          ...{ MatchedStatements: [], MissingContextValues: [] },
        })),
        IsTruncated: false,
      }),
  ],
  [
    /^aws iam list-roles/,
    () =>
      ok({
        Roles: [
          ...["AmazonEKS", "AmazonEKSNodegroup", "AutoScaling", "RDS", "ElastiCache", "AmazonMQ"],
          ...["AmazonElasticFileSystem", "ElasticLoadBalancing", "Support"],
        ].map((name) => ({ RoleName: `AWSServiceRoleFor${name}` })),
      }),
  ],
  [/^aws service-quotas get-service-quota/, () => ok({ Quota: { ServiceCode: "x", QuotaCode: "y", Value: 256.0, Adjustable: true } })],
  [/^aws ec2 describe-instances/, () => ok([{ type: "m7i.large", lifecycle: null, cores: 1, threads: 2 }])],
  [/^aws ec2 describe-addresses/, () => ok({ Addresses: [{ PublicIp: "198.51.100.1" }] })],
  [/^aws ec2 describe-vpcs/, () => ok({ Vpcs: [{ VpcId: "vpc-1", IsDefault: true }] })],
  [/^aws ec2 describe-nat-gateways/, () => ok({ NatGateways: [] })],
  [/^aws eks describe-cluster /, () => fails("An error occurred (ResourceNotFoundException) when calling the DescribeCluster operation", 254)],
  [/^aws eks list-clusters/, () => ok({ clusters: [] })],
  [/^aws elbv2 describe-load-balancers/, () => ok({ LoadBalancers: [{ Type: "application" }, { Type: "network" }] })],
  [/^aws rds describe-db-instances/, () => ok({ DBInstances: [] })],
  [/^aws elasticache describe-cache-clusters/, () => ok({ CacheClusters: [{ CacheClusterId: "a", NumCacheNodes: 1 }] })],
  [
    /^aws eks describe-cluster-versions/,
    (words) =>
      ok({
        clusterVersions: [
          { clusterVersion: after(words, "--cluster-versions"), versionStatus: "STANDARD_SUPPORT", defaultVersion: false },
        ],
      }),
  ],
  [/^aws rds describe-orderable/, () => ok({ Options: ["8.0.44", "8.4.7"].map((EngineVersion) => ({ EngineVersion, MultiAZCapable: true })) })],
  [
    /^aws elasticache describe-cache-engine-versions/,
    () => ok({ CacheEngineVersions: [{ Engine: "valkey", EngineVersion: "7.2" }, { Engine: "valkey", EngineVersion: "8.1" }] }),
  ],
  [
    /^aws mq describe-broker-instance-options/,
    () =>
      ok({
        BrokerInstanceOptions: [
          {
            ...{ EngineType: "RABBITMQ", StorageType: "EBS", SupportedEngineVersions: ["3.13", "4.2"] },
            SupportedDeploymentModes: ["SINGLE_INSTANCE", "CLUSTER_MULTI_AZ"],
          },
        ],
      }),
  ],
  [
    /^aws ec2 describe-instance-type-offerings .*Name=location,Values=(\S+?)'? /,
    (_, [, zones = ""]) =>
      ok({ InstanceTypeOfferings: zones.split(",").map((Location) => ({ InstanceType: "x", LocationType: "availability-zone-id", Location })) }),
  ],
  [/^aws s3api head-bucket/, () => notFound("HeadBucket")],
  [/^aws s3api get-bucket-tagging/, () => fails("An error occurred (NoSuchBucket) when calling the GetBucketTagging operation: …", 254)],
  [/^aws logs describe-log-groups/, () => ok({ logGroups: [] })],
  [
    /^aws secretsmanager list-secrets/,
    (words) =>
      ok({
        SecretList: words.includes("--include-planned-deletion")
          ? [{ Name: "staging/stripe", DeletedDate: null }]
          : ["staging/grafana-admin-password", "staging/slack-webhook", "staging/my-app/stripe-key"].map((Name) => ({
              ...{ Name, SecretVersionsToStages: { "0e6b3ad3-8f0c-4ea2-8b14-5b1f9a1c2d3e": ["AWSCURRENT"] } },
            })),
      }),
  ],
  [
    /^aws route53 get-hosted-zone/,
    () =>
      ok({
        HostedZone: { Id: "/hostedzone/Z0EXAMPLESTAGING", Name: "staging.example.com.", Config: { PrivateZone: false } },
        DelegationSet: { NameServers: ["ns-1.awsdns-01.org", "ns-2.awsdns-02.com"] },
      }),
  ],
];

const quota = (metric: string, limit: number, usage = 0) => ({ metric, limit, usage });

const GOOGLE: readonly Row[] = [
  [/^gke-gcloud-auth-plugin/, () => text("Kubernetes v1.30.0+alpha1\n")],
  [/^gcloud auth list/, () => ok([{ account: "me@example.com", status: "ACTIVE" }])],
  [
    /^gcloud projects describe/,
    () => ok({ createTime: "2026-01-01T00:00:00.000Z", lifecycleState: "ACTIVE", projectId: "goldenpath-staging", projectNumber: "1" }),
  ],
  [
    /^gcloud projects get-ancestors-iam-policy/,
    () =>
      ok([
        {
          ...{ id: "goldenpath-staging", type: "project" },
          policy: {
            bindings: [{ role: "roles/owner", members: ["serviceAccount:deployer@goldenpath-staging.iam.gserviceaccount.com"] }],
            version: 1,
          },
        },
        { id: "1", type: "organization", policy: { etag: "BwX=" } },
      ]),
  ],
  [
    /^gcloud billing projects describe (\S+)/,
    (_, [, projectId]) =>
      ok({ billingAccountName: "billingAccounts/000000-000000-000000", billingEnabled: true, name: `projects/${projectId}/billingInfo`, projectId }),
  ],
  [
    /^gcloud services list/,
    () =>
      ok(
        ["cloudresourcemanager", "serviceusage", "compute"].map((api) => ({
          ...{ name: `projects/1/services/${api}.googleapis.com`, parent: "projects/1", state: "ENABLED" },
          config: { name: `${api}.googleapis.com`, title: "…" },
        })),
      ),
  ],
  [
    /^gcloud compute regions describe/,
    () =>
      ok({
        name: "europe-west3",
        quotas: [quota("CPUS", 72), quota("SSD_TOTAL_GB", 500, 20), quota("STATIC_ADDRESSES", 8), quota("IN_USE_ADDRESSES", 8)],
      }),
  ],
  [
    /^gcloud compute project-info describe/,
    () =>
      ok({
        quotas: [
          ...[quota("CPUS_ALL_REGIONS", 32), quota("NETWORKS", 5, 1), quota("ROUTERS", 10)],
          ...[quota("FIREWALLS", 100, 4), quota("SUBNETWORKS", 100)],
        ],
      }),
  ],
  [
    /^gcloud container get-server-config/,
    () =>
      ok({
        channels: [
          { channel: "RAPID", defaultVersion: "1.37.0-gke.1", validVersions: ["1.37.0-gke.1"] },
          { channel: "REGULAR", defaultVersion: "1.35.3-gke.2", validVersions: ["1.36.1-gke.5", "1.35.3-gke.2"] },
        ],
      }),
  ],
  [
    /^gcloud compute machine-types list --filter '?name=([a-z0-9-]+)'? --zones (\S+)/,
    (_, [, name, zones = ""]) =>
      ok(zones.split(",").map((zone) => ({ name, zone: `https://www.googleapis.com/compute/v1/projects/p/zones/${zone}` }))),
  ],
  [/^gcloud redis regions list/, () => ok([{ locationId: "europe-west3", name: "projects/p/locations/europe-west3" }])],
  [/^gcloud storage buckets describe (\S+)/, (_, [, name]) => fails(`ERROR: (gcloud.storage.buckets.describe) ${name} not found: 404.`)],
  [/^gcloud kms keyrings list/, () => ok([{ name: "projects/p/locations/europe-west3/keyRings/others" }])],
  [
    /^gcloud dns managed-zones describe/,
    () => ok({ dnsName: "gke-staging.example.com.", nameServers: ["ns-cloud-a1.googledomains.com."], visibility: "public" }),
  ],
  [
    /^gcloud secrets versions describe latest --secret (\S+)/,
    (_, [, name]) => ok({ name: `projects/1/secrets/${name}/versions/1`, state: "ENABLED", etag: "x" }),
  ],
  [
    /^gcloud secrets list/,
    () =>
      ok(
        ["gke-staging_grafana-admin-password", "gke-staging_slack-webhook", "gke-staging_my-app_stripe-key"].map((name) => ({
          name: `projects/1/secrets/${name}`,
        })),
      ),
  ],
];

const usage = (value: string, limit: number | string, currentValue: number | string = 0) => ({
  ...{ currentValue, limit, unit: "Count", name: { value, localizedValue: value } },
});

const AZURE: readonly Row[] = [
  [/^kubelogin --version/, () => text("kubelogin version\ngit hash: v0.2.12\n")],
  [
    /^az account show/,
    () =>
      ok({
        ...{ id: "11111111-1111-4111-8111-111111111111", tenantId: "22222222-2222-4222-8222-222222222222" },
        ...{ name: "staging", state: "Enabled", user: { name: "me@example.com", type: "user" } },
      }),
  ],
  [/^az group list/, () => ok([{ name: "others", tags: null }])],
  [
    /^az role assignment list/,
    () =>
      ok([
        { roleDefinitionName: "Contributor", condition: null },
        { roleDefinitionName: "Role Based Access Control Administrator", condition: null },
      ]),
  ],
  [
    /^az provider list/,
    () =>
      ok([
        { namespace: "Microsoft.Compute", registrationState: "Registered" },
        { namespace: "Microsoft.Cache", registrationState: "NotRegistered" },
      ]),
  ],
  [/^az feature show/, () => ok({ name: "Microsoft.Compute/EncryptionAtHost", properties: { state: "Registered" } })],
  // `az` has texts for numbers here.
  [/^az vm list-usage/, () => ok([usage("cores", "100", "4"), usage("standardDSv5Family", "50", "4")])],
  [
    /^az network list-usages/,
    () => ok([usage("VirtualNetworks", 1000, 1), usage("PublicIPAddresses", 1000, 2), usage("NetworkSecurityGroups", 5000)]),
  ],
  [
    /^az vm list-skus .*--size (\S+)/,
    (_, [, name]) =>
      ok([
        { name: `${name}_other`, locationInfo: [], restrictions: [] },
        {
          ...{ name, family: "standardDSv5Family", resourceType: "virtualMachines", locations: ["germanywestcentral"] },
          ...{ locationInfo: [{ location: "germanywestcentral", zones: ["2", "1", "3"] }], restrictions: [] },
        },
      ]),
  ],
  [/^az aks get-versions/, () => ok({ values: [{ version: "1.36", isPreview: null, patchVersions: { "1.36.2": {} }, capabilities: { supportPlan: ["KubernetesOfficial", "AKSLongTermSupport"] } }] })],
  [
    /^az mysql flexible-server list-skus/,
    () =>
      ok([
        {
          ...{ supportedHAMode: ["SameZone", "ZoneRedundant"], supportedGeoBackupRegions: [], zone: "1" },
          supportedFlexibleServerEditions: [
            { name: "Burstable", supportedServerVersions: [{ name: "8.4", supportedSkus: [{ name: "Standard_B2s", vCores: 2 }] }] },
          ],
        },
      ]),
  ],
  [/^az storage account check-name/, () => ok({ message: null, nameAvailable: true, reason: null })],
  [/^az storage account list/, () => ok([])],
  [/^az keyvault list /, () => ok([{ name: "aks-stagi-sec-10456d95a4", tags: { environment: "aks-staging", "managed-by": "terraform" } }])],
  [/^az keyvault list-deleted/, () => ok([])],
  [
    /^az network dns zone show/,
    () => ok({ name: "aks-staging.example.com", nameServers: ["ns1-01.azure-dns.com.", "ns2-01.azure-dns.net."], zoneType: "Public" }),
  ],
  [
    /^az keyvault secret list/,
    () =>
      ok(
        ["aks-staging--grafana-admin-password", "aks-staging--slack-webhook", "aks-staging--my-app--stripe-key"].map((name) => ({
          ...{ name, enabled: true },
        })),
      ),
  ],
];

/** What `dig +noall +comments +answer` prints, as 9.18.49 did of a server that was made for it; each record with its type. */
export const dns = (status: string, ...records: readonly string[]): Answer =>
  text(
    [
      ...[";; Got answer:", `;; ->>HEADER<<- opcode: QUERY, status: ${status}, id: 27823`],
      `;; flags: qr rd ra; QUERY: 1, ANSWER: ${records.length}, AUTHORITY: 0, ADDITIONAL: 0`,
      ...(records.length === 0 ? [] : ["", ";; ANSWER SECTION:"]),
      ...records.map((record) => `asked.example.com.\t60\tIN\t${record}`),
      "\n",
    ].join("\n"),
  );

const SERVERS: Readonly<Record<string, readonly string[]>> = {
  "staging.example.com.": ["NS\tns-2.awsdns-02.com.", "NS\tns-1.awsdns-01.org."],
  "gke-staging.example.com.": ["NS\tns-cloud-a1.googledomains.com."],
  "aks-staging.example.com.": ["NS\tns2-01.azure-dns.net.", "NS\tns1-01.azure-dns.com."],
};

const OTHERS: readonly Row[] = [
  [/^terraform version/, () => ok({ terraform_version: "1.14.3", platform: "linux_amd64", provider_selections: {} })],
  [/^helm version/, () => text("v3.19.0")],
  [/^kubectl version --client/, () => ok({ clientVersion: { gitVersion: "v1.36.1" }, kustomizeVersion: "v5.7.1" })],
  [/^kubectl version/, () => ok({ clientVersion: { gitVersion: "v1.36.1" }, serverVersion: { gitVersion: "v1.36.0" } })],
  [/^kubectl config current-context/, () => text("k3d-local\n")],
  [
    /^kubectl get storageclasses/,
    () =>
      ok({
        ...{ apiVersion: "v1", kind: "List" },
        items: [{ metadata: { name: "standard", annotations: { "storageclass.kubernetes.io/is-default-class": "true" } } }],
      }),
  ],
  [/^dig .* NS (\S+)/, (_, [, name = ""]) => dns("NOERROR", ...(SERVERS[name] ?? []))],
  [
    /^dig .* CAA (\S+)/,
    (_, [, name = ""]) =>
      name === "example.com."
        ? dns("NOERROR", 'CAA\t0 issue "letsencrypt.org"', 'CAA\t0 issuewild ";"')
        : dns("NXDOMAIN"),
  ],
];

const ROWS = [...AWS, ...GOOGLE, ...AZURE, ...OTHERS];

/** The answer to a command of a shipped environment, where all is well with its account. */
export function answerTo(words: Words): Answer {
  const asked = line(words);
  for (const [of, answer] of ROWS) {
    const found = of.exec(asked);
    if (found !== null) return answer(words, found);
  }
  throw new Error(`no recorded answer to: ${asked}`);
}
