import type { Block, StackJson } from "../reference";
import { awsResources, isBlock, leaves, list } from "./walk";
import { isWorld } from "./world";

/** Where an address block says the way out, not who comes in. */
const ROUTES = new Set(["aws_route", "aws_route_table", "aws_default_route_table"]);

/** Rules of security groups and network lists, and allow-lists of endpoints, with everyone in them. */
export function openToWorld(json: StackJson): string[] {
  return awsResources(json)
    .filter(([type]) => !ROUTES.has(type))
    .flatMap(([, address, block]) =>
      leaves(block)
        .filter(({ key, value, holder }) => /cidr/.test(key) && isWorld(value) && !denies(holder))
        .map(({ key, value }) => `${address}: ${key} ${String(value)}`),
    );
}

const denies = ({ action, rule_action }: Block): boolean => [action, rule_action].includes("deny");

/** What has a public address or name, unless it says who may use it. */
export function publicEndpoints(json: StackJson): string[] {
  return awsResources(json).flatMap(([type, address, block]) => [
    ...leaves(block)
      .filter(({ key, value }) => PUBLIC_WHEN_TRUE.has(key) && String(value) === "true")
      .map(({ key }) => `${address}: ${key}`),
    ...(LOAD_BALANCERS.has(type) && String(block.internal) !== "true" ? [`${address}: not internal`] : []),
    ...(type === "aws_eks_cluster" && answersEveryone(block) ? [`${address}: endpoint without an allow-list`] : []),
  ]);
}

const PUBLIC_WHEN_TRUE = new Set(["publicly_accessible", "map_public_ip_on_launch", "associate_public_ip_address"]);
const LOAD_BALANCERS = new Set(["aws_lb", "aws_alb", "aws_elb"]);

/** EKS's own defaults are a public endpoint and everyone in its list. */
function answersEveryone({ vpc_config: config }: Block): boolean {
  return list(config).some(
    (vpc) => isBlock(vpc) && vpc.endpoint_public_access !== false && list(vpc.public_access_cidrs).length === 0,
  );
}

/** Buckets that something could make public. */
export function exposedBuckets(json: StackJson): string[] {
  const guarded = awsResources(json)
    .filter(([type, , block]) => type === "aws_s3_bucket_public_access_block" && GUARDS.every((g) => block[g] === true))
    .map(([, , block]) => String(block.bucket));
  return awsResources(json).flatMap(([type, address, block]) => [
    ...(type === "aws_s3_bucket" && !guarded.includes(`\${${address}.id}`) ? [`${address}: not guarded`] : []),
    ...leaves(block)
      .filter(({ key, value }) => key === "acl" && /public|authenticated/.test(String(value)))
      .map(({ value }) => `${address}: acl ${String(value)}`),
  ]);
}

const GUARDS = ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"];
