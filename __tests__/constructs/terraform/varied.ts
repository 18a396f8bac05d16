import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { Manifest } from "@cdktf/provider-kubernetes/lib/manifest";
import { NetworkPolicyV1 } from "@cdktf/provider-kubernetes/lib/network-policy-v1";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import {
  Aspects,
  Fn,
  Lazy,
  S3Backend,
  TerraformAsset,
  TerraformIterator,
  TerraformLocal,
  TerraformOutput,
  type TerraformStack,
  TerraformVariable,
  Token,
} from "cdktf";
import { Construct } from "constructs";
import { KubernetesResources } from "../../../constructs/terraform/kubernetes-resources";
import { sampleWorkloads } from "../../../scripts/bench/sample";

/** Puts something of everything on a stack that the framework can write. */
export function varied(stack: TerraformStack): TerraformStack {
  stack.addOverride("terraform.required_version", ">=1.11");
  const backend = new S3Backend(stack, { bucket: "state", key: stack.node.id, region: "eu-central-1" });
  backend.addOverride("use_lockfile", true);
  const aws = new AwsProvider(stack, "aws", { region: "eu-central-1", defaultTags: [{ tags: { app: "x" } }] });
  const other = new AwsProvider(stack, "other", { alias: "other", region: "us-east-1" });
  new KubernetesProvider(stack, "kubernetes", { exec: [{ apiVersion: "v1", command: "aws", args: ["eks"] }] });
  const region = new DataAwsRegion(stack, "region", { provider: other });
  const names = new TerraformVariable(stack, "names", { type: "list(string)", default: ["a"], sensitive: false });

  const list = Token.asList(names.value);

  const group = new Construct(stack, "group");
  const bucket = new S3Bucket(group, "Default", {
    bucket: `files-${region.name}-literal`,
    tags: { [`key-${region.name}`]: "value", "e+5": "1e+5", none: "" },
    lifecycle: { preventDestroy: true, ignoreChanges: ["tags"] },
    provider: aws,
    dependsOn: [region],
  });
  bucket.addOverride("force_destroy", false);
  bucket.addOverride("lifecycle.create_before_destroy", true);
  bucket.moveFromId("aws_s3_bucket.before");
  const copies = TerraformIterator.fromList(list);
  new S3Bucket(group, "copies", { forEach: copies, bucket: Fn.join("-", ["copy", Token.asString(copies.value)]) });
  new SecurityGroup(group, "dynamic", {
    ingress: copies.dynamic({ fromPort: 1, toPort: 2, protocol: "tcp", description: copies.value }),
    egress: [{ fromPort: Token.asNumber(region.id), toPort: 65_535, protocol: "-1", cidrBlocks: list }],
  });
  new NetworkPolicyV1(group, "dynamic-block", {
    metadata: { name: "dynamic" },
    spec: { podSelector: {}, policyTypes: ["Ingress"], ingress: copies.dynamic({ from: [], ports: [] }) },
  });
  new S3Bucket(group, "imported", {}).importFrom("some-bucket");
  const lazy = { count: 0 };
  new TerraformLocal(stack, "local", {
    lazy: Lazy.numberValue({ produce: () => lazy.count }),
    nested: [[bucket.arn], [], {}, [undefined, null, false, 0, "", 1.5e-7, -1e150]],
    map: Token.asStringMap(bucket.tags),
    numbers: Token.asNumberList(region.endpoint),
    within: `from ${Token.asNumber(region.id)} on`,
    gone: undefined,
  });
  lazy.count = 7;
  new Manifest(group, "manifest", {
    manifest: { kind: "X", spec: { list: [{ arn: bucket.arn, text: "$(x) %y" }], deep: { empty: {}, none: [] } } },
    computedFields: ["spec.list"],
    dependsOn: [bucket],
  });
  new TerraformAsset(stack, "asset", { path: "tsconfig.json", assetHash: "hash" });
  new TerraformOutput(group, "output", { value: bucket.arn, description: "an arn", sensitive: true });
  new TerraformOutput(stack, "object", { value: { arn: bucket.arn, all: bucket }, staticId: true });
  new KubernetesResources(stack, "resources", { objects: sampleWorkloads(2) });
  stack.addOverride("provider.aws.0.max_retries", 3);
  stack.addOverride("terraform.backend.s3.region", region.name);
  stack.addOverride("locals.added", [bucket.id]);
  return stack;
}

export function seenByAnAspect(stack: TerraformStack): TerraformStack {
  Aspects.of(stack).add({
    visit: (node) => {
      if (node instanceof S3Bucket) node.addOverride("tags.seen", "yes");
    },
  });
  return stack;
}

export function withNumbersForKeys(stack: TerraformStack): TerraformStack {
  new TerraformLocal(stack, "numbers", { "9": "nine", "10": "ten", "08": "eight", b: { "1": [] }, a: {} });
  return stack;
}
