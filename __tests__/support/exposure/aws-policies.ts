import type { Block, StackJson } from "../reference";
import { awsResources, isBlock, leaves, list } from "./walk";

/** Condition keys that say whose request it is. Without one "any principal" is anyone on AWS. */
const WHOSE =
  /^(aws:(Source(Arn|Account|Vpc|Vpce|OrgID)|Principal(Arn|Account|OrgID))|kms:CallerAccount|elasticfilesystem:AccessPointArn)$/i;

const IDENTITY_POLICIES = /^aws_iam_(role|user|group)?_?policy$/;
/** Policies that AWS maintains for administrators. */
const WHOLE_POLICIES = /(AdministratorAccess|PowerUserAccess|FullAccess)$/;
const TOO_MUCH_ALONE = ["iam:PassRole", "sts:AssumeRole"];

/** Statements of IAM and resource policies that allow more than anything here needs. */
export function widePolicies(json: StackJson): string[] {
  return awsResources(json).flatMap(([type, address, block]) => [
    ...leaves(block).flatMap(({ key, value }) => judge(type, `${address}: ${key}`, value)),
    ...leaves(block)
      .filter(({ key, value }) => key === "policy_arn" && WHOLE_POLICIES.test(String(value)))
      .map(({ value }) => `${address}: ${String(value)}`),
  ]);
}

function judge(type: string, where: string, value: unknown): string[] {
  if (typeof value !== "string" || !value.includes('"Statement"')) return [];
  const statements = parse(value);
  if (statements === undefined) return [`${where}: not read`];
  return statements
    .filter(({ Effect }) => Effect !== "Deny")
    .flatMap((statement) => faults(type, statement).map((fault) => `${where}: ${fault}`));
}

/** A reference in the text stands inside of a string, so the text is JSON all the same. */
function parse(text: string): Block[] | undefined {
  try {
    const document = JSON.parse(text) as Block;
    return list(document.Statement).filter(isBlock);
  } catch {
    return undefined;
  }
}

function faults(type: string, statement: Block): string[] {
  const actions = list(statement.Action).map(String);
  const everywhere = list(statement.Resource).includes("*");
  return [
    ...["NotAction", "NotPrincipal", "NotResource"].filter((key) => key in statement),
    ...(everywhere && actions.some((action) => /^\*(:\*)?$/.test(action)) ? ["everything on everything"] : []),
    ...(everywhere && IDENTITY_POLICIES.test(type) && actions.some((action) => /^[\w-]+:\*$/.test(action))
      ? ["a whole service on everything"]
      : []),
    ...(everywhere && statement.Condition === undefined && actions.some((action) => TOO_MUCH_ALONE.includes(action))
      ? ["any role"]
      : []),
    ...(anyone(statement.Principal) && !saysWhose(statement.Condition) ? ["any principal"] : []),
  ];
}

function anyone(principal: unknown): boolean {
  const named = isBlock(principal) ? Object.values(principal).flatMap(list) : list(principal);
  return named.includes("*");
}

/** `IfExists` and `ForAllValues` hold for a request that lacks the key. */
function saysWhose(condition: unknown): boolean {
  if (!isBlock(condition)) return false;
  return Object.entries(condition).some(
    ([operator, keys]) =>
      /^(ForAnyValue:)?(String|Arn)(Equals|Like|EqualsIgnoreCase)$/.test(operator) &&
      isBlock(keys) &&
      Object.entries(keys).some(([key, value]) => WHOSE.test(key) && !list(value).includes("*")),
  );
}
