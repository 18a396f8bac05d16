import { own } from "../../../model/own";
import {
  answerAt,
  failed,
  jsonOf,
  listIn,
  maybeIn,
  NotUnderstood,
  passed,
  textIn,
  unclear,
} from "../../../preflight/answers";
import type { Answer, Check, Finding, Need, Words } from "../../../preflight/check";
import { literalAt, madeIn, madeOf, needOf, objectsOf, type Resource, textAt } from "../../../preflight/stacks";
import { word } from "../../../releases/shell";
import { loadBalancersIn } from "../../../teardown/load-balancers";
import { PARTITION } from "../regions";
import { awsKindResources } from "../services/kind-resources";
import { LOAD_BALANCER_ROLE, SERVICE_ROLES, type ServiceRole, SPOT_ROLE } from "./actions";
import { actionsIn, sorted } from "./actions-of";
import { AFTER_LOGIN, type Asked, global } from "./ask";

/** Actions that are allowed or not together: on the same resources, under the same conditions. */
interface Simulated {
  readonly name: string;
  /** What they are for: the end of a sentence. */
  readonly what: string;
  readonly actions: readonly string[];
  /** ARNs. @default - any */
  readonly resources?: readonly string[];
  readonly context?: readonly string[];
  readonly needs: readonly Need[];
}

const SOURCE = "https://docs.aws.amazon.com/cli/latest/reference/iam/simulate-principal-policy.html";

const simulate = (
  principal: string,
  { actions, resources = [], context = [] }: Omit<Simulated, "name" | "needs" | "what">,
): Words =>
  global(
    ...["iam", "simulate-principal-policy", "--policy-source-arn", principal, "--action-names", ...actions],
    ...(resources.length === 0 ? [] : ["--resource-arns", ...resources]),
    ...(context.length === 0 ? [] : ["--context-entries", ...context]),
  );

/** What denies an action, in the words of the simulator. `undefined`: nothing does. */
function denialOf(result: unknown): string | undefined {
  const decision = textIn(result, "EvalDecision");
  if (decision !== "allowed") return decision;
  if (maybeIn(result, "OrganizationsDecisionDetail", "AllowedByOrganizations") === false) return "by the organization";
  const each = maybeIn(result, "ResourceSpecificResults") ?? [];
  const other = listIn({ each }, "each").find((one) => textIn(one, "EvalResourceDecision") !== "allowed");
  return other === undefined
    ? undefined
    : `${textIn(other, "EvalResourceDecision")} of ${textIn(other, "EvalResourceName")}`;
}

/** What was simulated, action by action. A condition whose value nobody gave may be met in a deploy. */
export function decisions(answer: Answer): { readonly denied: readonly string[]; readonly unknown: readonly string[] } {
  const results = listIn(jsonOf(answer), "EvaluationResults");
  if (results.length === 0) throw new NotUnderstood("nothing was simulated");
  const bad = results.filter((one) => denialOf(one) !== undefined);
  const said = (one: unknown): string => `${textIn(one, "EvalActionName")} (${denialOf(one) ?? ""})`;
  const isOpen = (one: unknown): boolean => {
    const missing = maybeIn(one, "MissingContextValues");
    return textIn(one, "EvalDecision") === "implicitDeny" && Array.isArray(missing) && missing.length > 0;
  };
  return {
    denied: [...new Set(bad.filter((one) => !isOpen(one)).map(said))],
    unknown: [...new Set(bad.filter(isOpen).map(said))],
  };
}

function judgeRights(answers: readonly Answer[], count: number): Finding {
  const answer = answerAt(answers, 0);
  const { denied, unknown } = decisions(answer);
  if (denied.length > 0) return failed(denied.join(", "));
  if (unknown.length > 0) return unclear(`by conditions whose values were not given: ${unknown.join(", ")}`);
  const asked = new Set(listIn(jsonOf(answer), "EvaluationResults").map((one) => textIn(one, "EvalActionName")));
  return asked.size < count ? unclear(`${asked.size} of ${count} actions were answered`) : passed(`${count} actions`);
}

/** Name of the role that a cluster is made with. */
function roleOf({ block, stack }: Resource, stacks: Asked["stacks"]): string | undefined {
  const [, id] = /aws_iam_role\.([\w-]+)\.arn/.exec(textAt(block, "role_arn") ?? "") ?? [];
  const role = madeOf(stacks, "aws_iam_role").find(
    (one) => one.stack.name === stack.name && one.address === `aws_iam_role.${id ?? ""}`,
  );
  return literalAt(role?.block, "name");
}

