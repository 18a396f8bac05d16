import { exposedBuckets, openToWorld, publicEndpoints, widePolicies } from "../support/exposure";
import { isWorld } from "../support/exposure/world";
import { type Block, stack, type StackJson, synthesizeReference } from "../support/reference";

/*
 * What is open to more people than anything needs. checkov, which CI runs too, looks at Terraform JSON with other eyes
 * than at HCL: it passes a database port that is open to the world and a key policy for any principal. What is planted for
 * Google and Azure is in `exposure/`.
 */

const synthesis = synthesizeReference();
const stacks = Object.entries(synthesis.stacks);

/** Rules that are for everyone on purpose, by stack and exactly; why is said where they are made. */
const OPEN_ON_PURPOSE: Readonly<Record<string, readonly string[]>> = {
  // Clients of the routes: see `clouds/azure/network.ts`.
  "aks-staging-cluster": [
    "azurerm_network_security_rule.Network_NodeRules_clients_58BF8D16: source Internet to 80, 443",
  ],
};

describe.each(stacks)("%s", (name, json) => {
  test("lets nobody in but who is named", () => {
    expect(openToWorld(json)).toEqual(OPEN_ON_PURPOSE[name] ?? []);
  });

  test("has no public endpoint without an allow-list", () => {
    expect(publicEndpoints(json)).toEqual([]);
  });

  test("guards every bucket against being made public", () => {
    expect(exposedBuckets(json)).toEqual([]);
  });

  test("allows nobody everything and nothing to everybody", () => {
    expect(widePolicies(json)).toEqual([]);
  });

  test("has its policies where these tests look: in resources, as text", () => {
    for (const type of ["aws_iam_policy_document", "google_iam_policy"])
      expect(Object.keys(json.data ?? {})).not.toContain(type);
    for (const unread of ["locals", "module"]) expect(json).not.toHaveProperty(unread);
    // A path, by which whoever deploys says where the cluster is.
    const ownCluster = json.provider.kubernetes?.some((given) => "config_path" in given) === true;
    expect(Object.keys(json.variable ?? {})).toEqual(ownCluster ? ["kubeconfig"] : []);
  });
});

test("there is something to look at", () => {
  const all = stacks.flatMap(([, json]) => Object.keys(json.resource));
  expect(all).toEqual(
    expect.arrayContaining([
      ...["aws_vpc_security_group_ingress_rule", "aws_iam_role_policy", "aws_s3_bucket", "aws_eks_cluster"],
      ...["google_compute_firewall", "google_project_iam_member", "google_storage_bucket", "google_container_cluster"],
      ...["google_compute_address", "google_sql_database_instance", "google_project_iam_custom_role"],
      ...["azurerm_network_security_rule", "azurerm_role_assignment", "azurerm_storage_account", "azurerm_public_ip"],
      ...["azurerm_kubernetes_cluster", "azurerm_key_vault", "azurerm_mysql_flexible_server", "azurerm_managed_redis"],
    ]),
  );
});

/** A stack of ours with one resource more. */
function planted(type: string, block: Block): StackJson {
  const json = stack(synthesis, "staging");
  return { ...json, resource: { ...json.resource, [type]: { ...json.resource[type], planted: block } } };
}

const ANYONE = "0.0.0.0/0";

test.each<[string, string, Block]>([
  ["inline", "aws_security_group", { ingress: [{ from_port: 3306, to_port: 3306, cidr_blocks: [ANYONE] }] }],
  ["inline, outwards", "aws_security_group", { egress: { cidr_blocks: ["10.0.0.0/8", ANYONE] } }],
  ["IPv6", "aws_security_group", { ingress: [{ ipv6_cidr_blocks: ["::/0"] }] }],
  ["of the default group", "aws_default_security_group", { ingress: [{ cidr_blocks: [ANYONE] }] }],
  ["as a rule", "aws_security_group_rule", { type: "ingress", cidr_blocks: [ANYONE] }],
  ["as a rule of its own", "aws_vpc_security_group_ingress_rule", { cidr_ipv4: ANYONE, from_port: 5671 }],
  ["as a rule of its own, IPv6", "aws_vpc_security_group_ingress_rule", { cidr_ipv6: "::/0" }],
  ["outwards", "aws_vpc_security_group_egress_rule", { cidr_ipv4: ANYONE }],
  ["in two halves", "aws_vpc_security_group_ingress_rule", { cidr_ipv4: "128.0.0.0/1" }],
  ["of a network list", "aws_network_acl", { ingress: [{ action: "allow", cidr_block: ANYONE }] }],
  ["of a network list, alone", "aws_network_acl_rule", { rule_action: "allow", cidr_block: ANYONE }],
  ["of the cluster", "aws_eks_cluster", { vpc_config: { public_access_cidrs: [ANYONE] } }],
])("a rule for the world is found: %s", (_form, type, block) => {
  expect(openToWorld(planted(type, block))).toEqual([expect.stringMatching(new RegExp(`^${type}.planted: `))]);
});

