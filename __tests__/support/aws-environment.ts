import { aws } from "../../constructs/clouds/aws";
import type { AwsProps, MadeAwsNetwork } from "../../constructs/clouds/aws/props";
import { one, type StackJson, stacksOn } from "./cloud-environment";

/** Valid in every field; a test overrides the one it is about. */
export const AWS_PROPS: AwsProps & { readonly network: MadeAwsNetwork } = {
  region: "eu-central-1",
  accountId: "123456789012",
  network: { cidr: "10.10.0.0/16" },
  endpoint: { access: "private" },
  access: {
    deployers: ["arn:aws:iam::123456789012:role/deployer"],
    administrators: ["arn:aws:iam::123456789012:role/admin"],
  },
};

export const {
  synth: synthAws,
  synthCluster,
  synthPlatform,
} = stacksOn<AwsProps>((props) => aws({ ...AWS_PROPS, ...props }));

/** Statements of the role that the add-on's service account takes. */
export function addonStatements(json: StackJson, addon: string): readonly Readonly<Record<string, unknown>>[] {
  const { policy } = one(json, "aws_iam_role_policy", addon);
  return (JSON.parse(String(policy)) as { Statement: Readonly<Record<string, unknown>>[] }).Statement;
}