/** The actions in groups by what a policy names them for: everything, or names of the environment alone. */
function groupsOf({ environment, stacks, place }: Asked): Simulated[] {
  const { actionOf, isOfService, actionsOf, needsOf } = actionsIn(environment);
  const made = madeIn(stacks).filter((one) => actionOf(one) !== undefined);
  const byName = isOfService("iam", "s3", "secretsmanager");
  const iam = (kind: string, name: string): string => `arn:${PARTITION}:iam::${place.accountId}:${kind}/${name}`;
  const roles = sorted(
    madeOf(stacks, "aws_iam_role")
      .map(({ block }) => literalAt(block, "name"))
      .filter((one) => one !== undefined),
  );
  const buckets = madeOf(stacks, "aws_s3_bucket")
    .map(({ block }) => literalAt(block, "bucket"))
    .filter((one) => one !== undefined);
  const secrets = madeOf(stacks, "aws_secretsmanager_secret")
    .map(({ block }) => literalAt(block, "name"))
    .filter((one) => one !== undefined);
  const clusters = madeOf(stacks, "aws_eks_cluster");
  const clusterRoles = clusters.map((one) => roleOf(one, stacks)).filter((one) => one !== undefined);
  const boundary = place.permissionsBoundary;
  const others = made.filter((one) => !byName(one));
  const ofRoles = made.filter(isOfService("iam")).filter(({ type }) => type !== "aws_iam_instance_profile");
  const ofBuckets = made.filter(isOfService("s3"));
  const ofSecrets = made.filter(isOfService("secretsmanager"));
  return [
    {
      name: "services",
      what: "make all but roles, buckets and secrets",
      actions: actionsOf(others),
      needs: needsOf(others),
    },
    {
      ...{ name: "roles", what: "make roles and say what they may" },
      actions: actionsOf(ofRoles),
      resources: roles.map((name) => iam("role", name)),
      context:
        boundary === undefined
          ? []
          : [`ContextKeyName=iam:PermissionsBoundary,ContextKeyValues=${boundary},ContextKeyType=string`],
      needs: needsOf(ofRoles),
    },
    {
      ...{ name: "cluster-role", what: "hand a role to EKS" },
      actions: clusterRoles.length === 0 ? [] : ["iam:PassRole"],
      resources: clusterRoles.map((name) => iam("role", name)),
      context: ["ContextKeyName=iam:PassedToService,ContextKeyValues=eks.amazonaws.com,ContextKeyType=string"],
      needs: clusters.map((one) => needOf(one, "iam:PassRole, by which EKS has its roles")),
    },
    {
      ...{ name: "buckets", what: "make buckets" },
      actions: actionsOf(ofBuckets),
      resources: sorted(buckets).map((name) => `arn:${PARTITION}:s3:::${name}`),
      needs: needsOf(ofBuckets),
    },
    {
      ...{ name: "secrets", what: "make secrets" },
      actions: actionsOf(ofSecrets),
      resources: sorted(secrets)
        .slice(0, 1)
        .map((name) => `arn:${PARTITION}:secretsmanager:${place.region}:${place.accountId}:secret:${name}`),
      needs: needsOf(ofSecrets),
    },
  ].filter(({ actions }) => actions.length > 0);
}

/** The command that lists what policies a role or a person has. */
function policiesOf(principal: string): string {
  const name = word(principal.split("/").at(-1) ?? "");
  return principal.includes(":user/")
    ? `aws iam list-attached-user-policies --user-name ${name}`
    : `aws iam list-attached-role-policies --role-name ${name}`;
}

/** What policies of who deploys let them make. */
export const rightsChecks = (asked: Asked, deployers: readonly string[]): Check[] =>
  deployers.flatMap((principal) =>
    groupsOf(asked).map((group): Check => ({
      ...AFTER_LOGIN,
      id: `rights/${principal.split(":").slice(5).join(":")}/${group.name}`,
      kind: "rights",
      holds: `${principal} may ${group.what}`,
      needs: group.needs,
      ask: [simulate(principal, group)],
      passes:
        "every EvalDecision is allowed; policies of resources and those of the organization that have conditions are not simulated, and what a policy allows for some names alone counts as denied among services",
      otherwise: {
        say: "give it the rights of an apply: docs/operations/rights.md of goldenpath, or those of an administrator",
        run: [policiesOf(principal)],
      },
      source: SOURCE,
      judge: (answers) => judgeRights(answers, group.actions.length),
    })),
  );

interface WantedRole extends ServiceRole {
  readonly needs: readonly Need[];
}

const usesSpot = (resource: Resource): boolean =>
  textAt(resource.block, "capacity_type") === "SPOT" ||
  objectsOf(resource).some(({ kind, body }) => kind === "NodePool" && JSON.stringify(body).includes('"spot"'));