test("a rule that shuts the world out, and a route, are none", () => {
  expect(openToWorld(planted("aws_network_acl_rule", { rule_action: "deny", cidr_block: ANYONE }))).toEqual([]);
  expect(openToWorld(planted("aws_route", { destination_cidr_block: ANYONE }))).toEqual([]);
});

test.each([
  ["0.0.0.0/0", true],
  ["::/0", true],
  ["2000::/3", true],
  ["10.0.0.0/8", false],
  ["203.0.113.0/24", false],
  ["${aws_vpc.Network.cidr_block}", false],
])("%s is the world: %s", (cidr, world) => {
  expect(isWorld(cidr)).toBe(world);
});

test.each<[string, string, Block]>([
  ["database", "aws_db_instance", { publicly_accessible: true }],
  ["broker", "aws_mq_broker", { publicly_accessible: "true" }],
  ["subnet", "aws_subnet", { map_public_ip_on_launch: true }],
  ["machine", "aws_launch_template", { network_interfaces: [{ associate_public_ip_address: "true" }] }],
  ["load balancer", "aws_lb", { name: "web" }],
  ["cluster that says nothing", "aws_eks_cluster", { vpc_config: { subnet_ids: [] } }],
  ["cluster without a list", "aws_eks_cluster", { vpc_config: [{ endpoint_public_access: true }] }],
])("a public endpoint is found: %s", (_what, type, block) => {
  expect(publicEndpoints(planted(type, block))).toEqual([expect.stringMatching(new RegExp(`^${type}.planted: `))]);
});

test.each<[string, string, Block]>([
  ["without a guard", "aws_s3_bucket", { bucket: "b" }],
  ["by its list", "aws_s3_bucket_acl", { acl: "public-read" }],
])("a bucket that can be public is found: %s", (_what, type, block) => {
  expect(exposedBuckets(planted(type, block))).toEqual([expect.stringMatching(new RegExp(`^${type}.planted: `))]);
});

test("half a guard is none", () => {
  const json = stack(synthesis, "state-staging");
  const open = JSON.parse(
    JSON.stringify(json).replace('"block_public_policy":true', '"block_public_policy":false'),
  ) as StackJson;
  expect(exposedBuckets(open)).toHaveLength(1);
});

const policy = (statement: object): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] });

const trusted = { StringEquals: { "aws:SourceAccount": "111111111111" } };

test.each<[string, string, Block]>([
  ["everything", "aws_iam_role_policy", { policy: policy({ Action: "*", Resource: "*" }) }],
  ["among others", "aws_iam_policy", { policy: policy({ Action: ["s3:GetObject", "*"], Resource: ["x", "*"] }) }],
  ["in a role", "aws_iam_role", { inline_policy: [{ policy: policy({ Action: "*:*", Resource: "*" }) }] }],
  ["a whole service", "aws_iam_role_policy", { policy: policy({ Action: "s3:*", Resource: "*" }) }],
  ["all but", "aws_iam_role_policy", { policy: policy({ NotAction: "iam:*", Resource: "x" }) }],
  ["any role", "aws_iam_role_policy", { policy: policy({ Action: "iam:PassRole", Resource: "*" }) }],
  ["by AWS's own", "aws_iam_role_policy_attachment", { policy_arn: "arn:aws:iam::aws:policy/AdministratorAccess" }],
  ["a role for anyone", "aws_iam_role", { assume_role_policy: policy({ Principal: { AWS: "*" }, Action: "sts:x" }) }],
  ["a bucket", "aws_s3_bucket_policy", { policy: policy({ Principal: "*", Action: "s3:GetObject", Resource: "x" }) }],
  ["a key", "aws_kms_key", { policy: policy({ Principal: { AWS: ["*"] }, Action: "kms:Decrypt", Resource: "*" }) }],
  ["a queue", "aws_sqs_queue_policy", { policy: policy({ Principal: "*", Action: "sqs:SendMessage" }) }],
  [
    "a condition that a request without the key meets",
    "aws_sqs_queue_policy",
    { policy: policy({ Principal: "*", Condition: { StringEqualsIfExists: trusted.StringEquals } }) },
  ],
  ["what cannot be read", "aws_iam_policy", { policy: '${jsonencode({"Statement": []})}' }],
])("a policy that is too wide is found: %s", (_what, type, block) => {
  expect(widePolicies(planted(type, block))).toEqual([expect.stringMatching(new RegExp(`^${type}.planted: `))]);
});

test.each<[string, string, Block]>([
  ["whose request it is", "aws_sqs_queue_policy", { policy: policy({ Principal: "*", Condition: trusted }) }],
  ["one action on everything", "aws_iam_role_policy", { policy: policy({ Action: "ec2:Describe*", Resource: "*" }) }],
  [
    "a key's own policy",
    "aws_kms_key",
    { policy: policy({ Action: "kms:*", Resource: "*", Principal: { AWS: "x" } }) },
  ],
])("a policy that is narrow enough is none: %s", (_what, type, block) => {
  expect(widePolicies(planted(type, block))).toEqual([]);
});
