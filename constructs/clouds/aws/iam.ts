import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { PARTITION } from "./regions";

/** One statement of an IAM policy, in the spelling of the policy language. */
export interface Statement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: "*" | { readonly AWS: string } | { readonly Service: string };
  readonly Action: string | readonly string[];
  /** Absent in trust policies only. */
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/**
 * The document as JSON text with references inside, so that a plan shows it statement by statement. Names and ARNs
 * need no escaping in JSON; nothing else may come as a reference.
 */
export function policyDocument(statements: readonly Statement[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

/** Lets an AWS service assume a role. */
export const serviceTrust = (service: string, actions: readonly string[] = ["sts:AssumeRole"]): Statement => ({
  Effect: "Allow",
  Principal: { Service: service },
  Action: actions,
});

export interface RoleProps {
  readonly name: string;
  readonly description: string;
  readonly trust: Statement;
  /** Policies that AWS maintains, by name with path: `AmazonEKSClusterPolicy`, `service-role/AmazonEBSCSIDriverPolicy`. */
  readonly awsPolicies?: readonly string[];
  /** What else it may do. */
  readonly statements?: readonly Statement[];
  /** Tags beside the provider's default ones. @default - none */
  readonly tags?: Record<string, string>;
}

/** An IAM role with its policies. */
export class Role extends Construct {
  readonly arn: string;
  readonly name: string;
  /** Dependencies: until these exist the role can do nothing. */
  readonly permissions: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: RoleProps) {
    super(scope, id);
    const role = new IamRole(this, "Default", {
      name: props.name,
      description: props.description,
      assumeRolePolicy: policyDocument([props.trust]),
      tags: props.tags,
    });
    this.arn = role.arn;
    this.name = role.name;
    const attached = (props.awsPolicies ?? []).map(
      (policy) =>
        new IamRolePolicyAttachment(this, policy.split("/").at(-1) ?? policy, {
          role: role.name,
          policyArn: `arn:${PARTITION}:iam::aws:policy/${policy}`,
        }),
    );
    const inline =
      props.statements === undefined
        ? []
        : [new IamRolePolicy(this, "Policy", { role: role.name, policy: policyDocument(props.statements) })];
    this.permissions = [...attached, ...inline];
  }
}