/** Roles of services, and what of the stacks makes each be there. */
function serviceRoles({ environment, stacks }: Asked): WantedRole[] {
  const made = madeIn(stacks);
  const brought = awsKindResources(environment);
  const rolesOf = (type: string): readonly ServiceRole[] =>
    SERVICE_ROLES[type] ?? own(brought, type)?.serviceRoles ?? [];
  const pairs: (readonly [ServiceRole, Resource])[] = [
    ...made.flatMap((one) => rolesOf(one.type).map((role) => [role, one] as const)),
    ...loadBalancersIn(made).map(({ resource }) => [LOAD_BALANCER_ROLE, resource] as const),
    ...made.filter(usesSpot).map((one) => [SPOT_ROLE, one] as const),
  ];
  const byRole = new Map<string, WantedRole>();
  for (const [role, resource] of pairs) {
    const needs = [...(byRole.get(role.role)?.needs ?? []), needOf(resource, role.role)];
    byRole.set(role.role, { ...role, needs });
  }
  return [...byRole.values()];
}

/** Roles by which AWS's own services act in the account: there, or made by who deploys. */
export function serviceRoleCheck(asked: Asked, deployers: readonly string[]): Check[] {
  const wanted = serviceRoles(asked);
  if (wanted.length === 0) return [];
  const resources = wanted.map(
    ({ role, service }) => `arn:${PARTITION}:iam::${asked.place.accountId}:role/aws-service-role/${service}/${role}`,
  );
  const makes = { actions: ["iam:CreateServiceLinkedRole"], resources };
  return [
    {
      ...AFTER_LOGIN,
      id: "services/service-linked-roles",
      kind: "services",
      holds: "AWS's own services have their roles in the account, or who deploys may have them made",
      needs: wanted.flatMap(({ needs }) => needs),
      ask: [
        global(
          "iam",
          "list-roles",
          "--path-prefix",
          "/aws-service-role/",
          "--query",
          "{Roles: Roles[].{RoleName: RoleName}}",
        ),
        ...deployers.map((principal) => simulate(principal, makes)),
      ],
      passes: `every one is on the list: ${wanted.map(({ role }) => role).join(", ")}; or iam:CreateServiceLinkedRole is allowed to every deployer for the missing ones, and none of these is that of spot machines`,
      otherwise: {
        say: "have the missing ones made, by an administrator",
        run: wanted.map(({ service }) => `aws iam create-service-linked-role --aws-service-name ${service}`),
      },
      source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html",
      judge: (answers) => judgeRoles(wanted, answers),
    },
  ];
}

function judgeRoles(wanted: readonly WantedRole[], answers: readonly Answer[]): Finding {
  const there = listIn(jsonOf(answerAt(answers, 0)), "Roles").map((one) => textIn(one, "RoleName"));
  const missing = wanted.map(({ role }) => role).filter((role) => !there.includes(role));
  if (missing.length === 0) return passed(`${wanted.length} roles are there`);
  // Karpenter asks for the machines, and has no right to make it.
  if (missing.includes(SPOT_ROLE.role)) return failed(`not there: ${missing.join(", ")}`);
  const said = `not there yet: ${missing.join(", ")}`;
  const verdicts = answers.slice(1).map((answer) => mayMake(answer, missing));
  if (verdicts.length === 0) return unclear(`${said}; and nobody is named who deploys`);
  if (verdicts.every((one) => one === "yes")) return passed(`${said}; every deployer may have them made`);
  if (verdicts.every((one) => one === "no")) return failed(`${said}; and no deployer may have them made`);
  return unclear(`${said}; some deployers, or under conditions, may have them made`);
}

/** Whether these roles may be made, by what was simulated of them: there is no harm in what is refused of others. */
function mayMake(answer: Answer, missing: readonly string[]): "no" | "perhaps" | "yes" {
  const { denied, unknown } = decisions(answer);
  if (denied.length + unknown.length === 0) return "yes";
  const results = listIn(jsonOf(answer), "EvaluationResults").flatMap(byResource);
  const found = missing.map((role) => results.find(({ name }) => name.endsWith(`/${role}`))?.decision);
  if (found.every((one) => one === "allowed")) return "yes";
  return denied.length > 0 && found.every((one) => one !== "allowed") ? "no" : "perhaps";
}

/** Decisions of each resource, which a simulation has in one list or in results of their own. */
function byResource(result: unknown): { readonly name: string; readonly decision: string }[] {
  const each = listIn({ each: maybeIn(result, "ResourceSpecificResults") ?? [] }, "each");
  const own = maybeIn(result, "EvalResourceName");
  return [
    ...(typeof own === "string" ? [{ name: own, decision: textIn(result, "EvalDecision") }] : []),
    ...each.map((one) => ({ name: textIn(one, "EvalResourceName"), decision: textIn(one, "EvalResourceDecision") })),
  ];
}
