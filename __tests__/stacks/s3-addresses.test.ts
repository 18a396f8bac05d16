import { aws, existingAws } from "../../constructs/clouds/aws";
import { formatProblem } from "../../constructs/model/problem";
import { AWS_PLAN } from "../../scripts/docs/rights/aws";
import { AWS_PROPS } from "../support/aws-environment";
import { onAws } from "../support/policies-by-name";
import { type Block, countTypes, named, stack, type StackJson, synthesizeEnvironments } from "../support/reference";

/* What an edge to a bucket opens on AWS: every public address, or what AWS lists of S3 when Terraform runs. */

const of = (s3Addresses?: "public" | "prefix-list", edit: Parameters<typeof onAws>[1] = {}): StackJson =>
  stack(synthesizeEnvironments([onAws(s3Addresses && { s3Addresses }, edit)]), "eks");

const off = of();
const listed = of("prefix-list");

const policy = (json: StackJson, name: string): Block => named(json, "kubernetes_network_policy_v1", name);

test("every public address is the default, and nothing is looked up for it", () => {
  expect(of("public")).toEqual(off);
  expect(off.data).not.toHaveProperty("aws_prefix_list");
  expect(JSON.stringify(policy(off, "shop-mover").spec)).toContain('"cidr":"0.0.0.0/0"');
});

test("the list of the region is read once, each workload with a bucket has a policy of it, and no resource is there more", () => {
  expect(Object.values(listed.data?.aws_prefix_list ?? {})).toEqual([
    expect.objectContaining({ name: "com.amazonaws.eu-central-1.s3" }),
  ]);
  const { kubernetes_network_policy_v1: before = 0, ...others } = countTypes(off);
  expect(countTypes(listed)).toEqual({ ...others, kubernetes_network_policy_v1: before + 2 });
  for (const app of ["shop-api", "shop-mover"]) {
    const { spec, lifecycle } = policy(listed, `${app}.listed`);
    expect(spec).toEqual({
      pod_selector: { match_labels: { app } },
      policy_types: ["Egress"],
      dynamic: {
        egress: {
          for_each: expect.stringMatching(/^\$\{toset\(data\.aws_prefix_list\.\w+\.cidr_blocks\)\}$/) as unknown,
          iterator: "each",
          content: {
            to: [{ ip_block: { cidr: "${each.value}" } }],
            ports: [{ port: "443", protocol: "TCP" }],
          },
        },
      },
    });
    expect(lifecycle).toEqual({ create_before_destroy: true });
  }
});

test("a workload with a bucket and nobody else outside reaches no other public address", () => {
  expect(JSON.stringify(policy(listed, "shop-mover").spec)).not.toContain("0.0.0.0/0");
  // A host without blocks is every address still.
  expect(JSON.stringify(policy(listed, "shop-api").spec)).toContain("0.0.0.0/0");
});

test("pods wait for the list's policy, which waits for nothing that Terraform makes but the namespace", () => {
  const [[id] = [""]] = Object.entries(listed.resource.kubernetes_network_policy_v1 ?? {}).filter(([name]) =>
    name.includes("shop-moverlisted"),
  );
  expect(named(listed, "kubernetes_deployment_v1", "shop-mover").depends_on).toContain(
    `kubernetes_network_policy_v1.${id}`,
  );
  expect(policy(listed, "shop-mover.listed").depends_on).toEqual([expect.stringMatching(/^kubernetes_namespace_v1\./)]);
});

test("it is Terraform's where Helm releases the workloads, too", () => {
  const helm = of("prefix-list", { release: "helm" });
  expect(policy(helm, "shop-mover.listed").spec).toEqual(policy(listed, "shop-mover.listed").spec);
});

test("who plans may read the list by the rights that there are", () => {
  const [read] = AWS_PLAN.Statement;
  expect(read).toMatchObject({ Sid: "Read", Action: expect.arrayContaining(["ec2:Describe*"]) as unknown });
});

test.each([true, "list", "pl-6ea54007"])("another word is refused, with those there are: %p", (wrong) => {
  const refused = /^cloud\.s3Addresses: got .+; use .*"?public"?.*"?prefix-list"?/;
  for (const cloud of [
    aws({ ...AWS_PROPS, s3Addresses: wrong as "public" }),
    existingAws({
      ...{ region: AWS_PROPS.region, accountId: AWS_PROPS.accountId, dataCidrs: ["10.10.144.0/22"] },
      ...{ stateBucket: "billing-state", s3Addresses: wrong as "public" },
    }),
  ]) {
    expect(cloud.problems(["cloud"]).map(formatProblem)).toEqual([expect.stringMatching(refused)]);
  }
});
