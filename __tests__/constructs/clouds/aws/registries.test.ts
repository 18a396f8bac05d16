import { aws, existingAws } from "../../../../constructs/clouds/aws";
import { type Registries, resolveRegistries } from "../../../../constructs/model/registries";
import { AWS_PROPS, synthCluster } from "../../../support/aws-environment";
import { one, type StackJson } from "../../../support/cloud-environment";

const OTHER = "222222222222.dkr.ecr.us-east-1.amazonaws.com";
const OWN = "123456789012.dkr.ecr.eu-central-1.amazonaws.com";

const resolved = (registries: Registries) => ({
  registries: resolveRegistries(registries, (name) => `production/${name}`, undefined),
});
const cluster = (registries: Registries, props: Parameters<typeof synthCluster>[0] = {}): StackJson =>
  synthCluster(props, undefined, resolved(registries));
const outputs = (json: StackJson): unknown => (json as { readonly output?: unknown }).output;
const policies = (json: StackJson): string[] => Object.keys(json.resource.aws_iam_role_policy ?? {});

test("the nodes' policy reaches registries of other accounts as it is: what those need is the roles' ARNs", () => {
  const plain = synthCluster();
  const json = cluster({ byIdentity: [OTHER] });
  expect(json.resource).toEqual(plain.resource);
  expect(outputs(plain)).toBeUndefined();
  const text = JSON.stringify(outputs(json));
  expect(text).toMatch(/aws_iam_role\.NodeRole[^"]*\.arn/);
  expect(text).toMatch(/aws_iam_role\.Karpenter_NodeRole[^"]*\.arn/);
});

test("a registry of the own account asks nobody", () => {
  expect(cluster({ byIdentity: [OWN] })).toEqual(synthCluster());
});

test("nodes of every kind may make the repositories of a pull-through cache, below its prefix alone", () => {
  const json = cluster({
    mirrors: { "docker.io": `${OWN}/docker-hub`, "ghcr.io": OTHER, "quay.io": "harbor.example.com/q" },
  });
  const added = policies(json).filter((name) => !policies(synthCluster()).includes(name));
  expect(added).toEqual([
    expect.stringMatching(/^Karpenter_NodeRole_Policy_/),
    expect.stringMatching(/^NodeRole_Policy_/),
  ]);
  for (const name of added) {
    expect(JSON.parse(String(json.resource.aws_iam_role_policy?.[name]?.policy))).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "Mirrors",
          Effect: "Allow",
          Action: ["ecr:BatchImportUpstreamImage", "ecr:CreateRepository"],
          Resource: [
            "arn:aws:ecr:eu-central-1:123456789012:repository/docker-hub/*",
            "arn:aws:ecr:us-east-1:222222222222:repository/*",
          ],
        },
      ],
    });
  }
  expect(JSON.stringify(outputs(json))).toContain("NodeRole");
});

test("in Auto Mode the one role that there is gets it, before the cluster makes nodes", () => {
  const json = cluster({ mirrors: { "docker.io": `${OWN}/docker-hub` } }, { nodes: { autoMode: true } });
  expect(policies(json).filter((name) => name.includes("NodeRole"))).toHaveLength(1);
  expect(JSON.stringify(one(json, "aws_eks_cluster").depends_on)).toContain("aws_iam_role_policy.NodeRole_Policy");
});

test("mirrors elsewhere change nothing for nodes", () => {
  expect(cluster({ mirrors: { "docker.io": "harbor.example.com/hub" } })).toEqual(synthCluster());
});

test.each([
  "222222222222.dkr.ecr.mars-1.amazonaws.com",
  `${OTHER}/images`,
  "europe-docker.pkg.dev/shared-project/images",
  "",
])("%p is no registry of ECR", (registry) => {
  expect(aws(AWS_PROPS).registryProblems?.([OTHER, registry], ["at"])).toEqual([
    expect.objectContaining({
      path: ["at", 1],
      got: registry,
      fix: expect.stringContaining("the address of a registry in ECR"),
    }),
  ]);
});

test("who makes no nodes lets none pull", () => {
  const existing = existingAws({ ...AWS_PROPS, dataCidrs: ["10.10.0.0/24"], stateBucket: "state" });
  expect(existing).not.toHaveProperty("registryProblems");
});
