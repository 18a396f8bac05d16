import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { TerraformStack } from "cdktf";
import { type AwsLookup, lookUpCluster } from "../../constructs/clouds/aws/lookup";
import type { AwsProps } from "../../constructs/clouds/aws/props";
import { provideApplication } from "../../constructs/clouds/aws/provide";
import type { Told } from "../../constructs/clouds/shared/told";
import type { EnvironmentInput } from "../../constructs/model/environment";
import { firstApplication, type OnCloud, provideOn, type Synthesized, synthesizeStack } from "./synthesized";

export { type Blocks, firstApplication, type Synthesized } from "./synthesized";

export const DATA_CIDRS = ["10.20.144.0/22", "10.20.148.0/22", "10.20.152.0/22"];

const PROPS: AwsProps = {
  region: "eu-central-1",
  accountId: "123456789012",
  network: { cidr: "10.20.0.0/16" },
  endpoint: { access: "private" },
  access: { deployers: [], administrators: [] },
};

/** What is built on a looked-up cluster, as the JSON that Terraform reads. */
export const synthesize = (
  build: (stack: TerraformStack, lookup: AwsLookup) => void,
  environment = "production",
): Synthesized =>
  synthesizeStack(environment, (stack) => {
    new AwsProvider(stack, "aws", { region: PROPS.region });
    build(stack, lookUpCluster(stack, { name: environment }, PROPS));
  });

/** The first application of an environment, as its stack creates it on AWS. */
export function onAws(input: EnvironmentInput, told?: Told): OnCloud {
  const application = firstApplication(input);
  return provideOn<[AwsLookup]>(application, synthesize, (stack, lookup) =>
    provideApplication(stack, { lookup, application, dataCidrs: DATA_CIDRS, logRetentionDays: 90, told }),
  );
}

/** Statements of a policy in synthesized JSON. */
export function statements(policy: unknown): unknown {
  return (JSON.parse(String(policy)) as { Statement: unknown }).Statement;
}
