/** Where a region's zones are: the prefix of their ids, and the three that EKS can use. */
interface Zones {
  readonly prefix: string;
  readonly numbers: readonly [number, number, number];
}

const zones = (prefix: string, numbers: Zones["numbers"] = [1, 2, 3]): Zones => ({ prefix, numbers });

/*
 * Zone ids, not letters: which zone a letter means differs between accounts, and in us-east-1, us-west-1 and
 * ca-central-1 there is one zone where EKS cannot place a control plane. us-west-1 has only two left and is missing here.
 * https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html
 * https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html
 */
const REGIONS = {
  "af-south-1": zones("afs1"),
  "ap-east-1": zones("ape1"),
  "ap-northeast-1": zones("apne1", [1, 2, 4]),
  "ap-northeast-2": zones("apne2"),
  "ap-northeast-3": zones("apne3"),
  "ap-south-1": zones("aps1"),
  "ap-south-2": zones("aps2"),
  "ap-southeast-1": zones("apse1"),
  "ap-southeast-2": zones("apse2"),
  "ap-southeast-3": zones("apse3"),
  "ap-southeast-4": zones("apse4"),
  "ap-southeast-5": zones("apse5"),
  "ap-southeast-7": zones("apse7"),
  "ca-central-1": zones("cac1", [1, 2, 4]),
  "ca-west-1": zones("caw1"),
  "eu-central-1": zones("euc1"),
  "eu-central-2": zones("euc2"),
  "eu-north-1": zones("eun1"),
  "eu-south-1": zones("eus1"),
  "eu-south-2": zones("eus2"),
  "eu-west-1": zones("euw1"),
  "eu-west-2": zones("euw2"),
  "eu-west-3": zones("euw3"),
  "il-central-1": zones("ilc1"),
  "me-central-1": zones("mec1"),
  "me-south-1": zones("mes1"),
  "mx-central-1": zones("mxc1"),
  "sa-east-1": zones("sae1"),
  "us-east-1": zones("use1", [1, 2, 4]),
  "us-east-2": zones("use2"),
  "us-west-2": zones("usw2"),
} as const satisfies Readonly<Record<string, Zones>>;

export type AwsRegion = keyof typeof REGIONS;

export const AWS_REGIONS: readonly string[] = Object.keys(REGIONS);

/** All listed regions are in it; China and GovCloud are partitions of their own. */
export const PARTITION = "aws";

export function isRegion(text: unknown): text is AwsRegion {
  return typeof text === "string" && Object.hasOwn(REGIONS, text);
}

/** `eu-central-1` → `euc1`: begins the ids of the region's zones. */
export function zonePrefix(region: AwsRegion): string {
  return REGIONS[region].prefix;
}

/** Three zone ids: `euc1-az1`, … */
export function defaultZones(region: AwsRegion): readonly string[] {
  const { prefix, numbers } = REGIONS[region];
  return numbers.map((number) => `${prefix}-az${number}`);
}
